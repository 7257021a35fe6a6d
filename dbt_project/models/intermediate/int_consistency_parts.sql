{{
    config(
        materialized='incremental',
        meta={
            'changes': {
                'kind': 'article',
                'columns': ['article_id'],
                'tells': {'checked_article': 'article_id'},
            }
        },
    )
}}

-- Parts named beside their whole in one sentence: none exceeds it, and parts that nearly add up to it
-- are its division and must add up. A sum further off than NEAR is a choice of parts, not a division.
with

claims as (
    select
        *,
        {{ hash_of([
            'article_id', 'quote_start', 'whole_key', 'unit_code', 'price_basis', 'status', 'period_type',
            'period_start', 'period_end',
        ]) }} as sum_key
    from {{ ref('int_consistency_claims') }}
    where
        measure = 'level' and value > 0 and unit_code not in {{ unit_codes_without_sums() }}
        and {{ is_changed() }}
),

-- Two wholes in one sentence leave open whose part a part is.
wholes as (
    select
        *,
        count(*) over (partition by sum_key) as whole_count
    from claims
    where part_key is null
),

pairs as (
    select
        wholes.article_id,
        wholes.statement_id as whole_statement_id,
        parts.statement_id as part_statement_id,
        wholes.quote as whole_quote,
        parts.quote as part_quote,
        wholes.value as whole_value,
        wholes.low as whole_low,
        wholes.high as whole_high,
        parts.value as part_value,
        parts.low as part_low,
        parts.high as part_high,
        parts.value_start
    from wholes
    inner join claims as parts on wholes.sum_key = parts.sum_key
    where
        wholes.whole_count = 1
        and parts.part_key is not null
        and wholes.value_start < parts.value_start
),

sums as (
    select
        article_id,
        whole_statement_id,
        arg_min(part_statement_id, value_start) as part_statement_id,
        min(whole_quote) as whole_quote,
        arg_min(part_quote, value_start) as part_quote,
        min(whole_value) as whole_value,
        min(whole_low) as whole_low,
        min(whole_high) as whole_high,
        sum(part_value order by value_start, part_statement_id) as parts_value,
        sum(part_low order by value_start, part_statement_id) as parts_low,
        sum(part_high order by value_start, part_statement_id) as parts_high
    from pairs
    group by article_id, whole_statement_id
    having count(*) >= 2
),

int_consistency_parts as (
    select
        'part_within_whole' as check_kind,
        article_id,
        article_id as other_article_id,
        whole_statement_id as statement_id,
        part_statement_id as other_statement_id,
        cast(null as varchar) as basis_statement_id,
        whole_quote as quote,
        part_quote as other_quote,
        cast(null as varchar) as basis_quote,
        whole_value as expected_value,
        whole_low as expected_low,
        whole_high as expected_high,
        part_value as printed_value,
        part_low as printed_low,
        part_high as printed_high,
        {{ this_build() }} as build_no
    from pairs
    union all
    select
        'parts_sum_to_whole' as check_kind,
        article_id,
        article_id as other_article_id,
        whole_statement_id,
        part_statement_id,
        null as basis_statement_id,
        whole_quote,
        part_quote,
        null as basis_quote,
        whole_value,
        whole_low,
        whole_high,
        parts_value,
        parts_low,
        parts_high,
        {{ this_build() }} as build_no
    from sums
    -- NEAR: 2 % holds the misprints of one digit in a large part, and few chance sums.
    where abs(parts_value - whole_value) <= 0.02 * whole_value
)

select * from int_consistency_parts

-- Parts named beside their whole in one sentence: none exceeds it, and parts that nearly add up to it
-- are its division and must add up. A sum further off than NEAR is a choice of parts, not a division.
with

claims as (
    select * from {{ ref('int_consistency_claims') }}
    where measure = 'level' and value > 0 and unit_code not in {{ unit_codes_without_sums() }}
),

pairs as (
    select
        wholes.article_id,
        wholes.statement_id as whole_statement_id,
        parts.statement_id as part_statement_id,
        wholes.quote as whole_quote,
        parts.quote as part_quote,
        wholes.value as whole_value,
        parts.value as part_value,
        parts.value_start,
        wholes.rounding as whole_rounding,
        parts.rounding as part_rounding
    from claims as wholes
    inner join claims as parts
        on
            wholes.article_id = parts.article_id
            and wholes.quote_start = parts.quote_start
            and wholes.indicator_key = parts.indicator_key
            and wholes.province_id is not distinct from parts.province_id
            and wholes.place_key is not distinct from parts.place_key
            and wholes.unit_code = parts.unit_code
            and wholes.status = parts.status
            and wholes.period_type = parts.period_type
            and wholes.period_start is not distinct from parts.period_start
            and wholes.period_end is not distinct from parts.period_end
            and wholes.price_basis is not distinct from parts.price_basis
    where
        wholes.part_key is null and parts.part_key is not null
        and wholes.value_start < parts.value_start
),

sums as (
    select
        article_id,
        whole_statement_id,
        min(whole_quote) as whole_quote,
        arg_min(part_quote, value_start) as part_quote,
        arg_min(part_statement_id, value_start) as part_statement_id,
        sum(part_value) as parts_value,
        min(whole_value) as whole_value,
        min(whole_rounding) + sum(part_rounding) as tolerance
    from pairs
    group by article_id, whole_statement_id
    having count(*) >= 2
),

int_consistency_parts as (
    select
        'part_within_whole' as check_kind,
        article_id,
        whole_statement_id as statement_id,
        part_statement_id as other_statement_id,
        whole_quote as quote,
        part_quote as other_quote,
        whole_value as expected_value,
        part_value as printed_value,
        whole_rounding + part_rounding as tolerance
    from pairs
    union all
    select
        'parts_sum_to_whole' as check_kind,
        article_id,
        whole_statement_id,
        part_statement_id,
        whole_quote,
        part_quote,
        whole_value,
        parts_value,
        tolerance
    from sums
    -- NEAR: 2 % holds the misprints of one digit in a large part, and few chance sums.
    where abs(parts_value - whole_value) <= 0.02 * whole_value
)

select * from int_consistency_parts

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

-- A part, its whole and the percentage between them: "94.044 trong 99.069 … đạt 94,9 %", and "đạt 342
-- triệu USD, chiếm 30,4 % kim ngạch xuất khẩu" where the article gives the exports, too.
with

claims as (
    select
        *,
        lag(statement_id) over (
            partition by article_id, quote_start order by value_start, statement_id
        ) as former_statement_id
    from {{ ref('int_consistency_claims') }}
    where {{ is_changed() }}
),

figures as (
    select * from {{ ref('int_consistency_figures') }}
    where {{ is_changed() }}
),

shares as (
    select * from claims
    where measure = 'share_pct' and unit_code = 'PERCENT'
),

parts as (
    select
        *,
        -- Several of one thing in a sentence: the percentage is of the one before it.
        lead(value_start) over (
            partition by article_id, quote_start, thing_key order by value_start
        ) as next_start
    from claims
    where measure <> 'share_pct' and out_of > 0
),

pairs as (
    select
        parts.article_id,
        parts.statement_id,
        shares.statement_id as other_statement_id,
        parts.quote,
        shares.quote as other_quote,
        100 * parts.value / parts.out_of as expected_value,
        100 * parts.low / (parts.out_of + parts.out_of_rounding) as expected_low,
        100 * parts.high / (parts.out_of - least(parts.out_of_rounding, parts.out_of / 2)) as expected_high,
        shares.value as printed_value,
        shares.low as printed_low,
        shares.high as printed_high,
        row_number() over (partition by parts.statement_id order by shares.value_start) as nearness
    from parts
    inner join shares
        on
            parts.article_id = shares.article_id
            and parts.quote_start = shares.quote_start
            and parts.thing_key = shares.thing_key
            and parts.value_start < shares.value_start
            and coalesce(parts.next_start > shares.value_start, true)
),

-- The percentage is of the amount right before it, and names the whole; where the only amount of the
-- whole is that amount itself, what is a part of it is not told.
of_wholes as (
    select
        shares.article_id,
        amounts.statement_id,
        shares.statement_id as other_statement_id,
        wholes.statement_id as basis_statement_id,
        amounts.quote,
        shares.quote as other_quote,
        wholes.quote as basis_quote,
        100 * amounts.value / wholes.value as expected_value,
        100 * amounts.low / wholes.high as expected_low,
        100 * amounts.high / wholes.low as expected_high,
        shares.value as printed_value,
        shares.low as printed_low,
        shares.high as printed_high
    from shares
    -- The article in both joins: without it each amount meets those of all articles first.
    inner join claims as amounts
        on
            shares.article_id = amounts.article_id
            and shares.former_statement_id = amounts.statement_id
    inner join figures as wholes
        on
            amounts.article_id = wholes.article_id
            and shares.whole_key = wholes.whole_key
            and amounts.unit_code = wholes.unit_code
            and amounts.status = wholes.status
            and amounts.period_start = wholes.period_start
            and amounts.period_end = wholes.period_end
    where
        amounts.measure = 'level' and amounts.low > 0 and amounts.out_of is null
        and shares.period_start = amounts.period_start and shares.period_end = amounts.period_end
        and wholes.measure = 'level' and wholes.part_key is null and wholes.low > 0
        and wholes.price_basis is not distinct from amounts.price_basis
        and wholes.thing_key <> amounts.thing_key
        and wholes.unit_code not in {{ unit_codes_without_sums() }}
),

int_consistency_shares as (
    select
        'share_of_whole' as check_kind,
        article_id,
        article_id as other_article_id,
        statement_id,
        other_statement_id,
        cast(null as varchar) as basis_statement_id,
        quote,
        other_quote,
        cast(null as varchar) as basis_quote,
        expected_value,
        expected_low,
        expected_high,
        printed_value,
        printed_low,
        printed_high,
        {{ this_build() }} as build_no
    from pairs
    where nearness = 1
    union all
    select
        'share_of_whole' as check_kind,
        article_id,
        article_id as other_article_id,
        statement_id,
        other_statement_id,
        basis_statement_id,
        quote,
        other_quote,
        basis_quote,
        expected_value,
        expected_low,
        expected_high,
        printed_value,
        printed_low,
        printed_high,
        {{ this_build() }} as build_no
    from of_wholes
)

select * from int_consistency_shares

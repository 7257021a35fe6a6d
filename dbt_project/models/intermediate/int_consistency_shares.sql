-- "94.044 trong 99.069 … đạt 94,9 %": the part, its whole and the percentage beside them.
with

claims as (
    select * from {{ ref('int_consistency_claims') }}
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

shares as (
    select * from claims
    where measure = 'share_pct' and unit_code = 'PERCENT'
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

int_consistency_shares as (
    select * exclude (nearness)
    from pairs
    where nearness = 1
)

select * from int_consistency_shares

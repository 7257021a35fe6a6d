-- "94.044 trong 99.069 … đạt 94,9 %": the part, its whole and the percentage beside them.
with

claims as (
    select * from {{ ref('int_consistency_claims') }}
),

pairs as (
    select
        parts.article_id,
        parts.statement_id,
        shares.statement_id as other_statement_id,
        parts.quote,
        shares.quote as other_quote,
        100 * parts.value / parts.out_of as expected_value,
        shares.value as printed_value,
        shares.rounding as tolerance,
        row_number() over (partition by parts.statement_id order by shares.value_start) as nearness
    from claims as parts
    inner join claims as shares
        on
            parts.article_id = shares.article_id
            and parts.quote_start = shares.quote_start
            and parts.indicator_key = shares.indicator_key
            and parts.part_key is not distinct from shares.part_key
            and parts.place_key is not distinct from shares.place_key
            and parts.value_start < shares.value_start
    where
        parts.measure <> 'share_pct' and parts.out_of > 0
        and shares.measure = 'share_pct' and shares.unit_code = 'PERCENT'
),

int_consistency_shares as (
    select
        'share_of_whole' as check_kind,
        article_id,
        statement_id,
        other_statement_id,
        quote,
        other_quote,
        expected_value,
        printed_value,
        tolerance
    from pairs
    where nearness = 1
)

select * from int_consistency_shares

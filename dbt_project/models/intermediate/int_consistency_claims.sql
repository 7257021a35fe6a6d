with

claims as (
    select * from {{ ref('int_claims_resolved') }}
),

-- Exact single numbers, and how far rounding alone can put each off: half a step of its last digit.
int_consistency_claims as (
    select
        statement_id,
        article_id,
        province_id,
        fold_text(place_name) as place_key,
        coalesce(indicator_code, fold_text(indicator_name)) as indicator_key,
        fold_text(breakdown) as part_key,
        measure,
        status,
        value,
        out_of,
        unit_code,
        period_type,
        period_start,
        period_end,
        price_basis,
        quote,
        quote_start,
        value_start,
        0.5 * {{ last_digit_worth('value', 'value_text') }} as rounding
    from claims
    where approximation = 'exact' and value_high is null
)

select * from int_consistency_claims

-- What an article says of one quantity at one time, once: its closest figure. Where it gives figures
-- that no one value can satisfy, at least one of them is of something else, and there is no saying
-- which: it gives none.
with

claims as (
    select * from {{ ref('int_consistency_claims') }}
    where period_start is not null and period_end is not null
),

identified as (
    select
        *,
        {{ hash_of(['thing_key', 'unit_code', 'price_basis']) }} as amount_key
    from claims
),

ranked as (
    select
        *,
        row_number() over (quantity order by high - low, value_start, statement_id) as closeness,
        max(low) over (quantity) <= min(high) over (quantity) as is_plain
    from identified
    window quantity as (
        partition by
            article_id, amount_key, measure, status, period_start, period_end, comparison_start,
            comparison_end
    )
),

int_consistency_figures as (
    select * exclude (closeness, is_plain)
    from ranked
    where closeness = 1 and is_plain
)

select * from int_consistency_figures

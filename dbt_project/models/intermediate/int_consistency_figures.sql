{{
    config(
        materialized='incremental',
        meta={
            'changes': {
                'kind': 'article',
                'columns': ['article_id'],
                'tells': {'thing_time': 'time_key', 'thing_year': 'year_key', 'repeat': 'repeat_key'},
            }
        },
        post_hook="{{ tell_compared(this) }}",
    )
}}

-- What an article says of one quantity at one time, once: its closest figure. Where it gives figures
-- that no one value can satisfy, at least one of them is of something else, and there is no saying
-- which: it gives none.
with

claims as (
    select * from {{ ref('int_consistency_claims') }}
    where period_start is not null and period_end is not null and {{ is_changed() }}
),

identified as (
    select
        *,
        {{ hash_of(['thing_key', 'unit_code', 'price_basis']) }} as amount_key,
        -- What a figure may be the level of then, the plan of the year, or another telling of.
        {{ hash_of(['thing_key', 'period_start', 'period_end']) }} as time_key,
        {{ hash_of(['thing_key', 'extract(year from period_start)']) }} as year_key,
        case
            when comparison_start is not null and comparison_end is not null
                then {{ hash_of(['thing_key', 'comparison_start', 'comparison_end']) }}
        end as compared_key
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
    select
        * exclude (closeness, is_plain),
        -- Another article may tell the same exactly. Of a time that was over when this one appeared: what is
        -- told of a running year goes on growing.
        case
            when
                status <> 'target' and approximation = 'exact' and is_identified and not is_copy
                and published_on > period_end
                and (
                    comparison_start is not null
                    or measure not in ('change_pct', 'change_abs', 'multiple', 'rank_change')
                )
                then {{ hash_of([
                    'amount_key', 'measure', 'status', 'period_start', 'period_end', 'comparison_start',
                    'comparison_end',
                ]) }}
        end as repeat_key
    from ranked
    where closeness = 1 and is_plain
)

select * from int_consistency_figures

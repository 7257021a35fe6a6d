{{
    config(
        materialized='incremental',
        meta={'changes': {'kind': 'observation', 'columns': ['observation_id']}},
        post_hook="{{ create_as_known(this) }}",
    )
}}

with

observations as (
    select * from {{ ref('int_observations_vintaged') }}
    where {{ is_changed() }}
),

backings as (
    select * from {{ ref('int_observations_backed') }}
    where {{ is_changed() }}
),

results as (
    select * from {{ ref('int_estimates_resulted') }}
    where {{ is_changed() }}
),

fct_indicator_observations as (
    select
        observations.observation_id,
        observations.vintage_no,
        observations.realtime_start,
        observations.realtime_end,
        observations.is_newest,
        observations.is_withdrawn,
        observations.opened_by,
        observations.province_id,
        observations.province_code,
        observations.place_name,
        observations.indicator_code,
        observations.breakdown,
        observations.measure,
        observations.status,
        observations.unit_code,
        observations.price_basis,
        observations.period_type,
        observations.time_period,
        observations.period_start,
        observations.period_end,
        observations.comparison_start,
        observations.comparison_end,
        observations.observed_on,
        observations.value,
        observations.value_high,
        observations.newest_value,
        observations.statement_id,
        cast(backings.article_count as integer) as article_count,
        cast(backings.source_count as integer) as source_count,
        backings.article_ids,
        backings.has_disagreement,
        backings.disagreeing_sources,
        results.result_value,
        results.result_known_on,
        results.result_statement_id
    from observations
    inner join backings
        on
            observations.observation_id = backings.observation_id
            and observations.vintage_no = backings.vintage_no
    left join results
        on
            observations.observation_id = results.observation_id
            and observations.vintage_no = results.vintage_no
)

select * from fct_indicator_observations
order by observation_id, vintage_no

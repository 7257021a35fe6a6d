with

observations as (
    select * from {{ ref('int_observations_vintaged') }}
),

fct_indicator_observations as (
    select
        observation_id,
        vintage_no,
        realtime_start,
        realtime_end,
        is_newest,
        province_id,
        province_code,
        place_name,
        indicator_code,
        breakdown,
        measure,
        status,
        unit_code,
        price_basis,
        period_type,
        time_period,
        period_start,
        period_end,
        comparison_start,
        comparison_end,
        observed_on,
        value,
        value_high,
        newest_value,
        statement_id,
        cast(article_count as integer) as article_count,
        cast(source_count as integer) as source_count,
        article_ids,
        has_disagreement
    from observations
)

select * from fct_indicator_observations
order by observation_id, vintage_no

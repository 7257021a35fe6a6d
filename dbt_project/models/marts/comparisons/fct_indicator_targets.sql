{{
    config(
        materialized='incremental',
        meta={'changes': {'kind': 'target', 'columns': ['statement_id']}},
    )
}}

with

targets as (
    select * from {{ ref('int_targets_attained') }}
    where {{ among_changed('target', 'statement_id') }}
),

fct_indicator_targets as (
    select
        statement_id,
        article_id,
        province_id,
        province_code,
        place_name,
        indicator_code,
        breakdown,
        measure,
        unit_code,
        time_period,
        period_start,
        period_end,
        published_on,
        target_value,
        target_value_high,
        target_approximation,
        result_statement_id,
        result_status,
        result_value,
        result_period_end,
        result_published_on,
        is_whole_period,
        attainment_pct,
        printed_attainment_pct,
        remaining_value,
        is_met
    from targets
)

select * from fct_indicator_targets
order by article_id, statement_id

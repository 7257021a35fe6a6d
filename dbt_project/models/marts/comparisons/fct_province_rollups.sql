{{
    config(
        materialized='incremental',
        meta={'changes': {'kind': 'rollup', 'columns': ['rollup_id']}},
    )
}}

with

rollups as (
    select * from {{ ref('int_provinces_rolled_up') }}
    where {{ is_changed() }}
),

fct_province_rollups as (
    select
        rollup_id,
        province_id,
        indicator_code,
        breakdown,
        unit_code,
        price_basis,
        status,
        period_type,
        time_period,
        period_start,
        period_end,
        -- The sum of some of the provinces is no figure of the whole.
        case when provinces_found = provinces_expected then found_value end as value,
        found_value,
        is_exact,
        cast(provinces_expected as integer) as provinces_expected,
        cast(provinces_found as integer) as provinces_found,
        provinces_found = provinces_expected as is_complete,
        last_known_on,
        found_province_ids,
        observation_ids,
        statement_ids
    from rollups
)

select * from fct_province_rollups
order by province_id, indicator_code, period_start, period_end, rollup_id

{{
    config(
        materialized='incremental',
        meta={'changes': {'kind': 'observation', 'columns': ['observation_id']}},
    )
}}

with

observations as (
    select * from {{ ref('int_observations_vintaged') }}
    where {{ is_changed() }}
),

-- The same quantity with the status `actual`, in its first vintage.
int_estimates_resulted as (
    select
        estimates.observation_id,
        estimates.vintage_no,
        results.value as result_value,
        results.realtime_start as result_known_on,
        results.statement_id as result_statement_id,
        {{ this_build() }} as build_no
    from observations as estimates
    inner join observations as results on estimates.quantity_id = results.quantity_id
    where estimates.status = 'estimate' and results.status = 'actual' and results.vintage_no = 1
)

select * from int_estimates_resulted

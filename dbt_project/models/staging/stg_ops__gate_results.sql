with

source as (
    select * from {{ source('ops', 'gate_results') }}
),

renamed as (
    select
        -- keys
        run_id,
        gate,
        check_name,

        -- verdict; results from before checks had a severity are of checks that stop
        coalesce(severity, 'stop') as severity,
        passed as has_passed,
        failing_rows,
        reason as explanation,

        -- times
        judged_at
    from source
)

select * from renamed

with

source as (
    select * from {{ source('ops', 'stage_runs') }}
),

renamed as (
    select
        -- keys
        stage_run_id,
        stage,
        dag_id,
        dag_run_id,
        try_number,
        run_id,
        batch_ids,

        -- times
        started_at,
        finished_at,
        seconds,

        -- counts
        items_in,
        items_out,

        -- how it ended; the error's message stays in the warehouse, as it names paths of the machine
        outcome as stage_outcome,
        reason as stopped_by
    from source
)

select * from renamed

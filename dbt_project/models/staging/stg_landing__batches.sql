with

source as (
    select * from {{ source('landing', 'batches') }}
),

renamed as (
    select
        -- keys
        batch_id,
        batch_kind,

        -- times
        started_at,
        landed_at,

        -- counts
        discovered,
        not_due
    from source
)

select * from renamed

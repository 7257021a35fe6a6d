with

source as (
    select * from {{ source('landing', 'discovery_requests') }}
),

renamed as (
    select
        -- keys
        batch_id,
        source_id,
        document_kind,
        url,

        -- outcome
        outcome,
        reason,
        http_status,
        links_found,
        requested_at
    from source
)

select * from renamed

with

source as (
    select * from {{ source('landing', 'sources') }}
),

renamed as (
    select
        -- keys
        batch_id,
        source_id,
        province_id,

        -- description
        source_name,
        base_url,
        family
    from source
)

select * from renamed

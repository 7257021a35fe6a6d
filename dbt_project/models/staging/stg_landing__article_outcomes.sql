with

source as (
    select * from {{ source('landing', 'article_outcomes') }}
),

renamed as (
    select
        -- keys
        batch_id,
        source_id,
        article_id,
        url,

        -- outcome
        outcome,
        reason,
        detail,
        http_status,

        -- bytes
        fetched_at,
        byte_count,
        warc_file,
        warc_offset
    from source
)

select * from renamed

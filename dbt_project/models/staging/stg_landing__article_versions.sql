with

source as (
    select * from {{ source('landing', 'article_versions') }}
),

renamed as (
    select
        -- keys
        article_version_id,
        article_id,
        version_no,
        batch_id,
        source_id,

        -- text
        url,
        title,
        byline,
        body,

        -- dates
        published_on,
        published_at,
        published_basis,
        published_conflict,
        fetched_at,

        -- provenance
        family,
        content_sha256,
        body_sha256,
        warc_file,
        warc_offset
    from source
)

select * from renamed

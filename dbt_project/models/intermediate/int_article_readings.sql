{{
    config(
        materialized='incremental',
        incremental_strategy='delete+insert',
        unique_key=['article_version_id', 'extractor_version'],
        on_schema_change='fail',
        meta={'outlives_builds': true},
    )
}}

with

versions as (
    select * from {{ ref('stg_landing__article_versions') }}
    where {{ among_changed('article', 'article_id') }}
),

sources as (
    select * from {{ ref('int_sources_latest') }}
),

provinces as (
    select * from {{ ref('provinces') }}
),

-- What the reading depends on: the same version id may come back with another text after a batch was
-- withdrawn, and a portal's province may be corrected in the registry.
inputs as (
    select
        versions.*,
        provinces.name_vi as province_name,
        {{ hash_of(['versions.content_sha256', 'provinces.name_vi']) }} as input_key
    from versions
    left join sources on versions.source_id = sources.source_id
    left join provinces on sources.province_id = provinces.province_id
),

unread as (
    select * from inputs
    {% if is_incremental() %}
        -- A reading that failed is tried again each night: what broke it may have been the machine.
        where not exists (
            select 1 from {{ this }} as done
            where
                done.article_version_id = inputs.article_version_id
                and done.extractor_version = getvariable('extractor_version')
                and done.input_key = inputs.input_key
                {%- if builds_all_rows() %}
                    and json_extract_string(done.reading, '$.error.reason') is null
                {%- else %}
                    and done.article_version_id not in (
                        select article_version_id from intermediate.int_versions_read
                        where failure_reason is not null
                    )
                {%- endif %}
        )
    {% endif %}
    -- Full chunks: the function is called once a chunk, and each call starts workers.
    order by article_version_id
),

read_now as (
    select
        article_version_id,
        getvariable('extractor_version') as extractor_version,
        input_key,
        read_article(article_id, title, body, published_on, province_name) as reading
    from unread
)

select * from read_now

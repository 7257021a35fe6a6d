{{
    config(
        materialized='incremental',
        meta={'changes': {'kind': 'article', 'columns': ['article_id']}},
    )
}}

with

versions as (
    select * from {{ ref('int_versions_read') }}
    where {{ is_changed() }}
),

dim_article_versions as (
    select
        article_version_id,
        article_id,
        version_no,
        body_no,
        version_reason,
        is_current_reading,
        is_latest,
        first_seen_on,
        superseded_on,
        title,
        byline,
        published_on,
        published_at,
        published_basis,
        published_conflict,
        body,
        fetched_at,
        warc_file,
        warc_offset
    from versions
)

select * from dim_article_versions
order by article_id, version_no

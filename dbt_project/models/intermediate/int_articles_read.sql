{{ config(materialized='view') }}

with

versions as (
    select * from {{ ref('int_versions_read') }}
    where is_latest
),

alike as (
    select * from {{ ref('int_articles_alike') }}
),

int_articles_read as (
    select
        versions.article_version_id,
        versions.article_id,
        versions.source_id,
        versions.url,
        versions.title,
        versions.byline,
        versions.body,
        versions.body_sha256,
        versions.published_on,
        versions.published_at,
        versions.published_basis,
        versions.published_conflict,
        alike.same_text_as,
        versions.first_fetched_at,
        versions.fetched_at as last_fetched_at,
        versions.version_count,
        versions.extractor_version,
        versions.claims,
        versions.meetings,
        versions.failure_reason,
        versions.failure_detail,
        versions.build_no
    from versions
    inner join alike on versions.article_id = alike.article_id
)

select * from int_articles_read

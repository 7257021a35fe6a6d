{{ config(materialized='view') }}

with

versions as (
    select * from {{ ref('int_versions_read') }}
    where is_latest
),

int_articles_read as (
    select
        article_version_id,
        article_id,
        source_id,
        url,
        title,
        byline,
        body,
        body_sha256,
        published_on,
        published_at,
        published_basis,
        published_conflict,
        nullif(
            first_value(article_id) over (partition by body_sha256 order by first_fetched_at, article_id),
            article_id
        ) as same_text_as,
        first_fetched_at,
        fetched_at as last_fetched_at,
        version_count,
        extractor_version,
        claims,
        meetings,
        failure_reason,
        failure_detail
    from versions
)

select * from int_articles_read

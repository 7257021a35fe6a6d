{{
    config(
        materialized='incremental',
        meta={'changes': {'kind': 'article', 'columns': ['article_id']}},
    )
}}

with

articles as (
    select * from {{ ref('int_articles_read') }}
    where {{ is_changed() }}
),

dim_articles as (
    select
        article_id,
        source_id,
        url,
        title,
        byline,
        published_on,
        published_at,
        published_basis,
        published_conflict,
        body,
        same_text_as,
        cast(version_count as integer) as version_count,
        first_fetched_at,
        last_fetched_at
    from articles
)

select * from dim_articles
order by article_id

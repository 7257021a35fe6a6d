{{
    config(
        materialized='incremental',
        meta={'changes': {'kind': 'article', 'columns': ['article_id']}},
    )
}}

-- Which article had the text first; the one that did has none.
with

versions as (
    select
        article_id,
        body_sha256,
        first_fetched_at,
        build_no
    from {{ ref('int_versions_read') }}
    where is_latest
),

texts as (
    select
        body_sha256,
        arg_min(article_id, (first_fetched_at, article_id)) as first_article_id
    from versions
    group by body_sha256
),

int_articles_alike as (
    select
        versions.article_id,
        nullif(texts.first_article_id, versions.article_id) as same_text_as,
        {{ this_build() }} as build_no
    from versions
    inner join texts on versions.body_sha256 = texts.body_sha256
    where {{ is_changed('versions') }}
)

select * from int_articles_alike

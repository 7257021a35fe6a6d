{{
    config(
        materialized='incremental',
        meta={'changes': {'kind': 'article', 'columns': ['article_id']}},
    )
}}

-- What an article was like when it was first seen; a new version of a known article is no news of the portal.
with

versions as (
    select * from {{ ref('stg_landing__article_versions') }}
    where version_no = 1 and {{ among_changed('article', 'article_id') }}
),

int_articles_first_seen as (
    select
        article_id,
        source_id,
        batch_id,
        length(body) as body_length,
        title is not null as is_titled,
        byline is not null as has_byline,
        published_on is not null as is_dated,
        cast(timezone('Asia/Ho_Chi_Minh', fetched_at) as date) - published_on
        <= {{ var('recent_days') }} as is_recent,
        length(regexp_replace(body, '\P{L}|[A-Za-z]', '', 'g'))
        / nullif(length(regexp_replace(body, '\P{L}', '', 'g')), 0) as marked_share,
        {{ this_build() }} as build_no
    from versions
)

select * from int_articles_first_seen

{{
    config(
        materialized='incremental',
        meta={'changes': {'kind': 'article', 'columns': ['article_id']}},
    )
}}

-- Each task as its report gives it, with the sentence that it stands in.
with

reports as (
    select * from {{ ref('int_meetings_reported') }}
    where {{ is_changed() }}
),

articles as (
    select * from {{ ref('int_articles_read') }}
    where {{ is_changed() }}
),

directives as (
    select
        article_id,
        meeting_ordinal,
        generate_subscripts(directives, 1) as directive_ordinal,
        unnest(directives) as directive
    from reports
),

fields as (
    select
        article_id,
        meeting_ordinal,
        directive_ordinal,
        unnest(directive)  -- noqa: AL03
    from directives
),

int_directives_read as (
    select
        fields.*,
        articles.body_sha256,
        substring(articles.body, fields.quote_start + 1, fields.quote_end - fields.quote_start) as quote,
        {{ this_build() }} as build_no
    from fields
    inner join articles on fields.article_id = articles.article_id
)

select * from int_directives_read

{{ config(materialized='view') }}

with

versions as (
    select * from {{ ref('int_versions_placed') }}
    where is_latest
),

int_articles_placed as (
    select
        article_id,
        published_on,
        vintage_on,
        province_id,
        build_no
    from versions
)

select * from int_articles_placed

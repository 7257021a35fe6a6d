{{
    config(
        materialized='incremental',
        meta={'changes': {'kind': 'batch', 'columns': ['batch_id']}},
    )
}}

with

outcomes as (
    select * from {{ ref('stg_landing__article_outcomes') }}
    where {{ among_changed('batch', 'batch_id') }}
),

fct_article_outcomes as (
    select
        {{ hash_of(['batch_id', 'source_id', 'url']) }} as outcome_id,
        batch_id,
        source_id,
        article_id,
        url,
        outcome,
        reason,
        detail,
        http_status,
        fetched_at,
        byte_count,
        warc_file,
        warc_offset
    from outcomes
)

select * from fct_article_outcomes
order by batch_id, outcome_id

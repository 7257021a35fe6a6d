{{
    config(
        materialized='incremental',
        meta={'changes': {'kind': 'meeting', 'columns': ['meeting_id']}},
    )
}}

with

clusters as (
    select * from {{ ref('int_meetings_clustered') }}
    where {{ among_changed('meeting', 'meeting_id') }}
),

bridge_meeting_articles as (
    select
        meeting_id,
        article_id,
        joined_by,
        joined_to_article_id
    from clusters
)

select * from bridge_meeting_articles
order by meeting_id, article_id

with

clusters as (
    select * from {{ ref('int_meetings_clustered') }}
),

bridge_meeting_articles as (
    select distinct
        meeting_id,
        article_id
    from clusters
)

select * from bridge_meeting_articles
order by meeting_id, article_id

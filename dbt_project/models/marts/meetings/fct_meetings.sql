{{
    config(
        materialized='incremental',
        meta={'changes': {'kind': 'meeting', 'columns': ['meeting_id']}},
    )
}}

with

meetings as (
    select * from {{ ref('int_meetings_merged') }}
    where {{ is_changed() }}
),

fct_meetings as (
    select
        meeting_id,
        meeting_date,
        meeting_end_date,
        date_basis,
        date_earliest,
        date_latest,
        session,
        meeting_kind,
        topic,
        province_id,
        province_code,
        host_organization,
        location,
        lead_name,
        lead_title,
        cast(article_count as integer) as article_count,
        conclusion,
        conclusion_article_id
    from meetings
)

select * from fct_meetings
order by meeting_id

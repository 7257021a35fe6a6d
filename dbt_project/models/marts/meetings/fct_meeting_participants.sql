{{
    config(
        materialized='incremental',
        meta={'changes': {'kind': 'meeting', 'columns': ['meeting_id']}},
    )
}}

with

participants as (
    select * from {{ ref('int_participants_resolved') }}
    where {{ is_changed() }}
),

fct_meeting_participants as (
    select
        meeting_id,
        person_id,
        person_name,
        person_title,
        organization,
        role,
        quote,
        article_id
    from participants
)

select * from fct_meeting_participants
order by meeting_id, person_id

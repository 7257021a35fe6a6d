{{
    config(
        materialized='incremental',
        meta={'changes': {'kind': 'person', 'columns': ['person_id']}},
    )
}}

with

participants as (
    select * from {{ ref('int_participants_resolved') }}
    where {{ among_changed('person', 'person_id') }}
),

meetings as (
    select * from {{ ref('int_meetings_merged') }}
),

ranked as (
    select
        participants.person_id,
        participants.meeting_id,
        participants.person_name,
        participants.person_title,
        participants.lasting_province_id,
        meetings.meeting_date,
        row_number() over (
            partition by participants.person_id
            order by
                case when participants.person_title is null then 2 else 1 end asc,
                meetings.meeting_date desc nulls last, participants.meeting_id asc
        ) as recency
    from participants
    inner join meetings on participants.meeting_id = meetings.meeting_id
),

dim_people as (
    select
        person_id,
        max(case when recency = 1 then person_name end) as person_name,
        max(case when recency = 1 then person_title end) as latest_title,
        max(lasting_province_id) as province_id,
        cast(count(distinct meeting_id) as integer) as meeting_count,
        min(meeting_date) as first_met_on,
        max(meeting_date) as last_met_on
    from ranked
    group by person_id
)

select * from dim_people
order by person_id

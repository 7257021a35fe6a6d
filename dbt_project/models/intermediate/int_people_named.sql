{{
    config(
        materialized='incremental',
        meta={'changes': {'kind': 'meeting', 'columns': ['meeting_id'], 'tells': {'person': 'person_id'}}},
    )
}}

-- Each naming of a person in a report, with the key of the person.
with

clusters as (
    select * from {{ ref('int_meetings_clustered') }}
    where {{ among_changed('meeting', 'meeting_id') }}
),

meetings as (
    select * from {{ ref('int_meetings_merged') }}
    where {{ is_changed() }}
),

lasting as (
    select * from {{ ref('int_provinces_lasting') }}
),

participants as (
    select * from {{ ref('int_participants_read') }}
),

named as (
    select
        clusters.meeting_id,
        clusters.report_rank,
        participants.article_id,
        participants.participant_ordinal,
        participants.participant.person_name,
        participants.participant.person_title,
        participants.participant.organization,
        participants.participant.role,
        participants.participant.posts,
        participants.participant.quote_start,
        participants.quote,
        fold_text(participants.participant.person_name) as name_key,
        lasting.lasting_province_id as home_id,
        meetings.lasting_province_id as meeting_province_id,
        coalesce(meetings.meeting_date, participants.published_on) as seen_on
    from participants
    inner join clusters
        on
            participants.article_id = clusters.article_id
            and participants.meeting_ordinal = clusters.meeting_ordinal
    inner join meetings on clusters.meeting_id = meetings.meeting_id
    left join lasting on participants.participant.home = lasting.province_name
),

-- One name at one meeting is one person, whichever report tells the person's office.
homes as (
    select
        meeting_id,
        name_key,
        arg_min(home_id, report_rank) as home_id
    from named
    where home_id is not null
    group by meeting_id, name_key
),

int_people_named as (
    select
        named.* exclude (home_id, meeting_province_id),
        coalesce(homes.home_id, named.meeting_province_id) as lasting_province_id,
        {{ hash_of(['named.name_key', 'coalesce(homes.home_id, named.meeting_province_id)']) }}
            as person_id,
        {{ this_build() }} as build_no
    from named
    left join homes on named.meeting_id = homes.meeting_id and named.name_key = homes.name_key
)

select * from int_people_named

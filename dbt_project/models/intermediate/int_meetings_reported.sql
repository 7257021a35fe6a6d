{{
    config(
        materialized='incremental',
        meta={'changes': {'kind': 'article', 'columns': ['article_id']}},
    )
}}

with

articles as (
    select * from {{ ref('int_articles_read') }}
    where {{ is_changed() }}
),

places as (
    select * from {{ ref('int_articles_placed') }}
    where {{ is_changed() }}
),

province_names as (
    select * from {{ ref('int_province_names') }}
),

meetings as (
    select
        article_id,
        first_fetched_at,
        body,
        generate_subscripts(meetings, 1) as meeting_ordinal,
        unnest(meetings) as meeting
    from articles
),

int_meetings_reported as (
    select
        meetings.article_id,
        meetings.meeting_ordinal,
        meetings.first_fetched_at,
        case
            when meetings.meeting.province_name is null then places.province_id else
                province_names.province_id
        end as province_id,
        meetings.meeting.meeting_date,
        meetings.meeting.meeting_end_date,
        meetings.meeting.date_basis,
        meetings.meeting.date_earliest,
        meetings.meeting.date_latest,
        meetings.meeting.session,
        meetings.meeting.meeting_kind,
        meetings.meeting.topic,
        meetings.meeting.host_organization,
        meetings.meeting.location,
        meetings.meeting.lead_name,
        meetings.meeting.lead_title,
        substring(
            meetings.body,
            meetings.meeting.quote_start + 1,
            meetings.meeting.quote_end - meetings.meeting.quote_start
        ) as quote,
        substring(
            meetings.body,
            meetings.meeting.conclusion_start + 1,
            meetings.meeting.conclusion_end - meetings.meeting.conclusion_start
        ) as conclusion,
        places.vintage_on,
        places.published_on,
        meetings.meeting.host_office,
        meetings.meeting.participants,
        meetings.meeting.directives,
        meetings.meeting.subject_words,
        meetings.meeting.subject_names,
        meetings.meeting.edition,
        {{ this_build() }} as build_no
    from meetings
    inner join places on meetings.article_id = places.article_id
    left join province_names
        on
            meetings.meeting.province_name = province_names.province_name
            and places.vintage_on between province_names.named_from and province_names.named_to
)

select * from int_meetings_reported

{{
    config(
        materialized='incremental',
        meta={'changes': {'kind': 'article', 'columns': ['article_id']}},
    )
}}

with

versions as (
    select * from {{ ref('int_versions_read') }}
    where is_current_reading and {{ is_changed() }}
),

sources as (
    select * from {{ ref('int_sources_latest') }}
),

provinces as (
    select * from {{ ref('provinces') }}
),

province_names as (
    select * from {{ ref('int_province_names') }}
),

claims as (
    select
        article_version_id,
        unnest(claims) as claim
    from versions
),

meetings as (
    select
        article_version_id,
        unnest(meetings) as meeting
    from versions
),

-- What a version tells of as past or present bounds the day it was written; targets lie ahead of it.
mentions as (
    select
        claims.article_version_id,
        claims.claim.period_end as mentioned_on
    from claims
    where claims.claim.status <> 'target'
    union all
    select
        meetings.article_version_id,
        coalesce(meetings.meeting.meeting_date, meetings.meeting.date_latest) as mentioned_on
    from meetings
),

latest_mentions as (
    select
        article_version_id,
        max(mentioned_on) as mentioned_on
    from mentions
    group by article_version_id
),

-- The day that decides which province a name means.
dated as (
    select
        versions.article_version_id,
        versions.article_id,
        versions.is_latest,
        versions.source_id,
        versions.published_on,
        coalesce(
            versions.published_on,
            latest_mentions.mentioned_on,
            cast(timezone('Asia/Ho_Chi_Minh', versions.first_fetched_at) as date)
        ) as vintage_on
    from versions
    left join latest_mentions on versions.article_version_id = latest_mentions.article_version_id
),

-- A portal speaks for the province that its registered one was called, or has become, on that day.
int_versions_placed as (
    select
        dated.article_version_id,
        dated.article_id,
        dated.is_latest,
        dated.published_on,
        dated.vintage_on,
        case
            when sources.province_id is null then '00'
            when province_names.valid_to < dated.vintage_on
                then coalesce(province_names.successor_id, province_names.province_id)
            else province_names.province_id
        end as province_id,
        {{ this_build() }} as build_no
    from dated
    left join sources on dated.source_id = sources.source_id
    left join provinces on sources.province_id = provinces.province_id
    left join province_names
        on
            provinces.name_vi = province_names.province_name
            and dated.vintage_on between province_names.named_from and province_names.named_to
)

select * from int_versions_placed

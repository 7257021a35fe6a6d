with

articles as (
    select * from {{ ref('int_articles_read') }}
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
        article_id,
        unnest(claims) as claim
    from articles
),

meetings as (
    select
        article_id,
        unnest(meetings) as meeting
    from articles
),

-- What an article tells of as past or present bounds the day it was written; targets lie ahead of it.
mentions as (
    select
        claims.article_id,
        claims.claim.period_end as mentioned_on
    from claims
    where claims.claim.status <> 'target'
    union all
    select
        meetings.article_id,
        coalesce(meetings.meeting.meeting_date, meetings.meeting.date_latest) as mentioned_on
    from meetings
),

latest_mentions as (
    select
        article_id,
        max(mentioned_on) as mentioned_on
    from mentions
    group by article_id
),

-- The day that decides which province a name means.
dated as (
    select
        articles.article_id,
        articles.source_id,
        articles.published_on,
        coalesce(
            articles.published_on,
            latest_mentions.mentioned_on,
            cast(timezone('Asia/Ho_Chi_Minh', articles.first_fetched_at) as date)
        ) as vintage_on
    from articles
    left join latest_mentions on articles.article_id = latest_mentions.article_id
),

-- A portal speaks for the province that its registered one was called, or has become, on that day.
int_articles_placed as (
    select
        dated.article_id,
        dated.published_on,
        dated.vintage_on,
        case
            when sources.province_id is null then '00'
            when province_names.valid_to < dated.vintage_on
                then coalesce(province_names.successor_id, province_names.province_id)
            else province_names.province_id
        end as province_id
    from dated
    left join sources on dated.source_id = sources.source_id
    left join provinces on sources.province_id = provinces.province_id
    left join province_names
        on
            provinces.name_vi = province_names.province_name
            and dated.vintage_on between province_names.named_from and province_names.named_to
)

select * from int_articles_placed

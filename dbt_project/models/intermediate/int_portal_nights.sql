{{
    config(
        materialized='incremental',
        meta={'changes': {'kind': 'night', 'columns': ['cast(night_on as varchar)']}},
    )
}}

with

batches as (
    select * from {{ ref('stg_landing__batches') }}
),

sources as (
    select * from {{ ref('stg_landing__sources') }}
),

requests as (
    select * from {{ ref('stg_landing__discovery_requests') }}
),

outcomes as (
    select * from {{ ref('stg_landing__article_outcomes') }}
),

first_seen as (
    select * from {{ ref('int_articles_first_seen') }}
),

reports as (
    select * from {{ ref('int_meetings_reported') }}
),

claims as (
    select * from {{ ref('int_claims_resolved') }}
),

-- The night is Vietnam's day on which a crawl began: a crawl that was killed and the one that took it up
-- are one night, and a second one by hand does not look like a night without news.
crawls as (
    select
        batch_id,
        cast(timezone('Asia/Ho_Chi_Minh', started_at) as date) as night_on
    from batches
    where
        batch_kind = 'crawl'
        and {{ among_changed('night', night_of('started_at')) }}
),

portals as (
    select
        sources.source_id,
        crawls.night_on,
        count(*) as batch_count
    from sources
    inner join crawls on sources.batch_id = crawls.batch_id
    group by sources.source_id, crawls.night_on
),

asked as (
    select
        requests.source_id,
        crawls.night_on,
        count(*) as request_count,
        count(*) filter (where requests.outcome not in ('read', 'not_modified')) as unread_request_count
    from requests
    inner join crawls on requests.batch_id = crawls.batch_id
    group by requests.source_id, crawls.night_on
),

attempted as (
    select
        outcomes.source_id,
        crawls.night_on,
        count(*) as discovered_count,
        count(*) filter (where outcomes.outcome = 'loaded') as loaded_count,
        count(*) filter (where outcomes.outcome = 'unchanged') as unchanged_count,
        count(*) filter (where outcomes.outcome = 'blocked') as blocked_count,
        count(*) filter (where outcomes.outcome = 'not_allowed') as not_allowed_count,
        count(*) filter (where outcomes.outcome = 'empty') as empty_count,
        count(*) filter (where outcomes.outcome = 'quarantined') as quarantined_count,
        count(*) filter (where outcomes.outcome = 'failed') as failed_count
    from outcomes
    inner join crawls on outcomes.batch_id = crawls.batch_id
    group by outcomes.source_id, crawls.night_on
),

new_articles as (
    select
        crawls.night_on,
        first_seen.*
    from first_seen
    inner join crawls on first_seen.batch_id = crawls.batch_id
),

texts as (
    select
        source_id,
        night_on,
        count(*) as new_article_count,
        median(body_length) as median_body_length,
        avg(cast(is_titled as integer)) as titled_share,
        avg(cast(has_byline as integer)) as bylined_share,
        avg(cast(is_dated as integer)) as dated_share,
        avg(cast(is_recent as integer)) as recent_share,
        -- In a fixed order: a sum of doubles depends on it.
        avg(marked_share order by article_id) as marked_letter_share
    from new_articles
    group by source_id, night_on
),

-- Of the latest version, by the present rules: nights are compared as they are read now.
claims_by_article as (
    select
        article_id,
        count(*) as claim_count,
        count(indicator_code) as mapped_count
    from claims
    where article_id in (select article_id from new_articles)
    group by article_id
),

meetings_by_article as (
    select
        article_id,
        count(*) as meeting_count,
        count(lead_name) as led_count
    from reports
    where article_id in (select article_id from new_articles)
    group by article_id
),

readings as (
    select
        new_articles.source_id,
        new_articles.night_on,
        sum(coalesce(claims_by_article.claim_count, 0)) as claim_count,
        sum(coalesce(claims_by_article.mapped_count, 0)) as mapped_count,
        sum(meetings_by_article.meeting_count) as meeting_count,
        sum(meetings_by_article.led_count) as led_count
    from new_articles
    left join claims_by_article on new_articles.article_id = claims_by_article.article_id
    left join meetings_by_article on new_articles.article_id = meetings_by_article.article_id
    group by new_articles.source_id, new_articles.night_on
),

int_portal_nights as (
    select
        portals.source_id,
        portals.night_on,
        portals.batch_count,
        coalesce(asked.request_count, 0) as request_count,
        coalesce(asked.unread_request_count, 0) as unread_request_count,
        coalesce(attempted.discovered_count, 0) as discovered_count,
        coalesce(attempted.loaded_count, 0) as loaded_count,
        coalesce(attempted.unchanged_count, 0) as unchanged_count,
        coalesce(attempted.blocked_count, 0) as blocked_count,
        coalesce(attempted.not_allowed_count, 0) as not_allowed_count,
        coalesce(attempted.empty_count, 0) as empty_count,
        coalesce(attempted.quarantined_count, 0) as quarantined_count,
        coalesce(attempted.failed_count, 0) as failed_count,
        coalesce(texts.new_article_count, 0) as new_article_count,
        texts.median_body_length,
        texts.titled_share,
        texts.bylined_share,
        texts.dated_share,
        texts.recent_share,
        texts.marked_letter_share,
        readings.claim_count / texts.new_article_count as claims_per_article,
        readings.mapped_count / nullif(readings.claim_count, 0) as mapped_claim_share,
        readings.led_count / nullif(readings.meeting_count, 0) as led_meeting_share
    from portals
    left join asked on portals.source_id = asked.source_id and portals.night_on = asked.night_on
    left join attempted on portals.source_id = attempted.source_id and portals.night_on = attempted.night_on
    left join texts on portals.source_id = texts.source_id and portals.night_on = texts.night_on
    left join readings on portals.source_id = readings.source_id and portals.night_on = readings.night_on
)

select * from int_portal_nights

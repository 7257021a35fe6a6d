with

batches as (
    select * from {{ ref('stg_landing__batches') }}
),

provinces as (
    select * from {{ ref('provinces') }}
),

sources as (
    select * from {{ ref('dim_sources') }}
),

articles as (
    select * from {{ ref('dim_articles') }}
),

claims as (
    select * from {{ ref('fct_indicators') }}
),

nights as (
    select * from {{ ref('fct_portal_nights') }}
),

-- The day that everything is counted back from: of the newest batch, never of the clock.
reference as (
    select max(cast(timezone('Asia/Ho_Chi_Minh', started_at) as date)) as as_of
    from batches
),

in_force as (
    select
        provinces.province_id,
        reference.as_of
    from provinces
    cross join reference
    where
        provinces.valid_from <= reference.as_of
        and coalesce(provinces.valid_to, date '9999-12-31') >= reference.as_of
),

-- A province that has merged is told of by its successor.
lasting as (
    select
        provinces.province_id as former_id,
        coalesce(in_force.province_id, provinces.successor_id) as province_id
    from provinces
    left join in_force on provinces.province_id = in_force.province_id
),

portals as (
    select
        lasting.province_id,
        sources.source_id
    from sources
    inner join lasting on sources.province_id = lasting.former_id
),

recent_nights as (
    select
        nights.source_id,
        nights.night_on,
        nights.new_article_count,
        nights.usual_new_article_count,
        nights.nights_with_articles_before,
        row_number() over (partition by nights.source_id order by nights.night_on desc) as recency
    from nights
    cross join reference
    where nights.night_on > reference.as_of - {{ var('nights_compared') }}
),

-- Too short a history expects nothing.
by_portal as (
    select
        source_id,
        count(*) as night_count,
        sum(new_article_count) as article_count,
        max(
            case
                when recency = 1 and nights_with_articles_before >= {{ var('nights_needed') }}
                    then usual_new_article_count
            end
        ) as usual_count
    from recent_nights
    group by source_id
),

by_portals as (
    select
        portals.province_id,
        count(*) as portal_count,
        max(by_portal.night_count) as night_count,
        sum(by_portal.article_count) as article_count,
        sum(by_portal.usual_count) as usual_articles_per_night,
        sum(by_portal.usual_count * by_portal.night_count) as expected_article_count
    from portals
    left join by_portal on portals.source_id = by_portal.source_id
    group by portals.province_id
),

-- A day after the newest batch is misread and would hide that nothing came.
by_articles as (
    select
        portals.province_id,
        max(case when articles.published_on <= reference.as_of then articles.published_on end)
            as newest_published_on,
        max(articles.last_fetched_at) as newest_fetched_at
    from articles
    inner join portals on articles.source_id = portals.source_id
    cross join reference
    group by portals.province_id
),

by_claims as (
    select
        lasting.province_id,
        max(claims.published_on) as newest_claim_on
    from claims
    inner join lasting on claims.province_id = lasting.former_id
    cross join reference
    where claims.published_on <= reference.as_of
    group by lasting.province_id
),

fct_province_freshness as (
    select
        in_force.province_id,
        in_force.as_of,
        cast(coalesce(by_portals.portal_count, 0) as integer) as portal_count,
        by_articles.newest_published_on,
        cast(in_force.as_of - by_articles.newest_published_on as integer) as days_since_published,
        by_claims.newest_claim_on,
        by_articles.newest_fetched_at,
        cast(by_portals.night_count as integer) as night_count,
        cast(by_portals.article_count as integer) as recent_article_count,
        by_portals.usual_articles_per_night,
        by_portals.expected_article_count
    from in_force
    left join by_portals on in_force.province_id = by_portals.province_id
    left join by_articles on in_force.province_id = by_articles.province_id
    left join by_claims on in_force.province_id = by_claims.province_id
)

select * from fct_province_freshness
order by province_id

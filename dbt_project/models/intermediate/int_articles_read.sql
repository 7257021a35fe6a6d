with

versions as (
    select * from {{ ref('stg_landing__article_versions') }}
),

readings as (
    select * from {{ ref('int_article_readings') }}
    where extractor_version = getvariable('extractor_version')
),

outcomes as (
    select * from {{ ref('stg_landing__article_outcomes') }}
),

-- Versions that other rules made of bytes which had been read before: the page showed no new body.
read_anew as (
    select distinct
        batch_id,
        article_id
    from outcomes
    where outcome = 'loaded' and reason = 'rule_changed'
),

histories as (
    select
        versions.article_id,
        count(distinct versions.body_sha256) filter (where read_anew.article_id is null) as version_count,
        min(versions.fetched_at) as first_fetched_at
    from versions
    left join read_anew
        on
            versions.batch_id = read_anew.batch_id
            and versions.article_id = read_anew.article_id
    group by versions.article_id
),

-- The newest fetch speaks, as in landing: an old capture that arrives late has the higher version_no.
ranked as (
    select
        *,
        row_number() over (
            partition by article_id order by fetched_at desc, version_no desc, article_version_id desc
        ) as recency
    from versions
),

parsed as (
    select
        ranked.article_version_id,
        ranked.article_id,
        ranked.source_id,
        ranked.url,
        ranked.title,
        ranked.byline,
        ranked.body,
        ranked.body_sha256,
        ranked.published_on as landed_on,
        ranked.published_at,
        ranked.published_basis as landed_basis,
        ranked.published_conflict,
        first_value(ranked.article_id) over (
            partition by ranked.body_sha256 order by histories.first_fetched_at, ranked.article_id
        ) as first_article_id,
        ranked.fetched_at as last_fetched_at,
        histories.first_fetched_at,
        histories.version_count,
        readings.extractor_version,
        from_json(readings.reading, '{{ reading_structure() }}') as reading
    from ranked
    inner join histories on ranked.article_id = histories.article_id
    left join readings on ranked.article_version_id = readings.article_version_id
    where ranked.recency = 1
),

int_articles_read as (
    select
        parsed.article_version_id,
        parsed.article_id,
        parsed.source_id,
        parsed.url,
        parsed.title,
        parsed.byline,
        parsed.body,
        parsed.body_sha256,
        coalesce(parsed.landed_on, reading.published_on) as published_on,
        parsed.published_at,
        case
            when parsed.landed_on is not null then parsed.landed_basis
            when reading.published_on is not null then reading.published_basis
            else 'unknown'
        end as published_basis,
        parsed.published_conflict,
        nullif(parsed.first_article_id, parsed.article_id) as same_text_as,
        parsed.first_fetched_at,
        parsed.last_fetched_at,
        parsed.version_count,
        parsed.extractor_version,
        reading.claims,
        reading.meetings,
        reading.error.reason as failure_reason,
        reading.error.detail as failure_detail
    from parsed
)

select * from int_articles_read

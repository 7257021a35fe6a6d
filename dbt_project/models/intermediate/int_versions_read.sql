{{
    config(
        materialized='incremental',
        meta={'changes': {'kind': 'article', 'columns': ['article_id']}},
    )
}}

-- One row per article version, all of them, with the body of the page that it reads. In capture order a
-- body begins where another text than the one before it was fetched. A version that other rules made of
-- bytes read before is a new reading of the body that stood then, and so is the same text under a
-- corrected headline or date: of one body the newest reading speaks, as if it had been read so at first.
with

versions as (
    select * from {{ ref('stg_landing__article_versions') }}
    where {{ among_changed('article', 'article_id') }}
),

readings as (
    select * from {{ ref('int_article_readings') }}
    where
        extractor_version = getvariable('extractor_version')
        {% if builds_changes() %}
            and {{ by_row_id(
                ref('int_article_readings'), 'article_version_id in (select article_version_id from versions)'
            ) }}
        {% endif %}
),

outcomes as (
    select * from {{ ref('stg_landing__article_outcomes') }}
    where {{ among_changed('article', 'article_id') }}
),

-- Versions that other rules made of bytes which had been read before: the page showed no new body.
read_anew as (
    select distinct
        batch_id,
        article_id
    from outcomes
    where outcome = 'loaded' and reason = 'rule_changed'
),

-- Capture order: an old capture that arrives late has the higher version_no and the earlier place.
captured as (
    select
        versions.*,
        read_anew.article_id is not null as is_read_anew,
        lag(versions.body_sha256) over (
            partition by versions.article_id
            order by versions.fetched_at, versions.version_no, versions.article_version_id
        ) as former_body,
        row_number() over (
            partition by versions.article_id
            order by versions.fetched_at, versions.version_no, versions.article_version_id
        ) as capture_no
    from versions
    left join read_anew
        on
            versions.batch_id = read_anew.batch_id
            and versions.article_id = read_anew.article_id
),

explained as (
    select
        *,
        case
            when capture_no = 1 then 'first'
            when is_read_anew then 'rule_changed'
            when body_sha256 = former_body then 'details_changed'
            else 'edited'
        end as version_reason
    from captured
),

numbered as (
    select
        *,
        count(*) filter (where version_reason in ('first', 'edited')) over (
            partition by article_id order by capture_no
        ) as body_no
    from explained
),

histories as (
    select
        article_id,
        count(distinct body_sha256) filter (where not is_read_anew) as version_count,
        min(fetched_at) as first_fetched_at,
        max(capture_no) as last_capture_no
    from numbered
    group by article_id
),

bodies as (
    select
        article_id,
        body_no,
        max(capture_no) as last_capture_no,
        cast(timezone('Asia/Ho_Chi_Minh', min(fetched_at)) as date) as first_seen_on
    from numbered
    group by article_id, body_no
),

followed as (
    select
        *,
        lead(first_seen_on) over (partition by article_id order by body_no) as superseded_on
    from bodies
),

parsed as (
    select
        numbered.*,
        numbered.capture_no = followed.last_capture_no as is_current_reading,
        numbered.capture_no = histories.last_capture_no as is_latest,
        followed.first_seen_on,
        followed.superseded_on,
        histories.first_fetched_at,
        histories.version_count,
        readings.extractor_version,
        from_json(readings.reading, '{{ reading_structure() }}') as reading
    from numbered
    inner join histories on numbered.article_id = histories.article_id
    inner join followed
        on numbered.article_id = followed.article_id and numbered.body_no = followed.body_no
    left join readings on numbered.article_version_id = readings.article_version_id
),

int_versions_read as (
    select
        parsed.article_version_id,
        parsed.article_id,
        parsed.version_no,
        cast(parsed.body_no as integer) as body_no,
        parsed.version_reason,
        parsed.is_current_reading,
        parsed.is_latest,
        parsed.first_seen_on,
        parsed.superseded_on,
        parsed.source_id,
        parsed.url,
        parsed.title,
        parsed.byline,
        parsed.body,
        parsed.body_sha256,
        coalesce(parsed.published_on, reading.published_on) as published_on,
        parsed.published_at,
        case
            when parsed.published_on is not null then parsed.published_basis
            when reading.published_on is not null then reading.published_basis
            else 'unknown'
        end as published_basis,
        parsed.published_conflict,
        parsed.fetched_at,
        parsed.first_fetched_at,
        parsed.version_count,
        parsed.warc_file,
        parsed.warc_offset,
        parsed.extractor_version,
        reading.claims,
        reading.meetings,
        reading.error.reason as failure_reason,
        reading.error.detail as failure_detail,
        {{ this_build() }} as build_no
    from parsed
)

select * from int_versions_read

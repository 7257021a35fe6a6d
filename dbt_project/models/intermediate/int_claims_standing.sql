{{
    config(
        materialized='incremental',
        meta={'changes': {'kind': 'article', 'columns': ['article_id']}},
    )
}}

-- How long an article stood by what it said: one row as long as body after body of the page said the
-- same, worded as in the last of them. A body that could not be read says nothing for or against.
with

versions as (
    select * from {{ ref('int_versions_read') }}
    where is_current_reading and {{ is_changed() }}
),

claims as (
    select * from {{ ref('int_claims_versioned') }}
    where {{ is_changed() }}
),

-- What the first body says was known when it was published, which nobody saw; what a later one says,
-- when it was first seen. A page may be dated after the day on which it was changed: then as of that day.
bodies as (
    select
        article_version_id,
        article_id,
        body_no,
        superseded_on,
        case
            when body_no = 1 then least(coalesce(published_on, first_seen_on), superseded_on)
            else first_seen_on
        end as known_on,
        row_number() over (partition by article_id order by body_no) as reading_no,
        lead(first_seen_on) over (partition by article_id order by body_no) as next_read_on
    from versions
    where failure_reason is null and extractor_version is not null
),

islands as (
    select
        claims.article_id,
        claims.said_key,
        claims.statement_id,
        claims.article_version_id,
        bodies.body_no,
        bodies.reading_no,
        bodies.known_on,
        bodies.next_read_on,
        bodies.superseded_on,
        bodies.reading_no
        - row_number() over (partition by claims.article_id, claims.said_key order by bodies.reading_no)
            as island_no
    from claims
    inner join bodies on claims.article_version_id = bodies.article_version_id
),

spans as (
    select
        article_id,
        said_key,
        min(reading_no) as first_reading_no,
        max(reading_no) as last_reading_no,
        min(known_on) as known_on
    from islands
    group by article_id, said_key, island_no
),

int_claims_standing as (
    select
        claims.*,
        spans.known_on,
        islands.next_read_on as withdrawn_on,
        islands.superseded_on,
        spans.first_reading_no > 1 as is_from_edit
    from spans
    inner join islands
        on
            spans.article_id = islands.article_id
            and spans.said_key = islands.said_key
            and spans.last_reading_no = islands.reading_no
    inner join claims
        on
            islands.article_version_id = claims.article_version_id
            and islands.statement_id = claims.statement_id
)

select * from int_claims_standing

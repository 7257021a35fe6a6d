-- What was known of a quantity, and from when to when: as in a vintage database (ALFRED), a new
-- vintage opens on the day an article gives another figure, and closes the day before the next.
with

claims as (
    select * from {{ ref('int_claims_resolved') }}
),

articles as (
    select * from {{ ref('int_articles_read') }}
),

-- Only what can be told to be the same quantity: coded, placed, with a known time. A stock without a
-- period is observed on the day of its article; without that day there is no saying when.
observed as (
    select
        claims.*,
        articles.source_id,
        case when claims.period_type = 'instant' then claims.published_on else claims.period_end end
            as observed_on,
        coalesce(
            claims.published_on, cast(timezone('Asia/Ho_Chi_Minh', articles.first_fetched_at) as date)
        ) as known_on
    from claims
    inner join articles on claims.article_id = articles.article_id
    where claims.indicator_code is not null and claims.province_id is not null
),

identified as (
    select
        *,
        {{ hash_of([
            'province_id', 'indicator_code', 'fold_text(breakdown)', 'fold_text(place_name)', 'measure',
            'status', 'unit_code', 'price_basis', 'period_type', 'period_start', 'observed_on',
            'comparison_start', 'comparison_end',
        ]) }} as observation_id
    from observed
    where observed_on is not null and period_type <> 'unknown'
),

-- Of one day's claims the exact one speaks, then the earliest in the earliest-keyed article.
ranked as (
    select
        *,
        row_number() over (
            partition by observation_id, known_on
            order by case approximation when 'exact' then 1 else 2 end, article_id, value_start
        ) as day_rank
    from identified
),

days as (
    select
        *,
        lag(known_on) over (partition by observation_id order by known_on) as former_on,
        lag(value) over (partition by observation_id order by known_on) as former_value,
        lag(value_high) over (partition by observation_id order by known_on) as former_high
    from ranked
    where day_rank = 1
),

opened as (
    select
        *,
        row_number() over (partition by observation_id order by known_on) as vintage_no,
        lead(known_on) over (partition by observation_id order by known_on) as next_known_on
    from days
    where
        former_on is null
        or value <> former_value
        or value_high is distinct from former_high
),

supported as (
    select
        opened.observation_id,
        opened.vintage_no,
        count(distinct identified.article_id) as article_count,
        string_agg(distinct identified.article_id, ',' order by identified.article_id) as article_ids,
        count(distinct identified.source_id) as source_count
    from opened
    inner join identified
        on
            opened.observation_id = identified.observation_id
            and opened.known_on <= identified.known_on
            and (opened.next_known_on is null or opened.next_known_on > identified.known_on)
    group by opened.observation_id, opened.vintage_no
),

-- The last exact figure of each portal by the end of the vintage: a portal that corrects itself does
-- not disagree, two portals that stand by different figures do.
last_words as (
    select
        opened.observation_id,
        opened.vintage_no,
        identified.value,
        row_number() over (
            partition by opened.observation_id, opened.vintage_no, identified.source_id
            order by identified.known_on desc, identified.article_id asc, identified.value_start asc
        ) as recency
    from opened
    inner join identified
        on
            opened.observation_id = identified.observation_id
            and (opened.next_known_on is null or opened.next_known_on > identified.known_on)
    where identified.approximation = 'exact'
),

disagreements as (
    select
        observation_id,
        vintage_no,
        count(distinct value) > 1 as has_disagreement
    from last_words
    where recency = 1
    group by observation_id, vintage_no
),

int_observations_vintaged as (
    select
        opened.observation_id,
        cast(opened.vintage_no as integer) as vintage_no,
        opened.known_on as realtime_start,
        opened.next_known_on - 1 as realtime_end,
        opened.next_known_on is null as is_newest,
        opened.province_id,
        opened.province_code,
        opened.place_name,
        opened.indicator_code,
        opened.breakdown,
        opened.measure,
        opened.status,
        opened.unit_code,
        opened.price_basis,
        opened.period_type,
        opened.time_period,
        opened.period_start,
        opened.period_end,
        opened.comparison_start,
        opened.comparison_end,
        opened.observed_on,
        opened.value,
        opened.value_high,
        last_value(opened.value) over (
            partition by opened.observation_id order by opened.known_on
            rows between unbounded preceding and unbounded following
        ) as newest_value,
        opened.statement_id,
        supported.article_count,
        supported.source_count,
        supported.article_ids,
        coalesce(disagreements.has_disagreement, false) as has_disagreement
    from opened
    inner join supported
        on opened.observation_id = supported.observation_id and opened.vintage_no = supported.vintage_no
    left join disagreements
        on
            opened.observation_id = disagreements.observation_id
            and opened.vintage_no = disagreements.vintage_no
)

select * from int_observations_vintaged

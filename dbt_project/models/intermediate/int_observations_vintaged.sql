-- What was known of a quantity, and from when to when: as in a vintage database (ALFRED), a new
-- vintage opens on the day another figure is known, and closes the day before the next one, or before
-- the day on which the last article that stood by a figure takes it back.
with

reports as (
    select * from {{ ref('int_observations_reported') }}
),

events as (
    select
        observation_id,
        known_on as event_on
    from reports
    union
    select
        observation_id,
        withdrawn_on as event_on
    from reports
    where withdrawn_on is not null
),

-- On each day the newest of the claims that stand speaks; of one day's claims the exact one, then the
-- earliest in the earliest-keyed article. Where none stands, nothing is known any more.
ranked as (
    select
        events.observation_id,
        events.event_on,
        reports.statement_id,
        reports.article_version_id,
        reports.value,
        reports.value_high,
        reports.known_on < events.event_on or reports.is_from_edit as is_by_edit,
        row_number() over (
            partition by events.observation_id, events.event_on
            order by
                reports.known_on desc,
                case reports.approximation when 'exact' then 1 else 2 end asc,
                reports.article_id asc, reports.value_start asc
        ) as event_rank
    from events
    left join reports
        on
            events.observation_id = reports.observation_id
            and events.event_on >= reports.known_on
            and (reports.withdrawn_on is null or events.event_on < reports.withdrawn_on)
),

compared as (
    select
        *,
        lag(value) over (partition by observation_id order by event_on) as former_value,
        lag(value_high) over (partition by observation_id order by event_on) as former_high
    from ranked
    where event_rank = 1
),

changed as (
    select
        *,
        lead(event_on) over (partition by observation_id order by event_on) as next_on,
        lead(statement_id) over (partition by observation_id order by event_on) as next_statement_id
    from compared
    where value is distinct from former_value or value_high is distinct from former_high
),

opened as (
    select
        *,
        row_number() over (partition by observation_id order by event_on) as vintage_no,
        count(*) over (partition by observation_id) as vintage_count,
        next_on is not null and next_statement_id is null as is_withdrawn
    from changed
    where statement_id is not null
),

int_observations_vintaged as (
    select
        opened.observation_id,
        cast(opened.vintage_no as integer) as vintage_no,
        opened.event_on as realtime_start,
        opened.next_on - 1 as realtime_end,
        opened.vintage_no = opened.vintage_count as is_newest,
        opened.is_withdrawn,
        case
            when opened.is_by_edit then 'edited_article'
            when opened.vintage_no = 1 then 'first_report'
            else 'other_article'
        end as opened_by,
        reports.quantity_id,
        reports.province_id,
        reports.province_code,
        reports.place_name,
        reports.indicator_code,
        reports.breakdown,
        reports.measure,
        reports.status,
        reports.unit_code,
        reports.price_basis,
        reports.period_type,
        reports.time_period,
        reports.period_start,
        reports.period_end,
        reports.comparison_start,
        reports.comparison_end,
        reports.observed_on,
        reports.value,
        reports.value_high,
        last_value(reports.value) over (
            partition by opened.observation_id order by opened.event_on
            rows between unbounded preceding and unbounded following
        ) as newest_value,
        reports.statement_id
    from opened
    inner join reports
        on
            opened.observation_id = reports.observation_id
            and opened.statement_id = reports.statement_id
            and opened.article_version_id = reports.article_version_id
)

select * from int_observations_vintaged

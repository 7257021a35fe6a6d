{{
    config(
        materialized='incremental',
        meta={
            'changes': {
                'kind': 'quantity',
                'columns': ['quantity_id'],
                'tells': {'observation': 'observation_id', 'sum': 'sum_key'},
            }
        },
    )
}}

-- What was known of a quantity, and from when to when: as in a vintage database (ALFRED), a new
-- vintage opens on the day another figure is known, and closes the day before the next one, or before
-- the day on which the last article that stood by a figure takes it back.
with

reports as (
    select * from {{ rows_among_changed(ref('int_observations_reported'), 'quantity', 'quantity_id') }}
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
        reports.withdrawn_on,
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
            -- Plain comparisons alone: with an `or` a left join compares every event with every report.
            and events.event_on < coalesce(reports.withdrawn_on, date '9999-12-31')
),

compared as (
    select
        *,
        lag(value) over (partition by observation_id order by event_on) as former_value,
        lag(value_high) over (partition by observation_id order by event_on) as former_high
    from ranked
    where event_rank = 1
),

marked as (
    select
        *,
        (value is distinct from former_value or value_high is distinct from former_high) as is_change
    from compared
),

numbered as (
    select
        *,
        count(*) filter (where is_change) over (partition by observation_id order by event_on) as change_no
    from marked
),

followed as (
    select
        *,
        last_value(statement_id) over change as last_statement_id,
        last_value(article_version_id) over change as last_version_id
    from numbered
    window change as (
        partition by observation_id, change_no order by event_on
        rows between unbounded preceding and unbounded following
    )
),

changed as (
    select
        *,
        lead(event_on) over (partition by observation_id order by event_on) as next_on,
        lead(statement_id) over (partition by observation_id order by event_on) as next_statement_id
    from followed
    where is_change
),

opened as (
    select
        *,
        row_number() over (partition by observation_id order by event_on) as vintage_no,
        count(*) over (partition by observation_id) as vintage_count,
        next_on is not null and next_statement_id is null as is_withdrawn,
        -- Whoever spoke first may be edited while others still say it: then the sentence is the last one's.
        coalesce(withdrawn_on < coalesce(next_on, date '9999-12-31'), false) as is_passed_on
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
        reports.statement_id,
        -- What the provinces that one has become add up to it.
        case
            when reports.measure = 'level' and reports.place_name is null
                then {{ hash_of([
                    'reports.indicator_code', 'fold_text(reports.breakdown)', 'reports.unit_code',
                    'reports.price_basis', 'reports.status', 'reports.period_type', 'reports.period_start',
                    'reports.period_end',
                ]) }}
        end as sum_key,
        {{ this_build() }} as build_no
    from opened
    inner join reports
        on
            opened.observation_id = reports.observation_id
            and case when opened.is_passed_on then opened.last_statement_id else opened.statement_id end
            = reports.statement_id
            and case when opened.is_passed_on then opened.last_version_id else opened.article_version_id end
            = reports.article_version_id
)

select * from int_observations_vintaged

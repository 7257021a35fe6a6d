{{
    config(
        materialized='incremental',
        meta={'changes': {'kind': 'observation', 'columns': ['observation_id']}},
    )
}}

-- Who stands behind each vintage, and who says otherwise.
with

vintages as (
    select * from {{ ref('int_observations_vintaged') }}
    where {{ is_changed() }}
),

reports as (
    select * from {{ rows_among_changed(ref('int_observations_reported'), 'quantity', 'quantity_id') }}
),

-- All that was said by the last day of the vintage and not taken back before it began.
said as (
    select
        vintages.observation_id,
        vintages.vintage_no,
        vintages.realtime_end,
        reports.article_id,
        reports.source_id,
        reports.value,
        reports.value_high,
        reports.approximation,
        reports.known_on,
        reports.value_start,
        (
            reports.value = vintages.value and reports.value_high is not distinct from vintages.value_high
        ) as is_same_figure,
        (
            reports.withdrawn_on is not null
            and (vintages.realtime_end is null or reports.withdrawn_on <= vintages.realtime_end)
        ) as is_taken_back
    from vintages
    inner join reports
        on
            vintages.observation_id = reports.observation_id
            and (vintages.realtime_end is null or vintages.realtime_end >= reports.known_on)
            and (reports.withdrawn_on is null or vintages.realtime_start < reports.withdrawn_on)
),

supported as (
    select
        observation_id,
        vintage_no,
        count(distinct article_id) as article_count,
        string_agg(distinct article_id, ',' order by article_id) as article_ids,
        count(distinct source_id) as source_count
    from said
    where is_same_figure
    group by observation_id, vintage_no
),

-- The last exact figure of each portal by the end of the vintage: a portal that corrects itself does
-- not disagree, two portals that stand by different figures do.
last_words as (
    select
        *,
        row_number() over (
            partition by observation_id, vintage_no, source_id
            order by known_on desc, article_id asc, value_start asc
        ) as recency
    from said
    where approximation = 'exact' and not is_taken_back
),

figures as (
    select
        observation_id,
        vintage_no,
        source_id,
        {{ plain_number('value') }} || coalesce('..' || {{ plain_number('value_high') }}, '') as figure
    from last_words
    where recency = 1
),

disagreements as (
    select
        observation_id,
        vintage_no,
        string_agg(source_id || '=' || figure, '; ' order by source_id) as disagreeing_sources
    from figures
    group by observation_id, vintage_no
    having count(distinct figure) > 1
),

int_observations_backed as (
    select
        vintages.observation_id,
        vintages.vintage_no,
        supported.article_count,
        supported.source_count,
        supported.article_ids,
        disagreements.disagreeing_sources is not null as has_disagreement,
        disagreements.disagreeing_sources,
        {{ this_build() }} as build_no
    from vintages
    inner join supported
        on vintages.observation_id = supported.observation_id and vintages.vintage_no = supported.vintage_no
    left join disagreements
        on
            vintages.observation_id = disagreements.observation_id
            and vintages.vintage_no = disagreements.vintage_no
)

select * from int_observations_backed

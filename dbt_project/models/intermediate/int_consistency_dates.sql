{{
    config(
        materialized='incremental',
        meta={
            'changes': {
                'kind': 'dated_article',
                'columns': ['article_id'],
                'tells': {'checked_article': 'article_id'},
                'tells_of': 'differences',
            }
        },
    )
}}

-- Pairs of days that have an order: a task is due after the meeting that sets it, a meeting is reported
-- after it was held.
with

directives as (
    select * from {{ ref('int_directives_resolved') }}
    where {{ among_changed('dated_article', 'article_id') }}
),

meetings as (
    select * from {{ ref('int_meetings_merged') }}
),

clusters as (
    select * from {{ ref('int_meetings_clustered') }}
    where {{ among_changed('dated_article', 'article_id') }}
),

reports as (
    select
        clusters.meeting_id,
        reports.*
    from {{ ref('int_meetings_reported') }} as reports
    inner join clusters
        on
            reports.article_id = clusters.article_id
            and reports.meeting_ordinal = clusters.meeting_ordinal
),

int_consistency_dates as (
    select
        'deadline_after_meeting' as date_order,
        'directive' as subject_kind,
        directives.directive_id as subject_id,
        directives.article_id,
        cast(null as varchar) as statement_id,
        meetings.meeting_date as earlier_on,
        directives.deadline_on as later_on,
        directives.quote,
        reports.quote as other_quote,
        {{ this_build() }} as build_no
    from directives
    inner join meetings on directives.meeting_id = meetings.meeting_id
    inner join reports
        on directives.meeting_id = reports.meeting_id and directives.article_id = reports.article_id
    where directives.deadline_on is not null and meetings.meeting_date is not null
    union all
    -- Extraction leaves out meetings that are only announced, so a day ahead is misread or misprinted.
    select
        'meeting_before_report' as date_order,
        'meeting' as subject_kind,
        meeting_id as subject_id,
        article_id,
        null as statement_id,
        meeting_date as earlier_on,
        published_on as later_on,
        quote,
        null as other_quote,
        {{ this_build() }} as build_no
    from reports
    where meeting_date is not null and published_on is not null
)

select * from int_consistency_dates

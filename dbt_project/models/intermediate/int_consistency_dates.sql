-- Pairs of days that have an order: a task is due after the meeting that sets it, a meeting is
-- reported after it was held, what is told as actual has begun, a time compared with ends before the
-- time that is compared.
with

claims as (
    select * from {{ ref('int_claims_resolved') }}
),

directives as (
    select * from {{ ref('int_directives_resolved') }}
),

meetings as (
    select * from {{ ref('int_meetings_merged') }}
),

clusters as (
    select * from {{ ref('int_meetings_clustered') }}
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
        reports.quote as other_quote
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
        null as other_quote
    from reports
    where meeting_date is not null and published_on is not null
    union all
    -- The question arises only for what was not over when the article appeared.
    select
        'actual_has_begun' as date_order,
        'claim' as subject_kind,
        statement_id as subject_id,
        article_id,
        statement_id,
        period_start as earlier_on,
        published_on as later_on,
        quote,
        null as other_quote
    from claims
    where status = 'actual' and period_end > published_on
    union all
    select
        'comparison_before_period' as date_order,
        'claim' as subject_kind,
        statement_id as subject_id,
        article_id,
        statement_id,
        comparison_end as earlier_on,
        period_end as later_on,
        quote,
        null as other_quote
    from claims
    where comparison_end is not null and period_end is not null
)

select * from int_consistency_dates

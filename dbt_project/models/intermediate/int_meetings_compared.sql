{{
    config(
        materialized='incremental',
        meta={
            'changes': {
                'kind': 'later_article',
                'columns': ['later_article_id'],
                'tells': {'linked_report': 'unnest([later_key, earlier_key])'},
            }
        },
        post_hook="{{ tell_clusters(this) }}",
    )
}}

-- Which evidence joins two reports.
with

reports as (
    select * from {{ ref('int_meetings_likened') }}
),

weighed as (
    select * from {{ ref('int_meetings_weighed') }}
    where {{ among_changed('later_article', 'later_article_id') }}
),

-- Two meetings of one article are not one: each meets at most one meeting of another article.
matched as (
    select * from weighed
    qualify
        row_number() over (
            partition by later_key, earlier_article_id
            order by evidence_rank asc, evidence_score desc, earlier_key asc
        ) = 1
        and row_number() over (
            partition by earlier_key, later_article_id
            order by evidence_rank asc, evidence_score desc, later_key asc
        ) = 1
),

-- A report that could as well be of either of two different meetings is of neither.
ambiguous as (
    select distinct
        one.later_key,
        one.earlier_key
    from matched as one
    inner join matched as other
        on
            one.later_key = other.later_key
            and one.evidence_rank = other.evidence_rank
            and one.earlier_key <> other.earlier_key
            and (one.evidence_rank >= 7 or one.evidence_score <= other.evidence_score)
    inner join reports as one_report on one.earlier_key = one_report.report_key
    inner join reports as other_report on other.earlier_key = other_report.report_key
    where {{ reports_contradict('one_report', 'other_report') }}
),

int_meetings_compared as (
    select
        matched.* replace ({{ this_build() }} as build_no)
    from matched
    left join ambiguous
        on matched.later_key = ambiguous.later_key and matched.earlier_key = ambiguous.earlier_key
    where ambiguous.later_key is null
)

select * from int_meetings_compared

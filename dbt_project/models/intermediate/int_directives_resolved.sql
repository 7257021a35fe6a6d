{{
    config(
        materialized='incremental',
        meta={'changes': {'kind': 'meeting', 'columns': ['meeting_id']}},
    )
}}

with

clusters as (
    select * from {{ ref('int_meetings_clustered') }}
    where {{ among_changed('meeting', 'meeting_id') }}
),

directives as (
    select * from {{ ref('int_directives_read') }}
),

-- A task that several articles report in the same words is one.
ranked as (
    select
        clusters.meeting_id,
        directives.*,
        row_number() over (
            partition by clusters.meeting_id, fold_text(directives.action)
            order by clusters.report_rank, directives.directive_ordinal
        ) as mention_rank
    from directives
    inner join clusters
        on
            directives.article_id = clusters.article_id
            and directives.meeting_ordinal = clusters.meeting_ordinal
),

int_directives_resolved as (
    select
        {{ hash_of(['article_id', 'body_sha256', 'quote_start', 'meeting_id', 'directive_ordinal']) }}
            as directive_id,
        meeting_id,
        article_id,
        issued_by,
        assigned_to,
        action,
        deadline_on,
        deadline_text,
        quote,
        quote_start,
        quote_end,
        directive_kind,
        {{ this_build() }} as build_no
    from ranked
    where mention_rank = 1
)

select * from int_directives_resolved

with

reports as (
    select * from {{ ref('int_meetings_reported') }}
),

clusters as (
    select * from {{ ref('int_meetings_clustered') }}
),

articles as (
    select * from {{ ref('int_articles_read') }}
),

directives as (
    select
        article_id,
        meeting_ordinal,
        generate_subscripts(directives, 1) as directive_ordinal,
        unnest(directives) as directive
    from reports
),

-- A task that several articles report in the same words is one.
ranked as (
    select
        clusters.meeting_id,
        directives.article_id,
        directives.directive_ordinal,
        unnest(directives.directive),  -- noqa: AL03
        articles.body,
        articles.body_sha256,
        row_number() over (
            partition by clusters.meeting_id, fold_text(directives.directive.action)
            order by clusters.report_rank, directives.directive_ordinal
        ) as report_rank
    from directives
    inner join clusters
        on
            directives.article_id = clusters.article_id
            and directives.meeting_ordinal = clusters.meeting_ordinal
    inner join articles on directives.article_id = articles.article_id
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
        substring(body, quote_start + 1, quote_end - quote_start) as quote,
        quote_start,
        quote_end,
        directive_kind
    from ranked
    where report_rank = 1
)

select * from int_directives_resolved

{{
    config(
        materialized='incremental',
        meta={'changes': {'kind': 'meeting', 'columns': ['meeting_id']}},
    )
}}

with

directives as (
    select * from {{ ref('int_directives_resolved') }}
    where {{ is_changed() }}
),

fct_directives as (
    select
        directive_id,
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
        directive_kind
    from directives
)

select * from fct_directives
order by meeting_id, directive_id

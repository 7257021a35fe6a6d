{{
    config(
        materialized='incremental',
        meta={'changes': {'kind': 'person', 'columns': ['person_id']}},
    )
}}

with

held as (
    select * from {{ ref('int_posts_held') }}
    where {{ among_changed('person', 'person_id') }}
),

keyed as (
    select
        *,
        {{ hash_of(['person_id', 'fold_text(post)', 'organization_id', 'is_former']) }} as person_post_id
    from held
),

ranked as (
    select
        *,
        row_number() over (
            partition by person_post_id
            order by seen_on asc nulls last, article_id asc, meeting_id asc, quote_start asc
        ) as first_rank,
        row_number() over (
            partition by person_post_id
            order by seen_on desc nulls last, article_id asc, meeting_id asc, quote_start asc
        ) as last_rank
    from keyed
),

fct_person_posts as (
    select
        person_post_id,
        person_id,
        max(case when last_rank = 1 then person_name end) as person_name,
        max(case when last_rank = 1 then post end) as post,
        organization_id,
        max(case when last_rank = 1 then organization_name end) as organization_name,
        min(organization_province_id) as province_id,
        is_former,
        min(seen_on) as first_seen_on,
        max(seen_on) as last_seen_on,
        cast(count(distinct meeting_id) as integer) as meeting_count,
        max(case when first_rank = 1 then article_id end) as first_article_id,
        max(case when first_rank = 1 then quote end) as first_quote,
        max(case when last_rank = 1 then article_id end) as last_article_id,
        max(case when last_rank = 1 then quote end) as last_quote
    from ranked
    group by person_post_id, person_id, organization_id, is_former
)

select * from fct_person_posts
order by person_post_id

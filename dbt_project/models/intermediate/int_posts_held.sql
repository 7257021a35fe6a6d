{{
    config(
        materialized='incremental',
        meta={'changes': {'kind': 'meeting', 'columns': ['meeting_id']}},
    )
}}

-- Each post in which a report shows a person.
with

people as (
    select * from {{ ref('int_people_named') }}
    where {{ is_changed() }}
),

lasting as (
    select * from {{ ref('int_provinces_lasting') }}
),

posts as (
    select
        meeting_id,
        article_id,
        person_id,
        person_name,
        lasting_province_id,
        seen_on,
        quote,
        quote_start,
        unnest(posts) as post
    from people
),

int_posts_held as (
    select
        posts.meeting_id,
        posts.article_id,
        posts.person_id,
        posts.person_name,
        posts.seen_on,
        posts.quote,
        posts.quote_start,
        posts.post.post,
        posts.post.is_former,
        posts.post.organization.name as organization_name,
        coalesce(lasting.lasting_province_id, posts.lasting_province_id) as organization_province_id,
        case
            when posts.post.organization.name is not null
                then {{ organization_key(
                    'posts.post.organization.name',
                    'coalesce(lasting.lasting_province_id, posts.lasting_province_id)',
                ) }}
        end as organization_id,
        {{ this_build() }} as build_no
    from posts
    left join lasting on posts.post.organization.home = lasting.province_name
)

select * from int_posts_held

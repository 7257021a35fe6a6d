{{
    config(
        materialized='incremental',
        meta={
            'changes': {
                'kind': 'meeting',
                'columns': ['meeting_id'],
                'tells': {'organization': 'organization_id'},
            }
        },
    )
}}

with

posts as (
    select * from {{ ref('int_posts_held') }}
    where {{ is_changed() }}
),

reports as (
    select * from {{ ref('int_meetings_reported') }}
),

clusters as (
    select * from {{ ref('int_meetings_clustered') }}
    where {{ among_changed('meeting', 'meeting_id') }}
),

meetings as (
    select * from {{ ref('int_meetings_merged') }}
    where {{ is_changed() }}
),

lasting as (
    select * from {{ ref('int_provinces_lasting') }}
),

hosts as (
    select
        clusters.meeting_id,
        reports.host_office.name as organization_name,
        coalesce(lasting.lasting_province_id, meetings.lasting_province_id) as organization_province_id
    from reports
    inner join clusters
        on
            reports.article_id = clusters.article_id
            and reports.meeting_ordinal = clusters.meeting_ordinal
    inner join meetings on clusters.meeting_id = meetings.meeting_id
    left join lasting on reports.host_office.home = lasting.province_name
    where reports.host_office.name is not null
),

int_organizations_named as (
    select
        meeting_id,
        person_id,
        organization_id,
        organization_name,
        organization_province_id,
        {{ this_build() }} as build_no
    from posts
    where organization_id is not null
    union all
    select
        meeting_id,
        null as person_id,
        {{ organization_key('organization_name', 'organization_province_id') }} as organization_id,
        organization_name,
        organization_province_id,
        {{ this_build() }} as build_no
    from hosts
)

select * from int_organizations_named

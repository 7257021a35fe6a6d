{{
    config(
        materialized='incremental',
        meta={'changes': {'kind': 'organization', 'columns': ['organization_id']}},
    )
}}

with

mentions as (
    select * from {{ ref('int_organizations_named') }}
    where {{ among_changed('organization', 'organization_id') }}
),

dim_organizations as (
    select
        organization_id,
        min(organization_name) as organization_name,
        min(organization_province_id) as province_id,
        cast(count(distinct meeting_id) as integer) as meeting_count,
        cast(count(distinct person_id) as integer) as participant_count
    from mentions
    group by organization_id
)

select * from dim_organizations
order by organization_id

with

participants as (
    select * from {{ ref('int_participants_resolved') }}
),

meetings as (
    select * from {{ ref('int_meetings_merged') }}
),

mentions as (
    select
        meeting_id,
        lasting_province_id,
        organization as organization_name,
        person_id
    from participants
    where organization is not null
    union all
    select
        meeting_id,
        lasting_province_id,
        host_organization as organization_name,
        null as person_id
    from meetings
    where host_organization is not null
),

int_organizations_named as (
    select
        {{ hash_of(['fold_text(organization_name)', 'lasting_province_id']) }} as organization_id,
        *
    from mentions
)

select * from int_organizations_named

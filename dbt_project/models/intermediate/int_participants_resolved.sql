{{
    config(
        materialized='incremental',
        meta={'changes': {'kind': 'meeting', 'columns': ['meeting_id']}},
    )
}}

with

people as (
    select * from {{ ref('int_people_named') }}
    where {{ is_changed() }}
),

-- A person stands once at a meeting, in the weightiest role that any article gives.
ranked as (
    select
        *,
        row_number() over (
            partition by meeting_id, person_id
            order by
                case role when 'lead' then 1 when 'host' then 2 when 'speaker' then 3 else 4 end,
                case when person_title is null then 2 else 1 end,
                report_rank, participant_ordinal
        ) as mention_rank
    from people
),

int_participants_resolved as (
    select
        meeting_id,
        person_id,
        lasting_province_id,
        person_name,
        person_title,
        organization,
        role,
        quote,
        article_id,
        {{ this_build() }} as build_no
    from ranked
    where mention_rank = 1
)

select * from int_participants_resolved

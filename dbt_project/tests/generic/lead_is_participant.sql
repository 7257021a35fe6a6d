{# Meetings whose lead is not among the people named as being there, or is not one of them who led. #}
{% test lead_is_participant(model, participants=ref('fct_meeting_participants')) %}

select
    meetings.meeting_id,
    meetings.lead_name
from {{ model }} as meetings
left join {{ participants }} as people
    on
        meetings.meeting_id = people.meeting_id
        and meetings.lead_name = people.person_name
        and people.role in ('lead', 'host')
where meetings.lead_name is not null and people.meeting_id is null

{% endtest %}

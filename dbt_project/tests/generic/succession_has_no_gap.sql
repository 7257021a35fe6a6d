{#
  Provinces whose validity and succession contradict each other: an end without a successor, a
  successor without an end, or one that does not begin on the day after the end.
#}
{% test succession_has_no_gap(model) %}

with provinces as (
    select * from {{ model }}
)

select
    provinces.province_id,
    provinces.valid_to,
    provinces.successor_id,
    successors.valid_from
from provinces
left join provinces as successors on provinces.successor_id = successors.province_id
where
    (provinces.valid_to is null) <> (provinces.successor_id is null)
    or (provinces.successor_id is not null and successors.valid_from is distinct from provinces.valid_to + 1)
    or successors.successor_id is not null

{% endtest %}

{#
  Rows whose province was not in force on their day. Before the first vintage the first one counts. Where
  the text itself names the province (by_name), a name that no vintage bears on that day may mean the one
  that bore it last.
#}
{% test province_is_in_force(model, day, by_name=true, provinces=ref('provinces')) %}

with

-- A test's own "where" gives the model an alias of its own.
placed as (
    select * from {{ model }}
),

vintages as (
    select
        province_id,
        name_vi,
        case
            when valid_from = min(valid_from) over () then date '0001-01-01' else valid_from
        end as in_force_from,
        coalesce(valid_to, date '9999-12-31') as in_force_to
    from {{ provinces }}
    where valid_from is not null
)

select
    placed.province_id,
    placed.{{ day }}
from placed
inner join vintages on placed.province_id = vintages.province_id
where
    placed.{{ day }} not between vintages.in_force_from and vintages.in_force_to
    {% if by_name %}
        and exists (
            select 1
            from vintages as others
            where
                others.name_vi = vintages.name_vi
                and placed.{{ day }} between others.in_force_from and others.in_force_to
        )
    {% endif %}

{% endtest %}

{# Tasks whose deadline is printed as a whole day (30/11/2026) and has another day, or none. #}
{% test deadline_is_dated(model) %}

with printed as (
    select
        directive_id,
        deadline_on,
        deadline_text,
        regexp_extract_all(deadline_text, '(\d{1,2})[/.-](\d{1,2})[/.-]((?:19|20)\d\d)', 0) as days
    from {{ model }}
)

select
    directive_id,
    deadline_text,
    deadline_on
from printed
where
    len(days) = 1
    and try_strptime(replace(replace(days[1], '.', '/'), '-', '/'), '%d/%m/%Y') is not null
    and deadline_on
    is distinct from cast(try_strptime(replace(replace(days[1], '.', '/'), '-', '/'), '%d/%m/%Y') as date)

{% endtest %}

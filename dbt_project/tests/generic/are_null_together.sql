{# Rows in which some of the columns are null and others are not. #}
{% test are_null_together(model, columns) %}

select {{ columns | join(', ') }}
from {{ model }}
where
    ({% for column in columns %}{{ column }} is null{{ " or " if not loop.last }}{% endfor %})
    and not ({% for column in columns %}{{ column }} is null{{ " and " if not loop.last }}{% endfor %})

{% endtest %}

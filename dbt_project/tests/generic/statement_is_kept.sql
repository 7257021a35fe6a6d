{# Keys of claims that are found neither among the claims that stand nor among those superseded. #}
{% test statement_is_kept(
    model, column_name, standing=ref('fct_indicators'), superseded=ref('fct_superseded_indicators')
) %}

select {{ column_name }}
from {{ model }}
where
    {{ column_name }} is not null
    and {{ column_name }} not in (select statement_id from {{ standing }})
    and {{ column_name }} not in (select statement_id from {{ superseded }})

{% endtest %}

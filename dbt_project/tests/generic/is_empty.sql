{# Every row: for models that list what went wrong. #}
{% test is_empty(model) %}

select * from {{ model }}

{% endtest %}

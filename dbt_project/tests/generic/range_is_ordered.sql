{# Ranges whose end comes before their start, or that lack it. #}
{% test range_is_ordered(model, low, high) %}

select
    {{ low }},
    {{ high }}
from {{ model }}
where {{ high }} < {{ low }} or ({{ low }} is null and {{ high }} is not null)

{% endtest %}

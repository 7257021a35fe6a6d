{#
  Ranges whose second end comes before the first, or that lack their first end. `by_magnitude`: ends
  are signed alike and grow away from zero or towards it as printed, so only the signs are compared.
#}
{% test range_is_ordered(model, low, high, by_magnitude=false) %}

select {{ low }}, {{ high }}
from {{ model }}
where
    {% if by_magnitude %}
        {{ low }} * {{ high }} < 0
    {% else %}
        {{ high }} < {{ low }}
    {% endif %}
    or ({{ low }} is null and {{ high }} is not null)

{% endtest %}

{# Text that is not in Unicode normal form C. #}
{% test is_nfc(model, column_name) %}

select {{ column_name }}
from {{ model }}
where {{ column_name }} <> nfc_normalize({{ column_name }})

{% endtest %}

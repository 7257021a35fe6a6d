{# Days without a basis, or a basis (other than unknown) without its day. #}
{% test date_matches_basis(model, date_column='meeting_date', basis_column='date_basis') %}

select {{ date_column }}, {{ basis_column }}
from {{ model }}
where ({{ date_column }} is null) <> ({{ basis_column }} = 'unknown')

{% endtest %}

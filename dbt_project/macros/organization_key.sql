{# Key of an organization from its full name and the province it lasts in: one spelling is one row. #}
{% macro organization_key(name, province_id) -%}
    {{ hash_of(["fold_text(" ~ name ~ ")", province_id]) }}
{%- endmacro %}

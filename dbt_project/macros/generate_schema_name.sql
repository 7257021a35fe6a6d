{# Schemas bear their own names (staging, marts, …), whatever the target's schema is called. #}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {{ custom_schema_name | trim if custom_schema_name else target.schema }}
{%- endmacro %}

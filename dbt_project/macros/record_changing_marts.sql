{#
  At the end of a run: which marts changed row by row and by what kind of key, for the publish that changes
  the published file alike. Marts that are not listed were made anew.
#}
{% macro record_changing_marts() -%}
    create schema if not exists intermediate;
    create or replace table intermediate.int_changing_marts (mart varchar, key_kind varchar, key_column varchar);
    {%- if execute and not builds_all_rows() %}
        {%- for node in graph.nodes.values() if node.resource_type == 'model' and node.schema == 'marts' %}
            {%- set changes = node.config.meta.changes %}
            {%- for column in (changes.columns if changes else []) %}
                insert into intermediate.int_changing_marts
                values ('{{ node.name }}', '{{ changes.kind }}', '{{ column }}');
            {%- endfor %}
        {%- endfor %}
    {%- endif %}
{%- endmacro %}

{#
  Several writers (docs/ducklake.md): what a DuckLake does otherwise than a file. Everything else, models and
  tests, is the same for both.
#}
{% macro is_lake() -%}
    {{ return(target.name == 'ducklake') }}
{%- endmacro %}

{#
  A lake has no comments on columns of views: the export finds them where keep_comments puts them. Overrides the
  adapter's macro of this name.
#}
{% macro duckdb__alter_column_comment(relation, column_dict) -%}
    {%- if is_lake() and relation.type == 'view' -%}
        select 1
    {%- else -%}
        {%- set existing = adapter.get_columns_in_relation(relation) | map(attribute='name') | list -%}
        {%- for name in column_dict if name in existing -%}
            comment on column {{ relation }}.{{ name }} is
            {{ duckdb_escape_comment(column_dict[name]['description']) }};
        {%- endfor -%}
    {%- endif -%}
{%- endmacro %}

{# At the end of a run on a lake, as statements: the comments that it cannot keep where they belong. #}
{% macro keep_comments() -%}
    {%- set statements = [] -%}
    {%- if execute and is_lake() -%}
        {%- set kept = 'intermediate.int_kept_comments' -%}
        {%- set columns = '(entry_name varchar, column_name varchar, comment_text varchar)' -%}
        {%- set told = duckdb_escape_comment(as_known_comment()) -%}
        {%- do statements.append('create or replace table ' ~ kept ~ ' ' ~ columns) -%}
        {%- set row = "('observations_as_known_on', null, " ~ told ~ ')' -%}
        {%- do statements.append('insert into ' ~ kept ~ ' values ' ~ row) -%}
        {%- for node in graph.nodes.values() if node.resource_type == 'model' and node.schema == 'marts' -%}
            {%- for column in node.columns.values() if node.config.materialized == 'view' -%}
                {%- set told = duckdb_escape_comment(column.description) -%}
                {%- set row = "('" ~ node.name ~ "', '" ~ column.name ~ "', " ~ told ~ ')' -%}
                {%- do statements.append('insert into ' ~ kept ~ ' values ' ~ row) -%}
            {%- endfor -%}
        {%- endfor -%}
    {%- endif -%}
    {{ return(statements | join('; ')) }}
{%- endmacro %}

{#
  A key from content: md5 over the expressions in order. The separator cannot stand in landed text,
  and null differs from the empty string.
#}
{% macro hash_of(expressions) -%}
    md5(
    {%- for expression in expressions %}
        coalesce(cast({{ expression }} as varchar), chr(30)){{ " || chr(31) || " if not loop.last }}
    {%- endfor %}
    )
{%- endmacro %}

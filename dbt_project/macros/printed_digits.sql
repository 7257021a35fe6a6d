{#
  The digits of a printed number from its first that is not 0, without signs. Digits glued to a letter
  ("km2") are part of the unit.
#}
{% macro printed_digits(value_text) -%}
    ltrim(regexp_replace({{ value_text }}, '\p{L}\d+|\D', '', 'g'), '0')
{%- endmacro %}

{#
  What one step of the last printed digit is worth, in the unit of `value`: 0.1 for "94,3%", 1e9 for
  "42.564 tỷ đồng" (4.2564e13 printed with five digits). Digits glued to a letter ("km2") are part of
  the unit. Where no digit is printed ("ba dự án"), the number is whole: 1.
#}
{% macro last_digit_worth(value, value_text) -%}
    {%- set digits -%}
        ltrim(regexp_replace({{ value_text }}, '\p{L}\d+|\D', '', 'g'), '0')
    {%- endset -%}
    case
        when {{ value }} = 0 or length({{ digits }}) = 0 then 1.0
        else pow(10, floor(log10(abs({{ value }}))) - length({{ digits }}) + 1)
    end
{%- endmacro %}

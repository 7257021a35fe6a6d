{#
  What one step of the last printed digit is worth, in the unit of `value`: 0.1 for "94,3%", 1e9 for
  "42.564 tỷ đồng" (4.2564e13 printed with five digits). Where no digit is printed ("ba dự án"), the
  number is whole: 1.
#}
{% macro last_digit_worth(value, value_text) -%}
    case
        when {{ value }} = 0 or length({{ printed_digits(value_text) }}) = 0 then 1.0
        else {{ worth_of_digit(value, "length(" ~ printed_digits(value_text) ~ ")") }}
    end
{%- endmacro %}

{#
  What one step of the last digit that is not 0 is worth: 100 for "1.200", 1 for "1.201". Where no
  digit is printed, the step of the number's first digit: 10 for "một nửa" (50 %).
#}
{% macro last_figure_worth(value, value_text) -%}
    case
        when {{ value }} = 0 then 1.0
        when length({{ printed_digits(value_text) }}) = 0 then {{ worth_of_digit(value, "1") }}
        else {{ worth_of_digit(value, "length(rtrim(" ~ printed_digits(value_text) ~ ", '0'))") }}
    end
{%- endmacro %}

{# The power of ten at which the digit numbered from the left (from 1) stands. #}
{% macro worth_of_digit(value, number) -%}
    pow(10, floor(log10(abs({{ value }}))) - {{ number }} + 1)
{%- endmacro %}

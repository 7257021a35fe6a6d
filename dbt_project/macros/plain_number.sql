{# A number as text without exponent and without a fraction of nothing: 1240, 12.5, 11500000000000000. #}
{% macro plain_number(value) -%}
    case
        when {{ value }} = trunc({{ value }}) and abs({{ value }}) < 1e18
            then cast(cast({{ value }} as bigint) as varchar)
        else cast({{ value }} as varchar)
    end
{%- endmacro %}

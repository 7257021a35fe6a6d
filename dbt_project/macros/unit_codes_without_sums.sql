{# Units of rates, ranks and ratios: parts in them do not add up, nor is one a percentage of another. #}
{% macro unit_codes_without_sums() -%}
    ('PERCENT', 'PERCENTAGE_POINT', 'TIMES', 'RANK', 'SCORE', 'RATIO')
{%- endmacro %}

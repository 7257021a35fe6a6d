{# Units of rates, ranks, ratios and yields: parts in them do not add up. #}
{% macro unit_codes_without_sums() -%}
    ('PERCENT', 'PERCENTAGE_POINT', 'TIMES', 'RANK', 'SCORE', 'RATIO', 'QUINTAL_PER_HECTARE')
{%- endmacro %}

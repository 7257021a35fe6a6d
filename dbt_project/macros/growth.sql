{# The change from `base` to `level` as the measure tells it: in percent, as a difference, as a multiple. #}
{% macro growth_of(measure, level, base) -%}
    case {{ measure }}
        when 'change_pct' then 100 * ({{ level }} / {{ base }} - 1)
        when 'change_abs' then {{ level }} - {{ base }}
        else {{ level }} / {{ base }}
    end
{%- endmacro %}

{# The growth in percent of a level that changed by `difference`. #}
{% macro growth_by_difference(level, difference) -%}
    100 * {{ difference }} / ({{ level }} - {{ difference }})
{%- endmacro %}

{#
  Whether levels (alias) show the growth that is printed (alias): amounts do, and those whose growth is
  told in volume only at constant prices. A rate's growth in percent may be meant in points.
#}
{% macro grows_as_printed(changes, levels) -%}
    {{ levels }}.unit_code not in ('PERCENT', 'PERCENTAGE_POINT', 'TIMES', 'RANK', 'SCORE')
    and (not {{ levels }}.grows_in_volume or coalesce({{ levels }}.price_basis <> 'current', false))
{%- endmacro %}

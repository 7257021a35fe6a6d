{# Claims with a period where their type has none, or without one where it has. #}
{% test period_matches_type(model) %}

select statement_id, period_type, time_period, period_start, period_end
from {{ model }}
where
    case
        when period_type in ('instant', 'unknown') then period_start is not null or period_end is not null
        else period_start is null or period_end is null
    end

{% endtest %}

{# Sums passed off as whole where a part is missing, counted wrongly, or withheld where none is. #}
{% test sum_is_whole(model) %}

select rollup_id, value, found_value, provinces_expected, provinces_found, is_complete
from {{ model }}
where
    provinces_found not between 1 and provinces_expected
    or is_complete <> (provinces_found = provinces_expected)
    or value is distinct from case when is_complete then found_value end
    or length(found_province_ids) - length(replace(found_province_ids, ',', '')) + 1 <> provinces_found

{% endtest %}

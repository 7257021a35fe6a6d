{# Batches whose URLs attempted are not the sum of their outcomes. #}
{% test outcomes_add_up(model, batches=ref('stg_landing__batches')) %}

with counted as (
    select batch_id, count(*) as outcome_count
    from {{ model }}
    group by batch_id
)

select
    coalesce(batches.batch_id, counted.batch_id) as batch_id,
    batches.discovered,
    counted.outcome_count
from {{ batches }} as batches
full join counted on batches.batch_id = counted.batch_id
where coalesce(batches.discovered, -1) <> coalesce(counted.outcome_count, 0)

{% endtest %}

{# Nights of a portal whose attempts are not those of its crawls, or not the sum of the seven outcomes. #}
{% test nights_hold_every_attempt(model, outcomes=ref('fct_article_outcomes')) %}

with

attempts as (
    select source_id, count(*) as attempt_count
    from {{ outcomes }}
    where batch_id in (select batch_id from {{ ref('stg_landing__batches') }} where batch_kind = 'crawl')
    group by source_id
),

nights as (
    select
        source_id,
        sum(discovered_count) as discovered_count,
        sum(
            loaded_count + unchanged_count + blocked_count + not_allowed_count + empty_count
            + quarantined_count + failed_count
        ) as outcome_count
    from {{ model }}
    group by source_id
)

select
    coalesce(attempts.source_id, nights.source_id) as source_id,
    attempts.attempt_count,
    nights.discovered_count,
    nights.outcome_count
from attempts
full join nights on attempts.source_id = nights.source_id
where
    coalesce(attempts.attempt_count, 0) <> coalesce(nights.discovered_count, 0)
    or coalesce(nights.discovered_count, 0) <> coalesce(nights.outcome_count, 0)

{% endtest %}

-- A level, its plan and the percentage of the plan, where the article gives all three.
with

claims as (
    select * from {{ ref('int_consistency_claims') }}
),

triples as (
    select
        levels.article_id,
        levels.statement_id,
        attained.statement_id as other_statement_id,
        levels.quote,
        plans.quote as plan_quote,
        100 * levels.value / plans.value as expected_value,
        attained.value as printed_value,
        attained.rounding
        + 100 * levels.value / plans.value * (levels.rounding / levels.value + plans.rounding / plans.value)
            as tolerance,
        row_number() over (
            partition by levels.statement_id
            order by
                attained.value_start,
                case when plans.quote_start = levels.quote_start then 1 else 2 end,
                plans.value_start
        ) as nearness,
        min(plans.value) over (partition by levels.statement_id) as smallest_plan,
        max(plans.value) over (partition by levels.statement_id) as largest_plan
    from claims as levels
    inner join claims as attained
        on
            levels.article_id = attained.article_id
            and levels.quote_start = attained.quote_start
            and levels.indicator_key = attained.indicator_key
            and levels.province_id is not distinct from attained.province_id
            and levels.part_key is not distinct from attained.part_key
            and levels.place_key is not distinct from attained.place_key
            and levels.period_end is not distinct from attained.period_end
            and levels.value_start < attained.value_start
    inner join claims as plans
        on
            levels.article_id = plans.article_id
            and levels.indicator_key = plans.indicator_key
            and levels.province_id is not distinct from plans.province_id
            and levels.part_key is not distinct from plans.part_key
            and levels.place_key is not distinct from plans.place_key
            and levels.unit_code = plans.unit_code
            and levels.price_basis is not distinct from plans.price_basis
            and levels.period_start >= plans.period_start
            and levels.period_end <= plans.period_end
    where
        levels.measure = 'level' and levels.status <> 'target' and levels.value > 0
        and attained.measure = 'plan_pct'
        and plans.measure = 'level' and plans.status = 'target' and plans.value > 0
),

-- Two different plans leave open which one the percentage means.
int_consistency_plans as (
    select
        'plan_attainment' as check_kind,
        article_id,
        statement_id,
        other_statement_id,
        quote,
        plan_quote as other_quote,
        expected_value,
        printed_value,
        tolerance
    from triples
    where nearness = 1 and smallest_plan = largest_plan
)

select * from int_consistency_plans

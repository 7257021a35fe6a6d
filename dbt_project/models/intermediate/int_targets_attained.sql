{{
    config(
        materialized='incremental',
        meta={
            'changes': {
                'kind': 'goal',
                'columns': ['goal_key'],
                'tells': {'target': 'statement_id'},
                'tells_of': 'differences',
            }
        },
    )
}}

with

traits as (
    select
        traits.indicator_code,
        traits.better,
        indicators.accumulates
    from {{ ref('indicator_traits') }} as traits
    inner join {{ ref('indicators') }} as indicators on traits.indicator_code = indicators.indicator_code
),

claims as (
    select
        *,
        fold_text(breakdown) as part_key,
        fold_text(place_name) as place_key
    from {{ ref('int_claims_resolved') }}
    where goal_key is not null and {{ among_changed('goal', 'goal_key') }}
),

targets as (
    select * from claims where status = 'target'
),

results as (
    select * from claims where status in ('actual', 'estimate')
),

-- A result speaks of a target where it is the same quantity from the same first day on, whether the
-- target's time is over or not. The latest period wins, then the later article, then the actual.
matched as (
    select
        targets.statement_id,
        results.statement_id as result_statement_id,
        row_number() over (
            partition by targets.statement_id
            order by
                results.period_end desc, results.published_on desc nulls last,
                case results.status when 'actual' then 1 else 2 end asc,
                case results.approximation when 'exact' then 1 else 2 end asc,
                results.article_id asc, results.value_start asc
        ) as result_rank
    from targets
    inner join results
        on
            targets.province_id = results.province_id
            and targets.indicator_code = results.indicator_code
            and targets.measure = results.measure
            and targets.unit_code = results.unit_code
            and targets.part_key is not distinct from results.part_key
            and targets.place_key is not distinct from results.place_key
            and targets.price_basis is not distinct from results.price_basis
            and targets.period_start = results.period_start
            and targets.period_end >= results.period_end
),

percentages as (
    select
        *,
        fold_text(breakdown) as part_key,
        fold_text(place_name) as place_key
    from {{ ref('int_claims_resolved') }}
    where
        goal_key is not null and measure = 'plan_pct'
        and article_id in (select article_id from results)
),

-- The percentage of its plan that the result's article prints, where it prints one.
printed as (
    select
        results.statement_id,
        min(percentages.value) as attainment_pct
    from results
    inner join percentages
        on
            results.article_id = percentages.article_id
            and results.province_id = percentages.province_id
            and results.indicator_code = percentages.indicator_code
            and results.status = percentages.status
            and results.part_key is not distinct from percentages.part_key
            and results.place_key is not distinct from percentages.place_key
            and results.period_start = percentages.period_start
            and results.period_end = percentages.period_end
    where results.measure = 'level'
    group by results.statement_id
    -- Two percentages are of two plans.
    having count(distinct percentages.value) = 1
),

-- A place in a ranking is better the lower it is. Words of a target ("trên", "ít nhất") say more than
-- the indicator does; "dưới" does not, it cannot be told from "gần". Of a share of a whole and of a
-- plan's attainment the indicator says nothing.
directed as (
    select
        targets.*,
        least(targets.value, coalesce(targets.value_high, targets.value)) as value_low,
        greatest(targets.value, coalesce(targets.value_high, targets.value)) as value_up,
        case
            when targets.measure = 'rank' then 'less'
            when targets.approximation = 'over' then case when targets.value < 0 then 'less' else 'more' end
            when targets.measure in ('level', 'change_pct', 'change_abs', 'multiple') then traits.better
        end as better,
        traits.accumulates
    from targets
    inner join traits on targets.indicator_code = traits.indicator_code
),

compared as (
    select
        directed.*,
        matched.result_statement_id,
        results.status as result_status,
        results.value as result_value,
        results.approximation as result_approximation,
        results.period_end as result_period_end,
        results.published_on as result_published_on,
        results.period_end = directed.period_end as is_whole_period,
        case when results.measure = 'level' then printed.attainment_pct end as printed_attainment_pct,
        -- Of amounts; a rate, a growth or a rank is compared by the reader.
        directed.measure = 'level' and directed.unit_code not in {{ unit_codes_without_sums() }} as is_amount
    from directed
    left join matched on directed.statement_id = matched.statement_id and matched.result_rank = 1
    left join results on matched.result_statement_id = results.statement_id
    left join printed on matched.result_statement_id = printed.statement_id
),

int_targets_attained as (
    select
        statement_id,
        article_id,
        province_id,
        province_code,
        place_name,
        indicator_code,
        breakdown,
        measure,
        unit_code,
        time_period,
        period_start,
        period_end,
        published_on,
        value as target_value,
        value_high as target_value_high,
        approximation as target_approximation,
        result_statement_id,
        result_status,
        result_value,
        result_period_end,
        result_published_on,
        is_whole_period,
        printed_attainment_pct,
        case when is_amount and value_low > 0 then 100 * result_value / value_low end as attainment_pct,
        case when is_amount then value_low - result_value end as remaining_value,
        -- The nearer end of a range is enough. A figure said to be just below the target is below it.
        case better
            when 'more'
                then result_value > value_low or result_value = value_low and result_approximation <> 'under'
            -- What comes together over a time may still grow past its ceiling.
            when 'less'
                then case
                    when not is_whole_period and accumulates and measure = 'level' then null
                    else result_value < value_up or result_value = value_up and result_approximation <> 'over'
                end
        end as is_met,
        goal_key,
        {{ this_build() }} as build_no
    from compared
)

select * from int_targets_attained

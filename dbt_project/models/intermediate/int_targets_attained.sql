with

claims as (
    select
        *,
        fold_text(breakdown) as part_key,
        fold_text(place_name) as place_key
    from {{ ref('int_claims_resolved') }}
    where indicator_code is not null and period_start is not null and period_end is not null
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

int_targets_attained as (
    select
        targets.statement_id,
        targets.article_id,
        targets.province_id,
        targets.province_code,
        targets.place_name,
        targets.indicator_code,
        targets.breakdown,
        targets.measure,
        targets.unit_code,
        targets.time_period,
        targets.period_start,
        targets.period_end,
        targets.published_on,
        targets.value as target_value,
        targets.value_high as target_value_high,
        results.statement_id as result_statement_id,
        results.status as result_status,
        results.value as result_value,
        results.period_end as result_period_end,
        results.published_on as result_published_on,
        results.period_end = targets.period_end as is_whole_period,
        -- Part of a whole amount; a rate, a growth or a rank is compared by the reader.
        case
            when
                targets.measure = 'level' and targets.value > 0
                and targets.unit_code not in {{ unit_codes_without_sums() }}
                then 100 * results.value / targets.value
        end as attainment_pct
    from targets
    left join matched on targets.statement_id = matched.statement_id and matched.result_rank = 1
    left join results on matched.result_statement_id = results.statement_id
)

select * from int_targets_attained

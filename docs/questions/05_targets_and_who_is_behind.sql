-- Câu hỏi: Chỉ tiêu thu ngân sách năm 2025 của các tỉnh đã đạt bao nhiêu phần trăm, tỉnh nào chậm so với thời
-- gian đã qua?
-- Question: How much of its 2025 budget revenue target has each province reached, and who is behind the
-- calendar?
-- Asked by: a provincial office that compares itself with its neighbours.
--
-- Parameters
--   indicator             code of dim_indicators; null for all
--   from_day, to_day      first and last day of the target's time
--
-- Columns
--   province, indicator, breakdown, time_period   what the target is of
--   target_value, unit_code    the target told last
--   result_value, result_status, result_period_end   the latest result towards it; null where none is known
--   attainment_pct     result in percent of the target; null for rates, growth and ranks
--   elapsed_pct        how much of the target's time the result covers
--   lead_points        attainment_pct less elapsed_pct: below 0 is behind the calendar
--   is_behind          whether it is; a rate or growth is behind while the result is below the target
--   target_quote, target_url, result_quote, result_url   the sentences, and links that scroll to them
set variable indicator = 'state_budget_revenue';
set variable from_day = date '2025-01-01';
set variable to_day = date '2025-12-31';

with claims as (
    select
        statement_id,
        quote,
        source_url
    from marts.fct_indicators
    where getvariable('indicator') is null or indicator_code = getvariable('indicator')
),

targets as (
    select
        *,
        row_number() over (
            partition by province_id, indicator_code, breakdown, place_name, measure, unit_code
            order by published_on desc nulls last, statement_id asc
        ) as recency
    from marts.fct_indicator_targets
    where
        period_start = getvariable('from_day')
        and period_end = getvariable('to_day')
        and (getvariable('indicator') is null or indicator_code = getvariable('indicator'))
        and place_name is null
),

paced as (
    select
        *,
        100 * ((result_period_end - period_start) + 1) / ((period_end - period_start) + 1) as elapsed_pct
    from targets
    where recency = 1
)

select
    provinces.name
    || case when provinces.successor_id is null then '' else ' (đến 30/6/2025)' end as province,
    indicators.name_vi as indicator,
    paced.breakdown,
    paced.time_period,
    paced.target_value,
    paced.unit_code,
    paced.result_value,
    paced.result_status,
    paced.result_period_end,
    round(paced.attainment_pct, 1) as attainment_pct,
    round(paced.elapsed_pct, 1) as elapsed_pct,
    round(paced.attainment_pct - paced.elapsed_pct, 1) as lead_points,
    case
        when paced.attainment_pct is not null then paced.attainment_pct < paced.elapsed_pct
        else paced.result_value < paced.target_value
    end as is_behind,
    told.quote as target_quote,
    told.source_url as target_url,
    reached.quote as result_quote,
    reached.source_url as result_url
from paced
inner join marts.dim_provinces as provinces on paced.province_id = provinces.province_id
inner join marts.dim_indicators as indicators on paced.indicator_code = indicators.indicator_code
inner join claims as told on paced.statement_id = told.statement_id
left join claims as reached on paced.result_statement_id = reached.statement_id
order by lead_points nulls last, province, indicator, paced.statement_id;

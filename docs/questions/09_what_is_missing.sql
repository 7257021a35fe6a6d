-- Câu hỏi: Tỉnh nào thiếu số liệu nào của năm 2025, và số mới nhất đã cũ bao nhiêu ngày?
-- Question: Which province has no figure of 2025 for which indicator, and how old is the newest one?
-- Asked by: a BI developer who must know what a dashboard leaves out.
--
-- Parameters
--   from_day, to_day    a figure counts as being of this time where its period ends in it
--   as_of               the day from which age is counted
--   indicators          codes of dim_indicators that the dashboard shows
--
-- Columns
--   province              each one in force on to_day; its old provinces' figures count as its own
--   indicator_code, indicator
--   is_missing            no figure of that time
--   figures               how many figures of that time
--   newest_period         what time the newest figure is of, of any time
--   newest_period_end     its last day; for a stock the day of the article
--   newest_published_on   when it was published
--   days_old              days from there to as_of
set variable from_day = date '2025-01-01';
set variable to_day = date '2025-12-31';
set variable as_of = date '2025-12-31';
set variable indicators = [
    'grdp', 'industrial_production_index', 'state_budget_revenue', 'export_value', 'retail_sales',
    'public_investment_disbursed'
];

with provinces as (
    select
        province_id,
        name
    from marts.dim_provinces
    where
        vintage is not null
        and coalesce(valid_from, getvariable('to_day')) <= getvariable('to_day')
        and coalesce(valid_to, getvariable('to_day')) >= getvariable('to_day')
),

members as (
    select
        members.province_id as member_id,
        provinces.province_id
    from marts.dim_provinces as members
    inner join provinces
        on members.province_id = provinces.province_id or members.successor_id = provinces.province_id
),

figures as (
    select
        members.province_id,
        observations.indicator_code,
        count(*) filter (
            where observations.observed_on between getvariable('from_day') and getvariable('to_day')
        ) as figures,
        arg_max(observations.time_period, observations.observed_on) as newest_period,
        max(observations.observed_on) as newest_period_end,
        arg_max(observations.realtime_start, observations.observed_on) as newest_published_on
    from marts.fct_indicator_observations as observations
    inner join members on observations.province_id = members.member_id
    where
        observations.status <> 'target'
        and observations.is_newest
        and not observations.is_withdrawn
        and observations.breakdown is null
        and observations.place_name is null
        and observations.observed_on <= getvariable('as_of')
        and list_contains(getvariable('indicators'), observations.indicator_code)
    group by members.province_id, observations.indicator_code
)

select
    provinces.name as province,
    indicators.indicator_code,
    indicators.name_vi as indicator,
    coalesce(figures.figures, 0) = 0 as is_missing,
    coalesce(figures.figures, 0) as figures,
    figures.newest_period,
    figures.newest_period_end,
    figures.newest_published_on,
    getvariable('as_of') - figures.newest_published_on as days_old
from provinces
cross join marts.dim_indicators as indicators
left join figures
    on
        provinces.province_id = figures.province_id
        and indicators.indicator_code = figures.indicator_code
where list_contains(getvariable('indicators'), indicators.indicator_code)
order by is_missing desc, days_old desc nulls first, province asc, indicators.indicator_code asc;

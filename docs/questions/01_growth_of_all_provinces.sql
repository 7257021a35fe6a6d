-- Câu hỏi: Tăng trưởng GRDP mới nhất của các tỉnh trong năm 2025 là bao nhiêu, tỉnh nào đứng đầu, số nào mới
-- là ước?
-- Question: What is each province's latest growth of GRDP in 2025, who leads, and which figures are estimates
-- yet?
-- Asked by: an economist in a ministry.
--
-- Parameters
--   indicator, measure    what is compared: codes of dim_indicators and of the contract's measures
--   from_day, to_day      the figure's period ends between these days; of each province the latest one counts
--
-- Columns
--   rank_in_period   place among the provinces whose latest figure is of the same period, 1 for the largest
--   province         one that was merged on 1 July 2025 bears that it was there until the day before
--   time_period      what time the figure is of; figures of different periods do not compare
--   status           actual (a result) or estimate
--   value, unit_code   the figure
--   known_since      day on which this figure was first published
--   portals          how many portals give it
--   is_disputed      portals stand by different figures (question 4 shows them)
--   quote            the sentence
--   source_url       a link that scrolls to it
set variable indicator = 'grdp';
set variable measure = 'change_pct';
set variable from_day = date '2025-01-01';
set variable to_day = date '2025-12-31';

with figures as (
    select
        *,
        row_number() over (
            partition by province_id
            order by
                period_end desc, period_start asc, case status when 'actual' then 1 else 2 end,
                realtime_start desc, observation_id asc
        ) as recency
    from marts.fct_indicator_observations
    where
        indicator_code = getvariable('indicator')
        and measure = getvariable('measure')
        and status <> 'target'
        and is_newest
        and not is_withdrawn
        and breakdown is null
        and place_name is null
        and period_end between getvariable('from_day') and getvariable('to_day')
),

latest as (
    select
        *,
        rank() over (partition by period_start, period_end order by value desc) as rank_in_period
    from figures
    where recency = 1
)

select
    latest.rank_in_period,
    provinces.name
    || case when provinces.successor_id is null then '' else ' (đến 30/6/2025)' end as province,
    latest.time_period,
    latest.status,
    latest.value,
    latest.unit_code,
    latest.realtime_start as known_since,
    latest.source_count as portals,
    latest.has_disagreement as is_disputed,
    claims.quote,
    claims.source_url
from latest
inner join marts.dim_provinces as provinces on latest.province_id = provinces.province_id
inner join marts.fct_indicators as claims
    on
        latest.statement_id = claims.statement_id
        -- Nothing new to the key, but only this part of the table is read.
        and claims.indicator_code = getvariable('indicator')
        and claims.period_end between getvariable('from_day') and getvariable('to_day')
order by latest.period_end desc, latest.time_period asc, latest.rank_in_period asc, province asc;

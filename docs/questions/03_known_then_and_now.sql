-- Câu hỏi: Đến hết ngày 30/6/2025, tăng trưởng GRDP của các tỉnh được biết là bao nhiêu, và về sau bị sửa thế
-- nào?
-- Question: Which growth of GRDP was known of each province on 30 June 2025, and how was it revised later?
-- Asked by: an economist who backtests a forecast, and must not look ahead.
--
-- Parameters
--   indicator, measure   what the figure is of: codes of dim_indicators and of the contract's measures
--   known_on             the day whose knowledge is wanted
--   from_day             figures whose period ends on this day or later
--
-- Columns
--   province, time_period, period_end, status, unit_code   what the figure is of
--   value_then      what was known on that day
--   known_since     since when
--   revised_on      the day on which another figure took its place, or it was taken out; null where it
--                   still stands
--   value_now       the figure that stands today, null where it was taken out
--   revision        value_now less value_then
--   is_revised      whether it stands no longer
--   quote_then, source_url_then   the sentence of the figure then, and a link that scrolls to it; no link
--                                 where the page was edited since
--   quote_now, source_url_now     those of the last figure
set variable indicator = 'grdp';
set variable measure = 'change_pct';
set variable known_on = date '2025-06-30';
set variable from_day = date '2025-01-01';

with observations as (
    select *
    from marts.fct_indicator_observations
    where
        indicator_code = getvariable('indicator')
        and measure = getvariable('measure')
        and status <> 'target'
        and breakdown is null
        and place_name is null
        and period_end >= getvariable('from_day')
),

known as (
    select * from observations
    where
        realtime_start <= getvariable('known_on')
        and (realtime_end is null or realtime_end >= getvariable('known_on'))
),

newest as (
    select * from observations
    where is_newest
),

standing as (
    select
        statement_id,
        quote,
        source_url
    from marts.fct_indicators
    where
        indicator_code = getvariable('indicator')
        and measure = getvariable('measure')
        and period_end >= getvariable('from_day')
),

-- What an edit took out is no longer on the page: it has its sentence, and no link.
claims as (
    select * from standing
    union all
    select distinct
        statement_id,
        quote,
        cast(null as varchar) as source_url
    from marts.fct_superseded_indicators
    where
        indicator_code = getvariable('indicator')
        and measure = getvariable('measure')
        and period_end >= getvariable('from_day')
        and statement_id not in (select statement_id from standing)
)

select
    provinces.name
    || case when provinces.successor_id is null then '' else ' (đến 30/6/2025)' end as province,
    known.time_period,
    known.period_end,
    known.status,
    known.unit_code,
    known.value as value_then,
    known.realtime_start as known_since,
    known.realtime_end + 1 as revised_on,
    case when not newest.is_withdrawn then newest.value end as value_now,
    case when not newest.is_withdrawn then round(newest.value - known.value, 6) end as revision,
    known.realtime_end is not null as is_revised,
    claims_then.quote as quote_then,
    claims_then.source_url as source_url_then,
    claims_now.quote as quote_now,
    claims_now.source_url as source_url_now
from known
inner join newest on known.observation_id = newest.observation_id
inner join marts.dim_provinces as provinces on known.province_id = provinces.province_id
inner join claims as claims_then on known.statement_id = claims_then.statement_id
inner join claims as claims_now on newest.statement_id = claims_now.statement_id
order by is_revised desc, known.period_end desc, province asc, known.status asc, known.observation_id asc;

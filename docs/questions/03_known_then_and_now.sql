-- Câu hỏi: Đến hết ngày 30/6/2025, người ta biết những số liệu nào của Gia Lai, và về sau số nào bị sửa?
-- Question: What was known of Gia Lai on 30 June 2025, and which of it was revised later?
-- Asked by: an economist who backtests a forecast, and must not look ahead.
--
-- Parameters
--   province     name of a province, present or old: old provinces are taken in by their successor
--   known_on     the day whose knowledge is wanted
--   from_day     figures whose period ends on this day or later
--
-- Columns
--   province, indicator, breakdown, measure, status, time_period, unit_code   what the figure is of
--   value_then      what was known on that day
--   known_since     since when
--   revised_on      the day on which another figure took its place; null where it still stands
--   value_now       the figure that stands today
--   revision_pct    how far it was revised, in percent of the value then
--   quote_then, source_url_then   the sentence of the figure then, and a link that scrolls to it
--   quote_now, source_url_now     those of the figure today
set variable province = 'Gia Lai';
set variable known_on = date '2025-06-30';
set variable from_day = date '2022-01-01';

with family as (
    select
        old.province_id,
        old.name
    from marts.dim_provinces as named
    inner join marts.dim_provinces as old
        on
            coalesce(named.successor_id, named.province_id) = old.province_id
            or coalesce(named.successor_id, named.province_id) = old.successor_id
    where named.name = getvariable('province')
    group by old.province_id, old.name
),

known as (
    select
        observations.*,
        family.name
    from marts.fct_indicator_observations as observations
    inner join family on observations.province_id = family.province_id
    where
        observations.realtime_start <= getvariable('known_on')
        and (observations.realtime_end is null or observations.realtime_end >= getvariable('known_on'))
        and observations.status <> 'target'
        and observations.place_name is null
        and observations.period_end >= getvariable('from_day')
),

newest as (
    select
        observations.observation_id,
        observations.value,
        observations.statement_id
    from marts.fct_indicator_observations as observations
    inner join known on observations.observation_id = known.observation_id
    where observations.is_newest
)

select
    known.name as province,
    indicators.name_vi as indicator,
    known.breakdown,
    known.measure,
    known.status,
    known.time_period,
    known.unit_code,
    known.value as value_then,
    known.realtime_start as known_since,
    known.realtime_end + 1 as revised_on,
    newest.value as value_now,
    round(100 * (newest.value - known.value) / nullif(abs(known.value), 0), 2) as revision_pct,
    claims_then.quote as quote_then,
    claims_then.source_url as source_url_then,
    claims_now.quote as quote_now,
    claims_now.source_url as source_url_now
from known
inner join newest on known.observation_id = newest.observation_id
inner join marts.dim_indicators as indicators on known.indicator_code = indicators.indicator_code
inner join marts.fct_indicators as claims_then on known.statement_id = claims_then.statement_id
inner join marts.fct_indicators as claims_now on newest.statement_id = claims_now.statement_id
order by
    abs(revision_pct) desc nulls last, revised_on desc nulls last, indicator, known.period_end desc, province,
    known.observation_id;

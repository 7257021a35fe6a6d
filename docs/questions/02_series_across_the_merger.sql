-- Câu hỏi: Kim ngạch xuất khẩu của Gia Lai qua các năm, tính cả Bình Định và Gia Lai cũ trước ngày sáp nhập
-- 1/7/2025?
-- Question: Gia Lai's exports over the years, with those of old Gia Lai and Bình Định before the merger of 1
-- July 2025?
-- Asked by: an investor who follows one province.
--
-- Parameters
--   province     name of a present province
--   indicator    an amount that adds up (not a rate, an index or a rank)
--
-- Columns
--   period_start, period_end, time_period   what time the figure is of
--   status                 actual or estimate
--   value, unit_code       the province's own figure, or the sum of the old provinces' figures
--   is_sum                 true: added up from old provinces, since no article gives the new province's
--                          figure
--   parts_known, parts     how many of the old provinces have a figure, of how many; a sum of fewer is too
--                          small
--   provinces              whose figures they are
--   known_since            day on which the last of the figures was published
--   quote, source_url      the sentence of the largest of the figures, and a link that scrolls to it
set variable province = 'Gia Lai';
set variable indicator = 'export_value';

with present as (
    select province_id from marts.dim_provinces
    where name = getvariable('province') and successor_id is null
),

family as (
    select
        provinces.province_id,
        provinces.name,
        provinces.successor_id is not null as is_old
    from marts.dim_provinces as provinces
    inner join present
        on provinces.province_id = present.province_id or provinces.successor_id = present.province_id
),

figures as (
    select
        observations.*,
        family.name,
        family.is_old
    from marts.fct_indicator_observations as observations
    inner join family on observations.province_id = family.province_id
    where
        observations.indicator_code = getvariable('indicator')
        and observations.measure = 'level'
        and observations.status <> 'target'
        and observations.is_newest
        and not observations.is_withdrawn
        and observations.breakdown is null
        and observations.place_name is null
        and observations.period_start is not null
),

series as (
    select
        period_start,
        period_end,
        time_period,
        status,
        unit_code,
        is_old,
        sum(value) as value,
        count(distinct province_id) as parts_known,
        string_agg(distinct name, ' + ' order by name) as provinces,
        max(realtime_start) as known_since,
        arg_max(statement_id, value) as statement_id
    from figures
    group by period_start, period_end, time_period, status, unit_code, is_old
),

chosen as (
    select
        *,
        row_number() over (
            partition by period_start, period_end, status, unit_code order by is_old
        ) as preference
    from series
)

select
    chosen.period_start,
    chosen.period_end,
    chosen.time_period,
    chosen.status,
    chosen.value,
    chosen.unit_code,
    chosen.is_old as is_sum,
    chosen.parts_known,
    case when chosen.is_old then (select count(*) from family where is_old) else 1 end as parts,
    chosen.provinces,
    chosen.known_since,
    claims.quote,
    claims.source_url
from chosen
inner join marts.fct_indicators as claims
    on
        chosen.statement_id = claims.statement_id
        -- Nothing new to the key, but only this part of the table is read.
        and claims.indicator_code = getvariable('indicator')
where chosen.preference = 1
order by chosen.period_end, chosen.period_start, chosen.status;

-- Câu hỏi: Giải ngân vốn đầu tư công của từng tỉnh năm 2025 đạt bao nhiêu phần trăm kế hoạch, tính dồn theo
-- tháng?
-- Question: What share of its public investment plan had each province disbursed by the end of each month of
-- 2025?
-- Asked by: a desk that follows public investment.
--
-- Parameters
--   in_year     the year
--
-- Columns
--   province          one that was merged on 1 July 2025 bears that it was there until the day before
--   january, february, march, april, may, june, july, august, september, october, november, december
--                     percent of the year's plan by the end of the month, counted since 1 January; a result
--                     where there is one, else an estimate; null where no article gives it
--   months_known      of how many months a figure is known
--   latest_month      the last of them
--   latest_pct        its figure
--   latest_amount     amount disbursed in that time, in dong, where an article gives it
--   latest_status     actual or estimate
--   quote, source_url   the sentence of the latest figure, and a link that scrolls to it
set variable in_year = 2025;

with figures as (
    select
        province_id,
        measure,
        month(period_end) as month_no,
        value,
        status,
        statement_id,
        row_number() over (
            partition by province_id, measure, month(period_end)
            order by case status when 'actual' then 1 else 2 end, realtime_start desc, observation_id asc
        ) as preference
    from marts.fct_indicator_observations
    where
        indicator_code = 'public_investment_disbursed'
        and measure in ('plan_pct', 'level')
        and status <> 'target'
        and is_newest
        and not is_withdrawn
        and breakdown is null
        and place_name is null
        and period_start = make_date(getvariable('in_year'), 1, 1)
        and period_end between make_date(getvariable('in_year'), 1, 1)
        and make_date(getvariable('in_year'), 12, 31)
        and period_end = last_day(period_end)
),

months as (
    select
        province_id,
        max(value) filter (where month_no = 1) as january,
        max(value) filter (where month_no = 2) as february,
        max(value) filter (where month_no = 3) as march,
        max(value) filter (where month_no = 4) as april,
        max(value) filter (where month_no = 5) as may,
        max(value) filter (where month_no = 6) as june,
        max(value) filter (where month_no = 7) as july,
        max(value) filter (where month_no = 8) as august,
        max(value) filter (where month_no = 9) as september,
        max(value) filter (where month_no = 10) as october,
        max(value) filter (where month_no = 11) as november,
        max(value) filter (where month_no = 12) as december,
        count(*) as months_known,
        max(month_no) as latest_month,
        arg_max(value, month_no) as latest_pct,
        arg_max(status, month_no) as latest_status,
        arg_max(statement_id, month_no) as statement_id
    from figures
    where measure = 'plan_pct' and preference = 1
    group by province_id
)

select
    provinces.name
    || case when provinces.successor_id is null then '' else ' (đến 30/6/2025)' end as province,
    months.january,
    months.february,
    months.march,
    months.april,
    months.may,
    months.june,
    months.july,
    months.august,
    months.september,
    months.october,
    months.november,
    months.december,
    months.months_known,
    months.latest_month,
    months.latest_pct,
    amounts.value as latest_amount,
    months.latest_status,
    claims.quote,
    claims.source_url
from months
inner join marts.dim_provinces as provinces on months.province_id = provinces.province_id
inner join marts.fct_indicators as claims
    on
        months.statement_id = claims.statement_id
        -- Nothing new to the key, but only this part of the table is read.
        and claims.indicator_code = 'public_investment_disbursed'
        and claims.period_start = make_date(getvariable('in_year'), 1, 1)
left join figures as amounts
    on
        months.province_id = amounts.province_id
        and months.latest_month = amounts.month_no
        and amounts.measure = 'level'
        and amounts.preference = 1
order by months.latest_month desc, months.latest_pct desc, province asc;

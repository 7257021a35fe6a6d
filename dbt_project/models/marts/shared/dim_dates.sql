with

days as (
    select * from {{ ref('int_days') }}
),

numbered as (
    select
        date_day,
        cast(extract(year from date_day) as integer) as year_number,
        case when extract(month from date_day) <= 6 then 1 else 2 end as half_of_year,
        cast(extract(quarter from date_day) as integer) as quarter_of_year,
        cast(extract(month from date_day) as integer) as month_of_year,
        cast(extract(day from date_day) as integer) as day_of_month,
        cast(extract(isodow from date_day) as integer) as iso_day_of_week,
        cast(extract(isoyear from date_day) as integer) as iso_year,
        cast(extract(week from date_day) as integer) as iso_week
    from days
),

-- The periods as facts write them in time_period, and as Vietnamese texts do.
dim_dates as (
    select
        date_day,
        year_number,
        half_of_year,
        quarter_of_year,
        month_of_year,
        day_of_month,
        iso_day_of_week,
        iso_year,
        iso_week,
        iso_day_of_week >= 6 as is_weekend,
        cast(year_number as varchar) || '-S' || cast(half_of_year as varchar) as half_period,
        cast(year_number as varchar) || '-Q' || cast(quarter_of_year as varchar) as quarter_period,
        cast(year_number as varchar) || '-M' || lpad(cast(month_of_year as varchar), 2, '0') as month_period,
        'Quý ' || case quarter_of_year when 1 then 'I' when 2 then 'II' when 3 then 'III' else 'IV' end
        || '/' || cast(year_number as varchar) as quarter_name_vi,
        'Tháng ' || cast(month_of_year as varchar) || '/' || cast(year_number as varchar) as month_name_vi,
        case iso_day_of_week
            when 1 then 'Thứ Hai'
            when 2 then 'Thứ Ba'
            when 3 then 'Thứ Tư'
            when 4 then 'Thứ Năm'
            when 5 then 'Thứ Sáu'
            when 6 then 'Thứ Bảy'
            else 'Chủ Nhật'
        end as weekday_name_vi
    from numbered
)

select * from dim_dates
order by date_day

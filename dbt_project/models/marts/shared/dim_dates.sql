with

days as (
    select * from {{ ref('int_days') }}
),

dim_dates as (
    select
        date_day,
        cast(extract(year from date_day) as integer) as year_number,
        case when extract(month from date_day) <= 6 then 1 else 2 end as half_of_year,
        cast(extract(quarter from date_day) as integer) as quarter_of_year,
        cast(extract(month from date_day) as integer) as month_of_year,
        cast(extract(day from date_day) as integer) as day_of_month,
        cast(extract(isodow from date_day) as integer) as iso_day_of_week
    from days
)

select * from dim_dates
order by date_day

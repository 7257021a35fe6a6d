with

indicators as (
    select * from {{ ref('indicators') }}
),

dim_indicators as (
    select
        indicator_code,
        name_vi,
        name_en,
        unit_code,
        topic,
        accumulates
    from indicators
)

select * from dim_indicators
order by indicator_code

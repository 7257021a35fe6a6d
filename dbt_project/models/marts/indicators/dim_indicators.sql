with

indicators as (
    select * from {{ ref('indicators') }}
),

traits as (
    select * from {{ ref('indicator_traits') }}
),

dim_indicators as (
    select
        indicators.indicator_code,
        indicators.name_vi,
        indicators.name_en,
        indicators.unit_code,
        indicators.topic,
        indicators.accumulates,
        traits.adds_up,
        traits.needs_breakdown,
        traits.grows_in_volume,
        traits.better
    from indicators
    left join traits on indicators.indicator_code = traits.indicator_code
)

select * from dim_indicators
order by indicator_code

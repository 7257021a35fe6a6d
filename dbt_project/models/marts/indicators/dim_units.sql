with

units as (
    select * from {{ ref('units') }}
),

dim_units as (
    select
        unit_code,
        name_vi,
        name_en,
        kind
    from units
)

select * from dim_units
order by unit_code

with

units as (
    select * from {{ ref('units') }}
),

dim_units as (
    select
        unit_code,
        name_vi,
        name_en,
        kind,
        unit_code not in {{ unit_codes_without_sums() }} as adds_up
    from units
)

select * from dim_units
order by unit_code

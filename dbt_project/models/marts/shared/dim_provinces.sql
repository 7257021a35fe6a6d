with

provinces as (
    select * from {{ ref('provinces') }}
),

iso_codes as (
    select * from {{ ref('province_iso_codes') }}
),

dim_provinces as (
    select
        provinces.province_id,
        provinces.province_code,
        provinces.vintage,
        provinces.name_vi as name,
        provinces.name_en,
        provinces.kind,
        iso_codes.iso_code,
        provinces.valid_from,
        provinces.valid_to,
        provinces.successor_id
    from provinces
    left join iso_codes on provinces.province_id = iso_codes.province_id
)

select * from dim_provinces
order by province_id

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
        provinces.successor_id,
        successors.name_vi as successor_name,
        provinces.valid_to is null as is_current,
        coalesce(provinces.successor_id, provinces.province_id) as current_province_id
    from provinces
    left join iso_codes on provinces.province_id = iso_codes.province_id
    left join provinces as successors on provinces.successor_id = successors.province_id
)

select * from dim_provinces
order by province_id

-- People and organizations outlive a merger of provinces: they are kept by its successor.
with

names as (
    select * from {{ ref('int_province_names') }}
),

int_provinces_lasting as (
    select distinct
        province_name,
        coalesce(successor_id, province_id) as lasting_province_id
    from names
)

select * from int_provinces_lasting

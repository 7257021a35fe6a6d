with

sources as (
    select * from {{ ref('int_sources_latest') }}
),

dim_sources as (
    select
        source_id,
        source_name,
        province_id,
        base_url,
        family
    from sources
)

select * from dim_sources
order by source_id

with

sources as (
    select * from {{ ref('stg_landing__sources') }}
),

batches as (
    select * from {{ ref('stg_landing__batches') }}
),

ranked as (
    select
        sources.*,
        row_number() over (
            partition by sources.source_id
            order by batches.started_at desc, sources.batch_id desc
        ) as recency
    from sources
    left join batches on sources.batch_id = batches.batch_id
),

int_sources_latest as (
    select
        source_id,
        source_name,
        province_id,
        base_url,
        family
    from ranked
    where recency = 1
)

select * from int_sources_latest

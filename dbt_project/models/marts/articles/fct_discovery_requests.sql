{{
    config(
        materialized='incremental',
        meta={'changes': {'kind': 'batch', 'columns': ['batch_id']}},
    )
}}

with

requests as (
    select * from {{ ref('stg_landing__discovery_requests') }}
    where {{ among_changed('batch', 'batch_id') }}
),

fct_discovery_requests as (
    select
        {{ hash_of(['batch_id', 'source_id', 'document_kind', 'url']) }} as request_id,
        batch_id,
        source_id,
        document_kind,
        url,
        outcome,
        reason,
        http_status,
        links_found,
        requested_at
    from requests
)

select * from fct_discovery_requests
order by batch_id, request_id

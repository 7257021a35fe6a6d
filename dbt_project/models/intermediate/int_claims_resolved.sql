{{ config(materialized='view') }}

with

int_claims_resolved as (
    select * from {{ ref('int_claims_versioned') }}
    where is_latest
)

select * from int_claims_resolved

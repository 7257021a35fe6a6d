{{
    config(
        materialized='incremental',
        meta={'changes': {'kind': 'article', 'columns': ['article_id']}},
    )
}}

with

claims as (
    select * from {{ ref('int_claims_standing') }}
    where superseded_on is not null and {{ is_changed() }}
),

fct_superseded_indicators as (
    select
        statement_id,
        article_version_id,
        article_id,
        province_id,
        province_code,
        place_name,
        indicator_code,
        indicator_name,
        breakdown,
        measure,
        value,
        value_high,
        out_of,
        unit_code,
        value_text,
        approximation,
        status,
        period_type,
        time_period,
        period_start,
        period_end,
        comparison_start,
        comparison_end,
        price_basis,
        quote,
        quote_start,
        quote_end,
        value_start,
        value_end,
        published_on,
        extractor_version,
        known_on,
        superseded_on
    from claims
)

select * from fct_superseded_indicators
order by article_version_id, value_start, statement_id

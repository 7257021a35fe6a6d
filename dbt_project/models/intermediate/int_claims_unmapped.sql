{{
    config(
        materialized='incremental',
        meta={
            'changes': {
                'kind': 'article',
                'columns': ['article_id'],
                'tells': {'unmapped_name': 'name_folded'},
            }
        },
    )
}}

with

claims as (
    select * from {{ ref('int_claims_resolved') }}
    where {{ is_changed() }}
),

articles as (
    select * from {{ ref('int_articles_read') }}
    where {{ is_changed() }}
),

int_claims_unmapped as (
    select
        claims.statement_id,
        claims.article_id,
        articles.source_id,
        claims.province_id,
        {{ fold_indicator_name('claims.indicator_name') }} as name_folded,
        claims.indicator_name,
        claims.measure,
        claims.unit_code,
        claims.quote,
        claims.source_url,
        claims.published_on,
        {{ this_build() }} as build_no
    from claims
    inner join articles on claims.article_id = articles.article_id
    where claims.indicator_code is null
)

select * from int_claims_unmapped

with

claims as (
    select * from {{ ref('int_claims_resolved') }}
),

articles as (
    select * from {{ ref('int_articles_read') }}
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
        claims.published_on
    from claims
    inner join articles on claims.article_id = articles.article_id
    where claims.indicator_code is null
)

select * from int_claims_unmapped

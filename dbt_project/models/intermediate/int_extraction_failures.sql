with

articles as (
    select * from {{ ref('int_articles_read') }}
),

int_extraction_failures as (
    select
        article_version_id,
        article_id,
        url,
        extractor_version,
        coalesce(failure_reason, 'not_read') as reason,
        failure_detail as detail
    from articles
    where failure_reason is not null or extractor_version is null
)

select * from int_extraction_failures

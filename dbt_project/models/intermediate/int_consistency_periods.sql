{{
    config(
        materialized='incremental',
        meta={
            'changes': {
                'kind': 'article',
                'columns': ['article_id'],
                'tells': {'checked_article': 'article_id'},
            }
        },
    )
}}

-- Pairs of days of claims that have an order: what is told as actual has begun, a time compared with ends
-- before the time that is compared.
with

claims as (
    select * from {{ ref('int_claims_resolved') }}
    where {{ is_changed() }}
),

int_consistency_periods as (
    -- The question arises only for what was not over when the article appeared.
    select
        'actual_has_begun' as date_order,
        'claim' as subject_kind,
        statement_id as subject_id,
        article_id,
        statement_id,
        period_start as earlier_on,
        published_on as later_on,
        quote,
        cast(null as varchar) as other_quote,
        {{ this_build() }} as build_no
    from claims
    where status = 'actual' and period_end > published_on
    union all
    select
        'comparison_before_period' as date_order,
        'claim' as subject_kind,
        statement_id as subject_id,
        article_id,
        statement_id,
        comparison_end as earlier_on,
        period_end as later_on,
        quote,
        cast(null as varchar) as other_quote,
        {{ this_build() }} as build_no
    from claims
    where comparison_end is not null and period_end is not null
)

select * from int_consistency_periods

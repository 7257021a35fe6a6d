{{
    config(
        materialized='incremental',
        meta={
            'changes': {
                'kind': 'repeat',
                'columns': ['repeat_key'],
                'tells': {'checked_article': 'article_id'},
                'tells_of': 'differences',
            }
        },
    )
}}

-- One quantity told by two articles in exact figures, each beside the article that told it before.
with

figures as (
    select * from {{ rows_among_changed(ref('int_consistency_figures'), 'repeat', 'repeat_key') }}
    where repeat_key is not null
),

following as (
    select
        *,
        lag(statement_id) over quantity as former_statement_id
    from figures
    window quantity as (
        partition by repeat_key
        order by published_on, article_id
    )
),

int_consistency_repeats as (
    select
        'same_quantity' as check_kind,
        later.article_id,
        former.article_id as other_article_id,
        later.statement_id,
        former.statement_id as other_statement_id,
        cast(null as varchar) as basis_statement_id,
        later.quote,
        former.quote as other_quote,
        cast(null as varchar) as basis_quote,
        former.value as expected_value,
        former.low as expected_low,
        former.high as expected_high,
        later.value as printed_value,
        later.low as printed_low,
        later.high as printed_high,
        later.repeat_key,
        {{ this_build() }} as build_no
    from following as later
    inner join figures as former on later.former_statement_id = former.statement_id
)

select * from int_consistency_repeats

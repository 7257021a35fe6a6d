-- One quantity told by two articles in exact figures, each beside the article that told it before. Of
-- a time that was over when the first of them appeared: what is told of a running year goes on growing.
with

figures as (
    select * from {{ ref('int_consistency_figures') }}
    where
        status <> 'target' and approximation = 'exact' and is_identified and not is_copy
        and published_on > period_end
        and (
            comparison_start is not null
            or measure not in ('change_pct', 'change_abs', 'multiple', 'rank_change')
        )
),

following as (
    select
        *,
        lag(statement_id) over quantity as former_statement_id
    from figures
    window quantity as (
        partition by
            amount_key, measure, status, period_start, period_end, comparison_start, comparison_end
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
        later.high as printed_high
    from following as later
    inner join figures as former on later.former_statement_id = former.statement_id
)

select * from int_consistency_repeats

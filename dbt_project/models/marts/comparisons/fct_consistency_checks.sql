{{
    config(
        materialized='incremental',
        meta={'changes': {'kind': 'checked_article', 'columns': ['article_id']}},
    )
}}

with

dates as (
    select * from {{ rows_among_changed(ref('int_consistency_dates'), 'checked_article', 'article_id') }}
    union all by name
    select * from {{ rows_among_changed(ref('int_consistency_periods'), 'checked_article', 'article_id') }}
),

figures as (
    {% for compared in ['shares', 'plans', 'parts', 'growth', 'repeats'] %}
        select
            check_kind,
            article_id,
            other_article_id,
            statement_id,
            other_statement_id,
            basis_statement_id,
            quote,
            other_quote,
            basis_quote,
            expected_value,
            expected_low,
            expected_high,
            printed_value,
            printed_low,
            printed_high
        from {{ rows_among_changed(ref('int_consistency_' ~ compared), 'checked_article', 'article_id') }}
        {{ "union all" if not loop.last }}
    {% endfor %}
),

-- As far as the two may stand apart on the side on which they do: a figure told with "hơn" reaches up
-- further than down.
tolerated as (
    select
        *,
        case
            when printed_value >= expected_value
                then (expected_high - expected_value) + (printed_value - printed_low)
            else (expected_value - expected_low) + (printed_high - printed_value)
        end as tolerance,
        case
            when check_kind = 'part_within_whole' then greatest(printed_value - expected_value, 0)
            else abs(printed_value - expected_value)
        end as distance
    from figures
),

checks as (
    select
        check_kind,
        'claim' as subject_kind,
        statement_id as subject_id,
        cast(null as varchar) as date_order,
        article_id,
        other_article_id,
        statement_id,
        other_statement_id,
        basis_statement_id,
        expected_value,
        printed_value,
        tolerance,
        cast(null as date) as earlier_on,
        cast(null as date) as later_on,
        -- The billionth is the arithmetic of doubles, not of the text.
        distance <= tolerance + abs(expected_value) * 1e-9 as is_consistent,
        quote,
        other_quote,
        basis_quote
    from tolerated
    union all
    select
        'dates_in_order' as check_kind,
        subject_kind,
        subject_id,
        date_order,
        article_id,
        article_id as other_article_id,
        statement_id,
        null as other_statement_id,
        null as basis_statement_id,
        null as expected_value,
        null as printed_value,
        null as tolerance,
        earlier_on,
        later_on,
        case date_order
            when 'comparison_before_period' then earlier_on < later_on
            else earlier_on <= later_on
        end as is_consistent,
        quote,
        other_quote,
        null as basis_quote
    from dates
),

fct_consistency_checks as (
    select
        {{ hash_of([
            'check_kind', 'date_order', 'subject_id', 'article_id', 'other_statement_id', 'basis_statement_id'
        ]) }} as check_id,
        check_kind,
        case when article_id = other_article_id then 'within_article' else 'across_articles' end as scope,
        subject_kind,
        subject_id,
        date_order,
        article_id,
        other_article_id,
        statement_id,
        other_statement_id,
        basis_statement_id,
        expected_value,
        printed_value,
        tolerance,
        earlier_on,
        later_on,
        is_consistent,
        quote,
        other_quote,
        basis_quote
    from checks
)

select * from fct_consistency_checks
order by article_id, check_id

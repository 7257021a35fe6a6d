with

checks as (
    select * from {{ ref('int_consistency_shares') }}
    union all
    select * from {{ ref('int_consistency_plans') }}
    union all
    select * from {{ ref('int_consistency_parts') }}
),

fct_consistency_checks as (
    select
        {{ hash_of(['check_kind', 'statement_id', 'other_statement_id']) }} as check_id,
        check_kind,
        article_id,
        statement_id,
        other_statement_id,
        expected_value,
        printed_value,
        tolerance,
        case
            when check_kind = 'part_within_whole' then printed_value <= expected_value + tolerance
            -- The billionth is the arithmetic of doubles, not of the text.
            else abs(printed_value - expected_value) <= tolerance + abs(expected_value) * 1e-9
        end as is_consistent,
        quote,
        other_quote
    from checks
)

select * from fct_consistency_checks
order by article_id, check_id

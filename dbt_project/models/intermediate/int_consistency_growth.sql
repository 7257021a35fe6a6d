{{
    config(
        materialized='incremental',
        meta={
            'changes': {
                'kind': 'growth_article',
                'columns': ['article_id'],
                'tells': {'checked_article': 'article_id'},
                'tells_of': 'differences',
            }
        },
    )
}}

-- A level of this time, the level of the time compared with and the change printed between them. The
-- level of then is the article's own, or what another article had said by the same day. The figures of
-- all articles are read only for what is asked of them: a night asks for few of millions.
with

figures as (
    select * from {{ rows_among_changed(ref('int_consistency_figures'), 'growth_article', 'article_id') }}
),

-- Where an article has the level as actual and as estimate, the change is of the one that it is told as.
changes as (
    select
        changes.*,
        levels.statement_id as level_statement_id,
        levels.quote as level_quote,
        levels.value as level_value,
        levels.low as level_low,
        levels.high as level_high,
        levels.unit_code as level_unit_code,
        levels.amount_key as level_amount_key,
        levels.is_identified as level_is_identified,
        levels.is_copy as level_is_copy,
        row_number() over (
            partition by changes.statement_id
            order by
                case when levels.quote_start = changes.quote_start then 1 else 2 end,
                levels.value_start, levels.statement_id
        ) as nearness
    from figures as changes
    inner join figures as levels
        on
            changes.article_id = levels.article_id
            and changes.thing_key = levels.thing_key
            and changes.status = levels.status
            and changes.period_start = levels.period_start
            and changes.period_end = levels.period_end
    where
        changes.compared_key is not null
        and levels.measure = 'level' and levels.low > 0
        and case changes.measure
            when 'change_abs'
                then
                    changes.unit_code = levels.unit_code
                    or changes.unit_code = 'PERCENTAGE_POINT' and levels.unit_code = 'PERCENT'
            when 'change_pct'
                then changes.unit_code = 'PERCENT' and {{ grows_as_printed('changes', 'levels') }}
            when 'multiple'
                then changes.unit_code = 'TIMES' and {{ grows_as_printed('changes', 'levels') }}
            else false
        end
),

own_bases as (
    select
        changes.statement_id,
        bases.statement_id as base_statement_id,
        row_number() over (
            partition by changes.statement_id
            order by case bases.status when 'actual' then 1 else 2 end, bases.statement_id
        ) as base_rank
    from changes
    inner join figures as bases
        on
            changes.article_id = bases.article_id
            and changes.level_amount_key = bases.amount_key
            and changes.comparison_start = bases.period_start
            and changes.comparison_end = bases.period_end
    where changes.nearness = 1 and bases.measure = 'level' and bases.status <> 'target' and bases.low > 0
),

-- What other articles had made known by a day; a day on which they contradict each other is left out.
known_bases as (
    select
        amount_key,
        period_start,
        period_end,
        published_on,
        arg_min(statement_id, (high - low, article_id)) as base_statement_id
    from {{ ref('int_consistency_figures') }}
    where
        measure = 'level' and low > 0
        and status = 'actual' and is_identified and not is_copy and published_on is not null
        and time_key in (select compared_key from changes)
    group by amount_key, period_start, period_end, published_on
    having max(low) <= min(high)
),

found_bases as (
    select
        changes.statement_id,
        known_bases.base_statement_id
    from changes
    asof inner join known_bases
        on
            changes.level_amount_key = known_bases.amount_key
            and changes.comparison_start = known_bases.period_start
            and changes.comparison_end = known_bases.period_end
            and changes.published_on >= known_bases.published_on
    where changes.nearness = 1 and changes.level_is_identified and not changes.level_is_copy
),

paired as (
    select
        statement_id,
        base_statement_id
    from own_bases
    where base_rank = 1
    union all
    select
        statement_id,
        base_statement_id
    from found_bases
    where statement_id not in (select statement_id from own_bases)
),

bases as (
    select
        statement_id,
        article_id,
        quote,
        value,
        low,
        high
    from {{ ref('int_consistency_figures') }}
    where statement_id in (select base_statement_id from paired)
),

-- "1.594 vụ, tăng 345 vụ (27,6%)": the difference gives the level of then.
differences as (
    select
        changes.statement_id,
        changes.level_statement_id,
        differences.article_id,
        differences.statement_id as difference_statement_id,
        differences.quote as difference_quote,
        differences.value as difference_value,
        differences.low as difference_low,
        differences.high as difference_high
    from changes
    inner join figures as differences
        on
            changes.article_id = differences.article_id
            and changes.thing_key = differences.thing_key
            and changes.status = differences.status
            and changes.period_start = differences.period_start
            and changes.period_end = differences.period_end
            and changes.comparison_start = differences.comparison_start
            and changes.comparison_end = differences.comparison_end
            and changes.level_unit_code = differences.unit_code
    where
        changes.nearness = 1 and changes.measure = 'change_pct'
        and differences.measure = 'change_abs'
),

int_consistency_growth as (
    select
        'growth' as check_kind,
        changes.article_id,
        bases.article_id as other_article_id,
        changes.level_statement_id as statement_id,
        changes.statement_id as other_statement_id,
        bases.statement_id as basis_statement_id,
        changes.level_quote as quote,
        changes.quote as other_quote,
        bases.quote as basis_quote,
        {{ growth_of('changes.measure', 'changes.level_value', 'bases.value') }} as expected_value,
        {{ growth_of('changes.measure', 'changes.level_low', 'bases.high') }} as expected_low,
        {{ growth_of('changes.measure', 'changes.level_high', 'bases.low') }} as expected_high,
        changes.value as printed_value,
        changes.low as printed_low,
        changes.high as printed_high,
        {{ this_build() }} as build_no
    from changes
    inner join paired on changes.statement_id = paired.statement_id
    inner join bases on paired.base_statement_id = bases.statement_id
    where changes.nearness = 1
    union all
    select
        'growth' as check_kind,
        changes.article_id,
        differences.article_id as other_article_id,
        changes.level_statement_id,
        changes.statement_id,
        differences.difference_statement_id,
        changes.level_quote,
        changes.quote,
        differences.difference_quote,
        {{ growth_by_difference('changes.level_value', 'differences.difference_value') }},
        {{ growth_by_difference('changes.level_high', 'differences.difference_low') }},
        {{ growth_by_difference('changes.level_low', 'differences.difference_high') }},
        changes.value,
        changes.low,
        changes.high,
        {{ this_build() }} as build_no
    from changes
    inner join differences on changes.statement_id = differences.statement_id
    where changes.nearness = 1 and differences.difference_high < changes.level_low
)

select * from int_consistency_growth

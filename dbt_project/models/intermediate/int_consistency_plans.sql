{{
    config(
        materialized='incremental',
        meta={
            'changes': {
                'kind': 'plan_article',
                'columns': ['article_id'],
                'tells': {'checked_article': 'article_id'},
                'tells_of': 'differences',
            }
        },
    )
}}

-- A level, its plan and the percentage of the plan. The plan is the article's own; the plan of a year
-- may also be another article's, where the text says that the percentage is of that plan.
{% set plan_words -%}
    'dự toán|đề án|nghị quyết|kịch bản|nhiệm kỳ|giai đoạn|quý|tháng|trung ương|bộ|chính phủ|hđnd|tỉnh giao'
{%- endset %}

with

figures as (
    select * from {{ rows_among_changed(ref('int_consistency_figures'), 'plan_article', 'article_id') }}
),

-- Where an article has the level as actual and as estimate, the percentage is of the one it is told as.
attained as (
    select
        attained.*,
        levels.statement_id as level_statement_id,
        levels.quote as level_quote,
        levels.value as level_value,
        levels.low as level_low,
        levels.high as level_high,
        levels.amount_key as level_amount_key,
        levels.is_identified as level_is_identified,
        row_number() over (
            partition by attained.statement_id
            order by
                case when levels.quote_start = attained.quote_start then 1 else 2 end,
                levels.value_start, levels.statement_id
        ) as nearness
    from figures as attained
    inner join figures as levels
        on
            attained.article_id = levels.article_id
            and attained.thing_key = levels.thing_key
            and attained.status = levels.status
            and attained.period_start = levels.period_start
            and attained.period_end = levels.period_end
    where
        attained.measure = 'plan_pct'
        and levels.measure = 'level' and levels.status <> 'target' and levels.low > 0
),

-- The estimate that a ministry sets is less than what the province strives for: words that name a kind
-- of plan behind the percentage have to stand with the plan. Two different plans leave open which one
-- the percentage means.
own_plans as (
    select
        attained.statement_id,
        arg_min(plans.statement_id, (plans.period_end - plans.period_start, plans.statement_id))
            as plan_statement_id,
        max(plans.low) <= min(plans.high) as is_plain
    from attained
    inner join figures as plans
        on
            attained.article_id = plans.article_id
            and attained.level_amount_key = plans.amount_key
            and attained.period_start >= plans.period_start
            and attained.period_end <= plans.period_end
    where
        attained.nearness = 1
        and plans.measure = 'level' and plans.status = 'target' and plans.low > 0
        and list_has_all(
            regexp_extract_all(lower(nfc_normalize(plans.quote)), {{ plan_words }}),
            regexp_extract_all(attained.words_after, {{ plan_words }})
        )
    group by attained.statement_id
),

year_plans as (
    select
        amount_key,
        period_start,
        arg_min(statement_id, (published_on, article_id)) as plan_statement_id,
        arg_min(quote, (published_on, article_id)) as plan_quote
    from {{ ref('int_consistency_figures') }}
    where
        measure = 'level' and status = 'target' and low > 0
        and period_type = 'year' and is_identified and not is_copy
        and year_key in (select year_key from attained)
    group by amount_key, period_start
    having max(low) <= min(high)
),

found_plans as (
    select
        attained.statement_id,
        year_plans.plan_statement_id
    from attained
    inner join year_plans
        on
            attained.level_amount_key = year_plans.amount_key
            and cast(date_trunc('year', attained.period_start) as date) = year_plans.period_start
            and extract(year from attained.period_end) = extract(year from year_plans.period_start)
    where
        attained.nearness = 1 and attained.level_is_identified and not attained.is_copy
        and regexp_matches(
            attained.words_after, '(kế hoạch|dự toán|chỉ tiêu|mục tiêu)( giao)?( cả| của)? năm'
        )
        and list_has_all(
            regexp_extract_all(lower(nfc_normalize(year_plans.plan_quote)), {{ plan_words }}),
            regexp_extract_all(attained.words_after, {{ plan_words }})
        )
),

paired as (
    select
        statement_id,
        plan_statement_id
    from own_plans
    where is_plain
    union all
    select
        statement_id,
        plan_statement_id
    from found_plans
    where statement_id not in (select statement_id from own_plans)
),

plans as (
    select
        statement_id,
        article_id,
        quote,
        value,
        low,
        high
    from {{ ref('int_consistency_figures') }}
    where statement_id in (select plan_statement_id from paired)
),

int_consistency_plans as (
    select
        'plan_attainment' as check_kind,
        attained.article_id,
        plans.article_id as other_article_id,
        attained.level_statement_id as statement_id,
        attained.statement_id as other_statement_id,
        plans.statement_id as basis_statement_id,
        attained.level_quote as quote,
        attained.quote as other_quote,
        plans.quote as basis_quote,
        100 * attained.level_value / plans.value as expected_value,
        100 * attained.level_low / plans.high as expected_low,
        100 * attained.level_high / plans.low as expected_high,
        attained.value as printed_value,
        attained.low as printed_low,
        attained.high as printed_high,
        {{ this_build() }} as build_no
    from attained
    inner join paired on attained.statement_id = paired.statement_id
    inner join plans on paired.plan_statement_id = plans.statement_id
    where attained.nearness = 1
)

select * from int_consistency_plans

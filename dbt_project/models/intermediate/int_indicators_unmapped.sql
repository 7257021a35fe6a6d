{{
    config(
        materialized='incremental',
        meta={'changes': {'kind': 'unmapped_name', 'columns': ['name_folded']}},
    )
}}

with

claims as (
    select * from {{ ref('int_claims_unmapped') }}
    where {{ among_changed('unmapped_name', 'name_folded') }}
),

names as (
    select
        name_folded,
        cast(count(*) as integer) as claim_count,
        cast(count(distinct article_id) as integer) as article_count,
        cast(count(distinct source_id) as integer) as source_count,
        cast(count(distinct province_id) as integer) as province_count,
        min(published_on) as first_published_on,
        max(published_on) as last_published_on
    from claims
    group by name_folded
),

counted as (
    select
        *,
        count(*) over (partition by name_folded, indicator_name) as wording_count,
        count(*) over (partition by name_folded, measure = 'level', unit_code) as unit_count
    from claims
),

-- The example is the newest claim in the most frequent wording.
examples as (
    select
        *,
        row_number() over (
            partition by name_folded
            order by
                wording_count desc, indicator_name asc,
                published_on desc nulls last, article_id asc, statement_id asc
        ) as example_no
    from counted
),

-- A growth of 5 % does not make a name one of percentages: amounts tell the unit where there are any.
units as (
    select
        name_folded,
        unit_code,
        row_number() over (
            partition by name_folded
            order by case measure when 'level' then 1 else 2 end asc, unit_count desc, unit_code asc
        ) as unit_no
    from counted
),

int_indicators_unmapped as (
    select
        names.*,
        examples.indicator_name,
        units.unit_code,
        examples.statement_id,
        examples.quote,
        examples.source_url,
        {{ this_build() }} as build_no
    from names
    inner join examples on names.name_folded = examples.name_folded and examples.example_no = 1
    inner join units on names.name_folded = units.name_folded and units.unit_no = 1
)

select * from int_indicators_unmapped

with

claims as (
    select * from {{ ref('int_claims_unmapped') }}
),

aliases as (
    select distinct {{ fold_indicator_name('alias') }} as name_folded
    from {{ ref('indicator_aliases') }}
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

fct_unmapped_indicators as (
    select
        -- Articles first: a table of twelve districts is one article's way to say a name.
        cast(row_number() over (
            order by
                names.article_count desc, names.source_count desc, names.province_count desc,
                names.claim_count desc, names.name_folded asc
        ) as integer) as rank_no,
        names.name_folded,
        examples.indicator_name,
        aliases.name_folded is not null as is_known_name,
        names.claim_count,
        names.article_count,
        names.source_count,
        names.province_count,
        units.unit_code,
        names.first_published_on,
        names.last_published_on,
        examples.statement_id,
        examples.quote,
        examples.source_url
    from names
    inner join examples on names.name_folded = examples.name_folded and examples.example_no = 1
    inner join units on names.name_folded = units.name_folded and units.unit_no = 1
    left join aliases on names.name_folded = aliases.name_folded
)

select * from fct_unmapped_indicators
order by rank_no

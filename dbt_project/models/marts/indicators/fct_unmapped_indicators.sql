with

names as (
    select * from {{ ref('int_indicators_unmapped') }}
),

aliases as (
    select distinct {{ fold_indicator_name('alias') }} as name_folded
    from {{ ref('indicator_aliases') }}
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
        names.indicator_name,
        aliases.name_folded is not null as is_known_name,
        names.claim_count,
        names.article_count,
        names.source_count,
        names.province_count,
        names.unit_code,
        names.first_published_on,
        names.last_published_on,
        names.statement_id,
        names.quote,
        names.source_url
    from names
    left join aliases on names.name_folded = aliases.name_folded
)

select * from fct_unmapped_indicators
order by rank_no

-- Câu hỏi: Cùng tăng trưởng GRDP của một tỉnh trong một kỳ, báo nào đưa số khác báo nào, chênh bao nhiêu?
-- Question: On which province's growth of GRDP do portals disagree, and how far apart are they?
-- Asked by: a journalist who checks before quoting.
--
-- Parameters
--   indicator           code of dim_indicators; null for all
--   from_day, to_day    the figure's period ends between these days
--   at_most             how many figures to show, the widest apart first
--
-- Columns
--   province, indicator, breakdown, measure, status, time_period, unit_code   what the figure is of
--   spread_pct      largest against smallest of the portals' figures, in percent of the smallest
--   portal          who says so
--   value           what its last article says
--   published_on    when
--   quote           the sentence
--   source_url      a link that scrolls to it
set variable indicator = 'grdp';
set variable from_day = date '2025-01-01';
set variable to_day = date '2025-12-31';
set variable at_most = 50;

with disputed as (
    select *
    from marts.fct_indicator_observations
    where
        has_disagreement
        and is_newest
        and (getvariable('indicator') is null or indicator_code = getvariable('indicator'))
        and observed_on between getvariable('from_day') and getvariable('to_day')
),

-- What tells an observation from another (docs of the mart), read again from the claims.
said as (
    select
        disputed.observation_id,
        articles.source_id,
        claims.value,
        claims.published_on,
        claims.quote,
        claims.source_url,
        row_number() over (
            partition by disputed.observation_id, articles.source_id
            order by claims.published_on desc nulls last, claims.article_id asc, claims.value_start asc
        ) as recency
    from disputed
    inner join marts.fct_indicators as claims
        on
            disputed.province_id = claims.province_id
            and disputed.indicator_code = claims.indicator_code
            and disputed.measure = claims.measure
            and disputed.status = claims.status
            and disputed.unit_code = claims.unit_code
            and disputed.period_type = claims.period_type
            and disputed.observed_on = coalesce(claims.period_end, claims.published_on)
            and disputed.period_start is not distinct from claims.period_start
            and disputed.comparison_start is not distinct from claims.comparison_start
            and disputed.comparison_end is not distinct from claims.comparison_end
            and lower(disputed.breakdown) is not distinct from lower(claims.breakdown)
            and lower(disputed.place_name) is not distinct from lower(claims.place_name)
            and disputed.price_basis is not distinct from claims.price_basis
    inner join marts.dim_articles as articles on claims.article_id = articles.article_id
    where
        claims.approximation = 'exact'
        and (getvariable('indicator') is null or claims.indicator_code = getvariable('indicator'))
),

spreads as (
    select
        observation_id,
        round(100 * (max(value) - min(value)) / nullif(min(abs(value)), 0), 2) as spread_pct
    from said
    where recency = 1
    group by observation_id
    having count(distinct value) > 1
    order by spread_pct desc nulls last, observation_id asc
    limit (select cast(getvariable('at_most') as bigint))
)

select
    provinces.name
    || case when provinces.successor_id is null then '' else ' (đến 30/6/2025)' end as province,
    indicators.name_vi as indicator,
    disputed.breakdown,
    disputed.measure,
    disputed.status,
    disputed.time_period,
    disputed.unit_code,
    spreads.spread_pct,
    sources.source_name as portal,
    said.value,
    said.published_on,
    said.quote,
    said.source_url
from spreads
inner join disputed on spreads.observation_id = disputed.observation_id
inner join said on spreads.observation_id = said.observation_id and said.recency = 1
inner join marts.dim_sources as sources on said.source_id = sources.source_id
inner join marts.dim_provinces as provinces on disputed.province_id = provinces.province_id
inner join marts.dim_indicators as indicators on disputed.indicator_code = indicators.indicator_code
order by spreads.spread_pct desc nulls last, spreads.observation_id asc, said.value desc, portal asc;

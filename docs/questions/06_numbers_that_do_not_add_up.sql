-- Câu hỏi: Bài nào có các con số tự mâu thuẫn với nhau, và hai câu đó viết gì?
-- Question: Which articles' own numbers do not add up, and what do the two sentences say?
-- Asked by: an editor, before a figure is taken over.
--
-- Parameters
--   at_most             how many checks to show, the surest mistakes first
--   from_day, to_day    the article appeared between these days
--
-- Columns
--   portal, published_on, title, province   the article
--   check_kind        what was checked: share_of_whole, plan_attainment, part_within_whole, parts_sum_to_whole
--   indicator         as the first sentence words it
--   printed_value     what the article prints
--   expected_value    what its other numbers say that it must be
--   tolerance         how far rounding alone can put the two apart
--   times_tolerance   how many tolerances they are apart: the larger, the surer the mistake
--   quote, other_quote         both sentences
--   source_url, other_url      links that scroll to them
set variable at_most = 50;
set variable from_day = date '2023-01-01';
set variable to_day = date '2025-12-31';

with articles as (
    select
        article_id,
        source_id,
        title,
        published_on
    from marts.dim_articles
    where published_on between getvariable('from_day') and getvariable('to_day')
),

checks as (
    select
        checks.*,
        articles.source_id,
        articles.title,
        articles.published_on,
        round(abs(printed_value - expected_value) / nullif(tolerance, 0), 1) as times_tolerance
    from marts.fct_consistency_checks as checks
    inner join articles on checks.article_id = articles.article_id
    where not checks.is_consistent
    order by times_tolerance desc nulls last, checks.check_id
    limit (select cast(getvariable('at_most') as bigint))
)

select
    sources.source_name as portal,
    checks.published_on,
    checks.title,
    provinces.name as province,
    checks.check_kind,
    claims.indicator_name as indicator,
    checks.printed_value,
    round(checks.expected_value, 3) as expected_value,
    checks.tolerance,
    checks.times_tolerance,
    checks.quote,
    checks.other_quote,
    claims.source_url,
    others.source_url as other_url
from checks
inner join marts.fct_indicators as claims on checks.statement_id = claims.statement_id
inner join marts.fct_indicators as others on checks.other_statement_id = others.statement_id
left join marts.dim_sources as sources on checks.source_id = sources.source_id
left join marts.dim_provinces as provinces on claims.province_id = provinces.province_id
order by checks.times_tolerance desc nulls last, checks.check_id;

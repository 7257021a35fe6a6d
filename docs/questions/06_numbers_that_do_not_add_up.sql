-- Câu hỏi: Bài nào có các con số tự mâu thuẫn với nhau, và hai câu đó viết gì?
-- Question: Which articles' own numbers do not add up, and what do the two sentences say?
-- Asked by: an editor, before a figure is taken over.
--
-- Parameters
--   from_day, to_day    the article appeared between these days
--   at_most             how many checks to show, the surest mistakes first
--
-- Columns
--   portal, published_on, title   the article
--   check_kind        what was checked: share_of_whole, plan_attainment, part_within_whole,
--                     parts_sum_to_whole, growth
--   printed_value     what the article prints
--   expected_value    what its other numbers say that it must be
--   tolerance         how far rounding alone can put the two apart
--   times_tolerance   how many tolerances they are apart: the larger, the surer the mistake
--   quote, other_quote         both sentences, verbatim
--   source_url, other_url      links that scroll to them; to the article where a sentence is a table's row
set variable from_day = date '2023-01-01';
set variable to_day = date '2025-12-31';
set variable at_most = 50;

with checks as (
    select
        checks.*,
        articles.source_id,
        articles.published_on,
        articles.title,
        articles.url,
        round(abs(checks.printed_value - checks.expected_value) / nullif(checks.tolerance, 0), 1)
            as times_tolerance
    from marts.fct_consistency_checks as checks
    inner join marts.dim_articles as articles on checks.article_id = articles.article_id
    where
        not checks.is_consistent
        and checks.scope = 'within_article'
        and checks.check_kind <> 'dates_in_order'
        and articles.published_on between getvariable('from_day') and getvariable('to_day')
    order by times_tolerance desc nulls last, checks.check_id asc
    limit (select cast(getvariable('at_most') as bigint))
)

select
    sources.source_name as portal,
    checks.published_on,
    checks.title,
    checks.check_kind,
    checks.printed_value,
    round(checks.expected_value, 3) as expected_value,
    checks.tolerance,
    checks.times_tolerance,
    checks.quote,
    checks.other_quote,
    -- As in fct_indicators.source_url, which costs a search of a million claims by their keys.
    checks.url || case
        when regexp_matches(checks.quote, '\n| \| ') then ''
        else '#:~:text=' || replace(url_encode(checks.quote), '-', '%2D')
    end as source_url,
    checks.url || case
        when regexp_matches(checks.other_quote, '\n| \| ') then ''
        else '#:~:text=' || replace(url_encode(checks.other_quote), '-', '%2D')
    end as other_url
from checks
left join marts.dim_sources as sources on checks.source_id = sources.source_id
order by checks.times_tolerance desc nulls last, checks.check_id asc;

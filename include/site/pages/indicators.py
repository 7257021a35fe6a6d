"""A page per indicator that claims speak of, and the list of them by topic."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from include.site.figures import CONTESTS, FIELDS, SERIES, lay_views
from include.site.marts import Marts, Row, grouped
from include.site.page import Page
from include.site.pages.provinces import POINT_LIMIT, series_of
from include.site.province_charts import FigureTiles, RankingChart
from include.site.series_charts import SeriesChart

LIST_PATH: Final = "indicators.html"
COUNTRY: Final = "00"
# Bounds of one page. What is beyond is counted on the page, and stands in the marts.
FIELD_LIMIT: Final = 250
COUNTRY_CHARTS: Final = 3
# Of the whole country's series of all indicators together.
COUNTRY_SERIES: Final = 400
CLAIM_LIMIT: Final = 20
SOURCE_LIMIT: Final = 12

COUNTS: Final = """
select indicator_code, count(*) as claim_count, count(distinct province_id) as province_count,
    count(distinct article_id) as article_count, max(published_on) as newest_on
from marts.fct_indicators
where indicator_code is not null
group by indicator_code
"""
CLAIMS: Final = """
select *, true as is_standing
from marts.fct_indicators
where indicator_code is not null
qualify row_number() over (
    partition by indicator_code order by published_on desc nulls last, article_id, quote_start, value_start
) <= ?
order by indicator_code, published_on desc nulls last, article_id, quote_start, value_start, statement_id
"""
SOURCES: Final = """
select c.indicator_code, s.source_name, s.base_url, s.province_id, count(*) as claim_count,
    count(distinct c.article_id) as article_count, max(c.published_on) as newest_on,
    count(*) over (partition by c.indicator_code) as source_count
from marts.fct_indicators as c
inner join marts.dim_articles as a on c.article_id = a.article_id
inner join marts.dim_sources as s on a.source_id = s.source_id
where c.indicator_code is not null
group by c.indicator_code, s.source_id, s.source_name, s.base_url, s.province_id
qualify row_number() over (partition by c.indicator_code order by count(*) desc, s.source_id) <= ?
order by c.indicator_code, claim_count desc, s.source_name
"""
TOPICS: Final = "select * from marts.dim_topics order by sort_order"


@dataclass(frozen=True, slots=True)
class Comparison:
    """The provinces side by side in one time: rows of figures.CONTESTS, and of FIELDS for all times."""

    rows: list[Row]
    field: list[Row]
    ranking: RankingChart
    tiles: FigureTiles
    over_time: SeriesChart | None


def indicator_pages(marts: Marts) -> Iterator[Page]:
    """The list of the indicators, and a page for each that a claim speaks of."""
    lay_views(marts)
    counts = {row["indicator_code"]: row for row in marts.rows(COUNTS)}
    topics = marts.rows(TOPICS)
    yield _list_page(marts, counts, topics)
    by_topic = {row["topic"]: row for row in topics}
    claims = grouped(marts.rows(CLAIMS, [CLAIM_LIMIT]), "indicator_code")
    sources = grouped(marts.rows(SOURCES, [SOURCE_LIMIT]), "indicator_code")
    comparisons = _comparisons(marts)
    country = grouped(marts.rows(SERIES, [COUNTRY, COUNTRY, COUNTRY_SERIES, POINT_LIMIT]), "indicator_code")
    nation = marts.provinces.get(COUNTRY, {})
    where = (nation.get("name", COUNTRY), nation.get("name_en", COUNTRY))
    for code, count in counts.items():
        indicator = marts.indicators[code]
        compared = comparisons.get(code, [])
        series = series_of(marts, country.get(code, []), where)[:COUNTRY_CHARTS]
        yield Page(
            path=f"indicators/{code}.html",
            template="indicator.html.jinja",
            titles=(indicator["name_vi"], indicator["name_en"]),
            shows={
                "indicator": indicator,
                "topic": by_topic[indicator["topic"]],
                "counts": count,
                "comparisons": compared,
                "series": series,
                "claims": claims[code],
                "sources": sources[code],
            },
            charts=[
                *(one for each in compared for one in (each.ranking, each.tiles, each.over_time) if one),
                *(one.chart for one in series),
            ],
        )


def _comparisons(marts: Marts) -> Mapping[str, list[Comparison]]:
    """What compares provinces, by indicator_code; levels before changes."""
    fields = grouped(marts.rows(FIELDS, [FIELD_LIMIT]), "field")
    found: dict[str, list[Comparison]] = {}
    for (code, _), rows in grouped(marts.rows(CONTESTS), "indicator_code", "measure").items():
        indicator = marts.indicators[code]
        thing = (indicator["name_vi"], indicator["name_en"])
        provinces = [row for row in marts.provinces.values() if row["vintage"] == rows[0]["vintage"]]
        field = fields[rows[0]["field"]]
        times = {row["period_start"] for row in field}
        found.setdefault(code, []).append(
            Comparison(
                rows=rows,
                field=field,
                ranking=RankingChart(rows, thing),
                tiles=FigureTiles(rows, provinces, thing),
                over_time=SeriesChart(field, thing, connected=False) if len(times) > 1 else None,
            )
        )
    return found


def _list_page(marts: Marts, counts: Mapping[str, Row], topics: list[Row]) -> Page:
    by_topic: dict[str, list[Any]] = {}
    for code, indicator in marts.indicators.items():
        if code in counts:
            by_topic.setdefault(indicator["topic"], []).append(indicator)
    return Page(
        path=LIST_PATH,
        template="indicators.html.jinja",
        titles=("Chỉ tiêu", "Indicators"),
        shows={
            "topics": topics,
            "by_topic": by_topic,
            "counts": counts,
            "without": len(marts.indicators) - len(counts),
        },
    )

"""A page per province of either vintage and one for the whole country, and the list of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from include.site.figures import LATEST, SERIES, STANDINGS, lay_views
from include.site.marts import Marts, Row, grouped
from include.site.page import Page
from include.site.province_charts import CountTiles, FreshnessTiles
from include.site.series_charts import SeriesChart

LIST_PATH: Final = "provinces.html"
VINTAGES: Final = (2025, 2008)
# Bounds of one page. What is beyond is counted on the page, and stands in the marts.
CHART_LIMIT: Final = 12
POINT_LIMIT: Final = 60
LINE_LIMIT: Final = 60
REVISION_LIMIT: Final = 20
TARGET_LIMIT: Final = 40
ROLLUP_LIMIT: Final = 40
MEETING_LIMIT: Final = 20

COUNTS: Final = """
select c.province_id, count(*) as claim_count, max(c.published_on) as newest_on,
    count(distinct c.indicator_code) as indicator_count
from marts.fct_indicators as c
where c.province_id is not null
group by c.province_id
"""
# The vintages of observations that were corrected or withdrawn, the observation corrected last first.
REVISIONS: Final = """
with
corrected as (
    select province_id, observation_id, max(realtime_start) as corrected_on,
        count(*) over (partition by province_id) as corrected_count
    from marts.fct_indicator_observations
    group by province_id, observation_id
    having count(*) > 1 or bool_or(is_withdrawn)
    qualify row_number() over (
        partition by province_id order by max(realtime_start) desc, observation_id
    ) <= ?
)

select f.*, c.corrected_on, c.corrected_count, told.* exclude (statement_id)
from figures as f
inner join corrected as c on f.observation_id = c.observation_id
inner join told on f.statement_id = told.statement_id
order by f.province_id, c.corrected_on desc, f.observation_id, f.vintage_no
"""
TARGETS: Final = """
select
    t.*, c.period_type, c.source_url, r.article_id as result_article_id, r.source_url as result_source_url,
    r.period_type as result_period_type, r.period_start as result_period_start,
    count(*) over (partition by t.province_id) as target_count
from marts.fct_indicator_targets as t
inner join marts.fct_indicators as c on t.statement_id = c.statement_id
left join marts.fct_indicators as r on t.result_statement_id = r.statement_id
where t.province_id is not null
qualify row_number() over (
    partition by t.province_id
    order by t.period_end desc, t.published_on desc nulls last, t.indicator_code, t.statement_id
) <= ?
order by t.province_id, t.period_end desc, t.indicator_code, t.published_on desc nulls last, t.statement_id
"""
ROLLUPS: Final = """
select *, count(*) over (partition by province_id) as rollup_count
from marts.fct_province_rollups
qualify row_number() over (
    partition by province_id order by breakdown is not null, period_end desc, indicator_code, rollup_id
) <= ?
order by province_id, indicator_code, breakdown nulls first, period_end desc, rollup_id
"""
# The figures that a roll-up adds, each with its province.
ADDED: Final = """
with
added as (
    select
        rollup_id,
        unnest(string_split(statement_ids, ',')) as statement_id,
        unnest(string_split(found_province_ids, ',')) as province_id
    from marts.fct_province_rollups
    qualify dense_rank() over (
        partition by fct_province_rollups.province_id
        order by breakdown is not null, period_end desc, indicator_code, rollup_id
    ) <= ?
)

select added.rollup_id, added.province_id, c.statement_id, c.article_id, c.source_url, c.value, c.unit_code
from added
inner join marts.fct_indicators as c on added.statement_id = c.statement_id
order by added.rollup_id, added.province_id
"""
MEETINGS: Final = """
select *, count(*) over (partition by province_id) as meeting_count
from marts.fct_meetings
where province_id is not null
qualify row_number() over (
    partition by province_id order by meeting_date desc nulls last, meeting_id
) <= ?
order by province_id, meeting_date desc nulls last, meeting_id
"""


@dataclass(frozen=True, slots=True)
class Series:
    """One series of a page: its rows in the order of time, the first one's columns say of what; its chart."""

    rows: list[Row]
    chart: SeriesChart


def province_pages(marts: Marts) -> Iterator[Page]:
    """The list of the provinces, and a page for each and for the whole country."""
    lay_views(marts)
    counts = {row["province_id"]: row for row in marts.rows(COUNTS)}
    yield _list_page(marts, counts)
    parts = _parts(marts)
    for province_id, province in marts.provinces.items():
        found = {name: rows.get(province_id, []) for name, rows in parts.items()}
        series = series_of(marts, found.pop("series"), (province["name"], province["name_en"]))
        lines = found.pop("latest")
        yield Page(
            path=f"provinces/{province_id}.html",
            template="province.html.jinja",
            titles=(province["name"], province["name_en"]),
            shows={
                "province": province,
                "predecessors": [
                    row for row in marts.provinces.values() if row["successor_id"] == province_id
                ],
                "counts": counts.get(province_id),
                "series": series,
                "wholes": [row for row in lines if row["is_whole"]],
                "pieces": [row for row in lines if not row["is_whole"]],
                **found,
            },
            charts=[one.chart for one in series],
        )


def series_of(marts: Marts, rows: list[Row], where: tuple[str, str]) -> list[Series]:
    """The series in rows of figures.SERIES, in their order; where: the province, for the charts' names."""
    found = []
    for family in grouped(rows, "family").values():
        indicator = marts.indicators[family[0]["indicator_code"]]
        thing = (f"{indicator['name_vi']}, {where[0]}", f"{indicator['name_en']}, {where[1]}")
        found.append(Series(family, SeriesChart(family, thing)))
    return found


def _parts(marts: Marts) -> Mapping[str, Mapping[str, list[Row]]]:
    """What stands on the provinces' pages: rows by province_id by the name that the template uses."""
    rollups = marts.rows(ROLLUPS, [ROLLUP_LIMIT])
    added = grouped(marts.rows(ADDED, [ROLLUP_LIMIT]), "rollup_id")
    for row in rollups:
        row["added"] = added.get(row["rollup_id"], [])
    rows: Mapping[str, list[Row]] = {
        "latest": marts.rows(LATEST, [LINE_LIMIT]),
        "series": marts.rows(SERIES, [None, None, CHART_LIMIT, POINT_LIMIT]),
        "standings": marts.rows(STANDINGS),
        "revisions": marts.rows(REVISIONS, [REVISION_LIMIT]),
        "targets": marts.rows(TARGETS, [TARGET_LIMIT]),
        "rollups": rollups,
        "meetings": marts.rows(MEETINGS, [MEETING_LIMIT]),
    }
    return {name: grouped(found, "province_id") for name, found in rows.items()}


def _list_page(marts: Marts, counts: Mapping[str, Row]) -> Page:
    by_vintage = {
        vintage: [row for row in marts.provinces.values() if row["vintage"] == vintage]
        for vintage in VINTAGES
    }
    tiles = {vintage: CountTiles(counts, rows) for vintage, rows in by_vintage.items() if rows}
    freshness = {row["province_id"]: row for row in marts.rows("select * from marts.fct_province_freshness")}
    newest = {name: row["newest_claim_on"] for name, row in freshness.items() if row["newest_claim_on"]}
    as_of = max((row["as_of"] for row in freshness.values()), default=None)
    fresh = FreshnessTiles(newest, as_of, by_vintage[VINTAGES[0]]) if as_of else None
    return Page(
        path=LIST_PATH,
        template="provinces.html.jinja",
        titles=("Các tỉnh, thành phố", "Provinces and cities"),
        shows={
            "by_vintage": by_vintage,
            "tiles": tiles,
            "fresh": fresh,
            "counts": counts,
            "freshness": freshness,
        },
        charts=[*tiles.values(), *([fresh] if fresh else [])],
    )

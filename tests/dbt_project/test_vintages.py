"""What was known when: edited articles, results after estimates, portals that disagree, a day to ask for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from include.settings import PROJECT_ROOT
from include.warehouse.export import audit, export_marts
from tests.dbt_project import sample

pytestmark = pytest.mark.stack

REVENUE = "indicator_code = 'state_budget_revenue'"
LOCKED = {
    "enable_external_access": False,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "lock_configuration": True,
}


@pytest.fixture(scope="module")
def published(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """The sample as readers get it, opened as docs/query.md tells who trusts nobody."""
    path = tmp_path_factory.mktemp("published") / "sotinh.duckdb"
    audit(path, export_marts(built / "warehouse.duckdb", path))
    with duckdb.connect(str(path), read_only=True, config=LOCKED) as connection:
        yield connection


def rows(connection: duckdb.DuckDBPyConnection, query: str) -> list[tuple[Any, ...]]:
    return connection.execute(query).fetchall()


def test_what_is_asked_for_together_stands_together(published: duckdb.DuckDBPyConnection) -> None:
    for mart in ("fct_indicators", "fct_indicator_observations"):
        asked = f"select indicator_code, period_end, province_id from marts.{mart}"
        assert rows(published, asked) == rows(published, f"{asked} order by all"), mart


def test_an_edited_figure_is_two_vintages_and_each_has_its_sentence(marts: duckdb.DuckDBPyConnection) -> None:
    found = rows(
        marts,
        "select o.realtime_start, o.realtime_end, o.value, o.opened_by, o.is_withdrawn, s.quote, i.quote"
        " from marts.fct_indicator_observations as o"
        " left join marts.fct_superseded_indicators as s using (statement_id)"
        " left join marts.fct_indicators as i using (statement_id)"
        f" where o.{REVENUE} and o.status = 'estimate' order by o.vintage_no",
    )
    assert found == [
        (date(2026, 1, 30), date(2026, 2, 2), 9.1e12, "first_report", False, sample.REVENUE, None),
        # Fetched at 2 in the morning of the third in Vietnam, on the second by the clock of the archive.
        (date(2026, 2, 3), None, 9.15e12, "edited_article", False, None, sample.REVENUE_MENDED),
    ]


def test_a_sentence_taken_out_withdraws_its_figure(marts: duckdb.DuckDBPyConnection) -> None:
    found = rows(
        marts,
        "select o.realtime_start, o.realtime_end, o.is_newest, o.is_withdrawn, s.quote, s.superseded_on,"
        " v.version_no, substring(v.body, s.value_start + 1, s.value_end - s.value_start)"
        " from marts.fct_indicator_observations as o"
        " join marts.fct_superseded_indicators as s using (statement_id)"
        " join marts.dim_article_versions as v using (article_version_id) where o.breakdown = 'quế'",
    )
    gone, last = date(2026, 2, 3), date(2026, 2, 2)
    assert found == [(date(2026, 1, 30), last, True, True, sample.CINNAMON, gone, 1, "310 ha")]


def test_only_what_no_later_version_says_is_superseded(marts: duckdb.DuckDBPyConnection) -> None:
    found = rows(marts, "select article_id, article_version_id, value from marts.fct_superseded_indicators")
    assert sorted(found) == [
        ("nuoc-1", "nuoc-1.1", 450.0), ("thu-1", "thu-1.1", 310.0), ("thu-1", "thu-1.1", 9.1e12),
    ]  # fmt: skip


def test_a_version_tells_what_made_it_and_how_long_its_body_stood(marts: duckdb.DuckDBPyConnection) -> None:
    found = rows(
        marts,
        "select article_version_id, body_no, version_reason, is_current_reading, is_latest, first_seen_on,"
        " superseded_on from marts.dim_article_versions"
        " where article_id in ('nuoc-1', 'luat-1') order by article_id, body_no, version_no",
    )
    first, second, third = date(2026, 2, 1), date(2026, 2, 2), date(2026, 2, 3)
    assert found == [
        ("luat-1.1", 1, "first", False, False, second, None),
        ("luat-1.2", 1, "rule_changed", True, True, second, None),
        # The capture that landed last is the oldest.
        ("nuoc-1.3", 1, "first", True, False, first, second),
        ("nuoc-1.1", 2, "edited", True, False, second, third),
        ("nuoc-1.2", 3, "edited", True, True, third, None),
    ]


def test_what_mended_rules_read_was_known_from_the_first(marts: duckdb.DuckDBPyConnection) -> None:
    """The vintages of a page read again are those of a page that was read rightly at once."""
    compared = (
        "select vintage_no, realtime_start, realtime_end, is_newest, is_withdrawn, opened_by, value,"
        " newest_value, article_count from marts.fct_indicator_observations where article_ids = '{}'"
    )
    mended = rows(marts, compared.format("luat-1"))
    assert mended == rows(marts, compared.format("luat-2"))
    assert mended == [(1, date(2026, 1, 30), None, True, False, "first_report", 78.0, 78.0, 1)]
    assert rows(marts, "select * from marts.fct_superseded_indicators where article_id = 'luat-1'") == []


def test_an_estimate_names_its_result_and_portals_that_differ_are_named(
    marts: duckdb.DuckDBPyConnection,
) -> None:
    found = rows(
        marts,
        "select status, vintage_no, value, result_value, result_known_on, has_disagreement,"
        " disagreeing_sources, article_ids"
        f" from marts.fct_indicator_observations where {REVENUE} order by 1, 2",
    )
    told = "dai-yen=9180000000000; suoi-bac=9200000000000"
    day = date(2026, 2, 3)
    assert found == [
        ("actual", 1, 9.18e12, None, None, False, None, "thu-2"),
        ("actual", 2, 9.2e12, None, None, True, told, "thu-3"),
        ("estimate", 1, 9.1e12, 9.18e12, day, False, None, "thu-1"),
        ("estimate", 2, 9.15e12, 9.18e12, day, False, None, "thu-1"),
    ]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-01-29", []),
        ("2026-01-30", [("estimate", 9.1e12, None), ("actual", 310.0, None)]),
        ("2026-02-02", [("estimate", 9.1e12, None), ("actual", 310.0, None)]),
        ("2026-02-03", [("actual", 9.18e12, None), ("estimate", 9.15e12, 9.18e12)]),
        (None, [("actual", 9.2e12, None), ("estimate", 9.15e12, 9.18e12)]),
    ],
)
def test_the_published_file_answers_as_known_on_a_day(
    published: duckdb.DuckDBPyConnection, day: str | None, expected: list[tuple[Any, ...]]
) -> None:
    asked = (
        "select status, value, result_value from {} where time_period = '2025' and"
        " (breakdown is null or breakdown = 'quế') order by value desc"
    )
    if day is None:
        published.execute("reset variable known_on")
    else:
        published.execute(f"set variable known_on = date '{day}'")
        found = rows(published, asked.format(f"marts.observations_as_known_on(date '{day}')"))
        assert found == expected
    assert rows(published, asked.format("marts.observations_as_known")) == expected


def test_what_is_known_on_a_day_says_nothing_of_later_days(published: duckdb.DuckDBPyConnection) -> None:
    described = rows(published, "describe select * from marts.observations_as_known_on(date '2026-02-03')")
    looking_back = {
        "realtime_end", "is_newest", "is_withdrawn", "newest_value", "article_count", "source_count",
        "article_ids", "has_disagreement", "disagreeing_sources",
    }  # fmt: skip
    of_the_mart = {row[0] for row in rows(published, "describe marts.fct_indicator_observations")}
    assert of_the_mart - {row[0] for row in described} == looking_back


def test_every_query_of_the_documents_runs(published: duckdb.DuckDBPyConnection) -> None:
    queries = re.findall(
        r"```sql\n(.*?)```", (PROJECT_ROOT / "docs" / "query.md").read_text("utf-8"), re.DOTALL
    )
    assert len(queries) > 10
    for query in queries:
        published.execute(query).fetchall()
    published.execute("reset variable known_on")

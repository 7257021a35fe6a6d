"""How far the calendar reaches: int_days, its own SQL over tables of a few rows."""

from __future__ import annotations

from datetime import date

import duckdb
import jinja2
import pytest

from include.settings import PROJECT_ROOT

MODEL = PROJECT_ROOT / "dbt_project" / "models" / "intermediate" / "int_days.sql"


def days(
    *,
    published: str = "null::date",
    period: str = "null::date",
    held: str = "null::date",
    due: str = "null::date",
) -> list[date]:
    """All days of int_days where one article, claim, meeting and directive have the given days (SQL)."""
    template = jinja2.Environment().from_string(MODEL.read_text(encoding="utf-8"))  # noqa: S701 - SQL
    with duckdb.connect() as connection:
        for table, columns in {
            "int_articles_read": f"{published} as published_on",
            "int_claims_versioned": f"{period} as period_start, null::date as period_end,"
            " null::date as comparison_start, null::date as comparison_end",
            "int_meetings_merged": "null::date as meeting_date, null::date as meeting_end_date,"
            f" null::date as date_earliest, {held} as date_latest",
            "int_directives_resolved": f"{due} as deadline_on",
        }.items():
            connection.execute(f"create table {table} as select {columns}")
        found = connection.execute(template.render(ref=lambda model: model)).fetchall()
    return [day for (day,) in found]


def test_without_any_day_the_calendar_has_its_least_reach() -> None:
    found = days()
    assert (found[0], found[-1], len(found)) == (date(1990, 1, 1), date(2050, 12, 31), 22_280)
    assert len(set(found)) == len(found)


@pytest.mark.parametrize(
    ("facts", "first", "last"),
    [
        (
            {"published": "date '1985-05-03'"},
            date(1985, 1, 1),
            date(2050, 12, 31),
        ),  # from its year's first day
        ({"due": "date '2051-01-02'"}, date(1990, 1, 1), date(2051, 1, 2)),
        ({"held": "date '1989-12-31'", "due": "date '2060-06-30'"}, date(1989, 1, 1), date(2060, 6, 30)),
        ({"period": "date '1900-01-01'"}, date(1900, 1, 1), date(2050, 12, 31)),
        ({"period": "date '1899-12-31'"}, date(1990, 1, 1), date(2050, 12, 31)),  # a misread year
        ({"due": "date '2101-01-01'"}, date(1990, 1, 1), date(2050, 12, 31)),  # a misread year
    ],
)
def test_the_calendar_reaches_where_facts_do_within_two_centuries(
    facts: dict[str, str], first: date, last: date
) -> None:
    found = days(**facts)
    assert (found[0], found[-1]) == (first, last)
    assert len(found) == (last - first).days + 1

"""Each of our dbt tests goes red on rows it must not let pass, and stays quiet on good ones."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import jinja2
import pytest

from include.settings import PROJECT_ROOT

GENERIC_TESTS = PROJECT_ROOT / "dbt_project" / "tests" / "generic"
ARTICLES = "create table dim_articles as select 'a' as article_id, 'Lời đầu. Trồng 12 ha.' as body"

# test, its arguments, good rows, and rows of which each alone must be found.
CASES: list[tuple[str, dict[str, object], str, list[str]]] = [
    ("is_primary_key", {"columns": ["k", "l"]}, "(1, 1), (1, 2)", ["(1, 1), (1, 1)", "(1, null)"]),
    ("is_nfc", {"column_name": "k"}, "('Hòa', 1), (null, 1)", ["(U&'Ho\\0300a', 1)".replace("U&", "")]),
    ("range_is_ordered", {"low": "k", "high": "l"}, "(1, 1), (1, 2), (1, null), (null, null)",
     ["(2, 1)", "(null, 1)"]),
    ("date_matches_basis", {"date_column": "k", "basis_column": "l"},
     "(date '2020-01-01', 'stated'), (null, 'unknown')",
     ["(null, 'stated')", "(date '2020-01-01', 'unknown')"]),
]  # fmt: skip


def failing_rows(name: str, setup: list[str], **arguments: object) -> int:
    """How many rows dbt's test `name` finds on table `model`; its SQL rendered as dbt renders it."""
    source = (GENERIC_TESTS / f"{name}.sql").read_text(encoding="utf-8")
    source = re.sub(r"{% (end)?test\b", r"{% \1macro", source)
    environment = jinja2.Environment()  # noqa: S701 - renders SQL, not HTML
    template = environment.from_string(source, globals={"ref": lambda model: model})
    sql = getattr(template.module, name)("model", **arguments)
    with duckdb.connect() as connection:
        for statement in setup:
            connection.execute(statement)
        return len(connection.execute(sql).fetchall())


@pytest.mark.parametrize(("name", "arguments", "good", "bad"), CASES, ids=[case[0] for case in CASES])
def test_keys_ranges_and_text(name: str, arguments: dict[str, object], good: str, bad: list[str]) -> None:
    def found(values: str) -> int:
        values = values.replace("\\0300", "\u0300")
        return failing_rows(name, [f"create table model as from (values {values}) as t (k, l)"], **arguments)

    assert found(good) == 0
    for values in bad:
        assert found(values) == 1, values


def test_is_empty() -> None:
    assert failing_rows("is_empty", ["create table model (k integer)"]) == 0
    assert failing_rows("is_empty", ["create table model as select 1 as k"]) == 1


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("'a', 'Trồng 12 ha.', 9, 21", 0),
        ("'a', 'Trồng 12 ha', 9, 21", 1),  # shorter than its offsets
        ("'a', 'Trồng 12 ha.', 8, 20", 1),  # one off
        ("'a', '', 9, 9", 1),
        ("'a', null::varchar, 9, 21", 1),
        ("'x', 'Trồng 12 ha.', 9, 21", 1),  # another article
        ("'a', 'ha.', -3, 0", 1),
    ],
)
def test_quote_is_verbatim(row: str, expected: int) -> None:
    made = f"create table model as from (values ({row})) as t (article_id, quote, quote_start, quote_end)"
    assert failing_rows("quote_is_verbatim", [ARTICLES, made]) == expected


@pytest.mark.parametrize(
    ("row", "expected"),
    [("'a', 'Trồng 12 ha.'", 0), ("'a', 'Trồng 13 ha.'", 1), ("'a', ''", 1), ("'x', 'ha'", 1)],
)
def test_quote_is_in_body(row: str, expected: int) -> None:
    made = f"create table model as from (values ({row})) as t (article_id, quote)"
    assert failing_rows("quote_is_in_body", [ARTICLES, made]) == expected


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("'12 ha', 15, 20, 9, 21", 0),
        ("'12 ha', 14, 19, 9, 21", 1),  # one off
        ("'12 ha', 15, 20, 16, 21", 1),  # begins before its quote
        ("'12 ha', 15, 20, 9, 19", 1),  # ends after its quote
        ("'', 15, 15, 9, 21", 1),
    ],
)
def test_value_is_inside_quote(row: str, expected: int) -> None:
    columns = "statement_id, article_id, value_text, value_start, value_end, quote_start, quote_end"
    made = f"create table model as from (values ('s', 'a', {row})) as t ({columns})"
    assert failing_rows("value_is_inside_quote", [ARTICLES, made]) == expected


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("'year', date '2020-01-01', date '2020-12-31'", 0),
        ("'instant', null::date, null::date", 0),
        ("'year', null::date, date '2020-12-31'", 1),
        ("'instant', date '2020-01-01', null::date", 1),
        ("'unknown', null::date, date '2020-01-01'", 1),
    ],
)
def test_period_matches_type(row: str, expected: int) -> None:
    columns = "statement_id, time_period, period_type, period_start, period_end"
    made = f"create table model as from (values ('s', 't', {row})) as t ({columns})"
    assert failing_rows("period_matches_type", [made]) == expected


FIRST = "('o', 1, date '2020-01-01', date '2020-01-09', false)"


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        ("('o', 2, date '2020-01-10', null, true)", 0),
        ("('o', 2, date '2020-01-12', null, true)", 1),  # a gap
        ("('o', 2, date '2020-01-05', null, true)", 1),  # an overlap
        ("('o', 3, date '2020-01-10', null, true)", 1),  # a number left out
        ("('o', 2, date '2020-01-10', null, false)", 1),  # no newest
        ("('p', 1, date '2020-01-10', null, true)", 1),  # the first one's successor is missing
    ],
)
def test_vintages_follow_each_other(second: str, expected: int) -> None:
    columns = "observation_id, vintage_no, realtime_start, realtime_end, is_newest"
    made = f"create table model as from (values {FIRST}, {second}) as t ({columns})"
    assert failing_rows("vintages_follow_each_other", [made]) == expected


@pytest.mark.parametrize(
    ("batches", "expected"),
    [("('n', 2)", 0), ("('n', 3)", 1), ("('n', 2), ('m', 0)", 0), ("('n', 2), ('m', 1)", 1), ("('m', 0)", 1)],
)
def test_outcomes_add_up(batches: str, expected: int) -> None:
    setup = [
        "create table model as from (values ('n'), ('n')) as t (batch_id)",
        f"create table stg_landing__batches as from (values {batches}) as t (batch_id, discovered)",
    ]
    assert failing_rows("outcomes_add_up", setup) == expected


VINTAGES = """
create table provinces as from (values
    ('10-2008', 'Lào Cai', date '2008-08-01', date '2025-06-30'),
    ('15-2008', 'Yên Bái', date '2008-08-01', date '2025-06-30'),
    ('15-2025', 'Lào Cai', date '2025-07-01', null),
    ('00', 'Việt Nam', null, null)
) as t (province_id, name_vi, valid_from, valid_to)
"""


@pytest.mark.parametrize(
    ("province", "day", "named", "placed"),
    [
        ("15-2025", "2026-01-01", 0, 0),
        ("10-2008", "2025-06-30", 0, 0),
        ("10-2008", "1999-01-01", 0, 0),  # before the first vintage the first one counts
        ("00", "2026-01-01", 0, 0),
        ("10-2008", "2025-07-01", 1, 1),  # the wrong province after the merger
        ("15-2025", "2025-06-30", 1, 1),
        ("15-2008", "2026-01-01", 0, 1),  # a text may still name it, a portal is no longer of it
    ],
)
def test_province_is_in_force(province: str, day: str, named: int, placed: int) -> None:
    made = f"create table model as select '{province}' as province_id, date '{day}' as told_on"
    for by_name, expected in ((True, named), (False, placed)):
        found = failing_rows("province_is_in_force", [VINTAGES, made], day="told_on", by_name=by_name)
        assert found == expected


@pytest.mark.parametrize(
    ("lead", "name", "role", "expected"),
    [
        ("'Lý Thị Mận'", "Lý Thị Mận", "lead", 0),
        ("'Lý Thị Mận'", "Lý Thị Mận", "host", 0),
        ("null", "Lý Thị Mận", "speaker", 0),
        ("'Lý Thị Mận'", "Lý Thị Mận", "attendee", 1),
        ("'Lý Thị Mận'", "Lý Thị Mấn", "lead", 1),
    ],
)
def test_lead_is_participant(lead: str, name: str, role: str, expected: int) -> None:
    people = f"from (values ('m', '{name}', '{role}')) as t (meeting_id, person_name, role)"
    setup = [
        f"create table model as select 'm' as meeting_id, {lead} as lead_name",
        f"create table fct_meeting_participants as {people}",
    ]
    assert failing_rows("lead_is_participant", setup) == expected


@pytest.mark.parametrize(
    ("text", "day", "expected"),
    [
        ("trước ngày 23/12/2026", "2026-12-23", 0),
        ("trước 5.2.2026", "2026-02-05", 0),
        ("trong quý I năm 2026", "2026-03-31", 0),
        ("từ 1/2/2026 đến 3/4/2026", "2026-04-03", 0),  # two days: the text does not say which
        ("trước ngày 31/2/2026", "2026-02-28", 0),  # no day at all
        ("trước ngày 23/12/2026", None, 1),
        ("trước ngày 10/12/2026", "2026-10-12", 1),
    ],
)
def test_deadline_is_dated(text: str, day: str | None, expected: int) -> None:
    told = f"date '{day}'" if day else "null::date"
    made = (
        f"create table model as select 'd' as directive_id, '{text}' as deadline_text, {told} as deadline_on"
    )
    assert failing_rows("deadline_is_dated", [made]) == expected


@pytest.mark.parametrize(("discovered", "loaded", "expected"), [(2, 1, 0), (3, 2, 1), (1, 0, 1), (2, 0, 1)])
def test_nights_hold_every_attempt(discovered: int, loaded: int, expected: int) -> None:
    """Two attempts of one crawl, one loaded and one failed; the replay's attempt is no night's."""
    others = "0 as unchanged_count, 0 as blocked_count, 0 as not_allowed_count, 0 as empty_count"
    batches = "create table stg_landing__batches as from (values ('c', 'crawl'), ('r', 'replay'))"
    attempts = "create table fct_article_outcomes as from (values ('c', 'p'), ('c', 'p'), ('r', 'p'))"
    night = f"select 'p' as source_id, {discovered} as discovered_count, {loaded} as loaded_count"
    setup = [
        f"{batches} as t (batch_id, batch_kind)",
        f"{attempts} as t (batch_id, source_id)",
        f"create table model as {night}, {others}, 0 as quarantined_count, 1 as failed_count",
    ]
    assert failing_rows("nights_hold_every_attempt", setup) == expected


def test_every_generic_test_of_the_project_is_tried_here() -> None:
    here = Path(__file__).read_text(encoding="utf-8")
    names = {path.stem for path in GENERIC_TESTS.glob("*.sql")}
    assert len(names) >= 10
    assert {name for name in names if not re.search(rf'"{name}"', here)} == set()

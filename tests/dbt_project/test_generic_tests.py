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
    ("are_null_together", {"columns": ["k", "l"]}, "(1, 1), (null, null)", ["(1, null)", "(null, 1)"]),
    ("are_null_together", {"columns": ["k", "k", "l"]}, "(1, 1), (null, null)", ["(1, null)", "(null, 1)"]),
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


FIRST = "('o', 1, date '2020-01-01', date '2020-01-09', false, false)"
TAKEN_BACK = FIRST.replace("false, false", "false, true")
ENDED = FIRST.replace("false, false", "true, {}")


@pytest.mark.parametrize(
    ("vintages", "expected"),
    [
        (f"{FIRST}, ('o', 2, date '2020-01-10', null, true, false)", 0),
        (f"{FIRST}, ('o', 2, date '2020-01-12', null, true, false)", 1),  # a gap
        (f"{FIRST}, ('o', 2, date '2020-01-05', null, true, false)", 1),  # an overlap
        (f"{FIRST}, ('o', 3, date '2020-01-10', null, true, false)", 1),  # a number left out
        (f"{FIRST}, ('o', 2, date '2020-01-10', null, false, false)", 1),  # no newest
        (f"{FIRST}, ('p', 1, date '2020-01-10', null, true, false)", 1),  # the first one's is missing
        (f"{TAKEN_BACK}, ('o', 2, date '2020-01-12', null, true, false)", 0),
        (f"{TAKEN_BACK}, ('o', 2, date '2020-01-10', null, true, false)", 1),  # withdrawn for no day
        (ENDED.format("true"), 0),
        (ENDED.format("false"), 1),  # ended, and neither withdrawn nor followed
        ("('o', 1, date '2020-01-01', null::date, true, true)", 1),  # withdrawn on no day
    ],
)
def test_vintages_follow_each_other(vintages: str, expected: int) -> None:
    columns = "observation_id, vintage_no, realtime_start, realtime_end, is_newest, is_withdrawn"
    made = f"create table model as from (values {vintages}) as t ({columns})"
    assert failing_rows("vintages_follow_each_other", [made]) == expected


@pytest.mark.parametrize(("statement", "expected"), [("'s'", 0), ("'t'", 0), ("null", 0), ("'u'", 1)])
def test_statement_is_kept(statement: str, expected: int) -> None:
    setup = [
        "create table fct_indicators as select 's' as statement_id",
        "create table fct_superseded_indicators as select 't' as statement_id",
        f"create table model as select cast({statement} as varchar) as statement_id",
    ]
    assert failing_rows("statement_is_kept", setup, column_name="statement_id") == expected


def test_offsets_of_an_earlier_version_count_in_its_own_body() -> None:
    """With the key of a version the quote is looked for there, not in the article of today."""
    bodies = "(values ('a.1', 'Trồng 12 ha.'), ('a.2', 'Trồng 13 ha.')) as t (article_version_id, body)"
    quoted = "'Trồng 12 ha.' as quote, 0 as quote_start, 12 as quote_end"
    value = "'12' as value_text, 6 as value_start, 8 as value_end"
    claims = f"select 's' as statement_id, article_version_id, {quoted}, {value} from dim_article_versions"
    setup = [
        f"create table dim_article_versions as from {bodies}",
        f"create table model as {claims}",
    ]
    arguments = {"articles": "dim_article_versions", "key": "article_version_id"}
    assert failing_rows("quote_is_verbatim", setup, **arguments) == 1
    assert failing_rows("value_is_inside_quote", setup, **arguments) == 1


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


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("5, 5, 2, 2, true, 'a,b'", 0),
        ("null, 3, 2, 1, false, 'a'", 0),
        ("3, 3, 2, 1, false, 'a'", 1),  # a part passed off as the sum
        ("3, 3, 2, 1, true, 'a'", 1),
        ("null, 5, 2, 2, true, 'a,b'", 1),  # a sum withheld
        ("9, 9, 2, 3, true, 'a,b,c'", 1),  # more parts than there are
        ("5, 5, 2, 2, true, 'a'", 1),  # two counted, one named
    ],
)
def test_sum_is_whole(row: str, expected: int) -> None:
    columns = "value, found_value, provinces_expected, provinces_found, is_complete, found_province_ids"
    made = f"create table model as select 'r' as rollup_id, * from (values ({row})) as t ({columns})"
    assert failing_rows("sum_is_whole", [made]) == expected


NEW = "('n', date '2025-07-01', null::date, null::varchar)"


@pytest.mark.parametrize(
    ("old", "expected"),
    [
        ("('o', date '2008-08-01', date '2025-06-30', 'n')", 0),
        ("('o', date '2008-08-01', date '2025-06-29', 'n')", 1),  # a day without a province
        ("('o', date '2008-08-01', null, 'n')", 1),
        ("('o', date '2008-08-01', date '2025-06-30', null)", 1),
        ("('o', date '2008-08-01', date '2025-06-30', 'x')", 1),  # a successor that is no province
    ],
)
def test_succession_has_no_gap(old: str, expected: int) -> None:
    columns = "province_id, valid_from, valid_to, successor_id"
    made = f"create table model as from (values {NEW}, {old}) as t ({columns})"
    assert failing_rows("succession_has_no_gap", [made]) == expected


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

"""The analysts' questions on a small synthetic warehouse, which is what `make bench-queries` times large."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from pathlib import Path

import duckdb
import pytest

from benchmarks.queries.warehouse import BUILD_ALONE, land, make_published
from include.contract import MARTS, WAREHOUSE_FILE
from include.warehouse.questions import QUESTIONS_FOLDER, ask, read_questions
from include.warehouse.reading import open_published
from tests.dbt_project.one_path import run_at_one_path

CLAIMS = 2_000
QUESTIONS = {question.name: question for question in read_questions()}


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_published(tmp_path_factory.mktemp("questions"), CLAIMS, partial(run_at_one_path, BUILD_ALONE))


@pytest.fixture
def opened(published: Path):
    with open_published(published) as connection:
        yield connection


def rows_of(connection: duckdb.DuckDBPyConnection, name: str, **values) -> list[dict]:
    question = QUESTIONS[name]
    return [
        dict(zip(question.columns, row, strict=True)) for row in ask(connection, question, values).fetchall()
    ]


def test_there_are_ten_and_the_list_names_each():
    listed = (QUESTIONS_FOLDER / "README.md").read_text(encoding="utf-8")
    assert len(QUESTIONS) == 10
    assert [name for name in QUESTIONS if f"({name}.sql)" not in listed] == []


@pytest.mark.parametrize("name", QUESTIONS)
def test_each_is_answered_in_the_columns_that_its_header_describes(opened, name):
    question = QUESTIONS[name]
    answer = ask(opened, question)
    assert tuple(column[0] for column in answer.description) == question.columns
    assert answer.fetchall()
    assert question.described_parameters == question.parameters


def test_the_file_holds_every_mart_and_what_was_asked_for(opened):
    empty = [
        mart for mart in MARTS if opened.execute(f"select 1 from marts.{mart} limit 1").fetchone() is None
    ]
    assert empty == [], "fill what these are made from in benchmarks/queries/landed.sql"
    # Whole articles of twelve claims.
    assert opened.execute("select count(*) from marts.fct_indicators").fetchone() == (2_004,)
    misplaced = opened.execute(
        "select count(*) from marts.fct_indicators inner join marts.dim_articles using (article_id)"
        " where substring(body, quote_start + 1, quote_end - quote_start) <> quote"
        " or substring(body, value_start + 1, value_end - value_start) <> value_text"
    ).fetchone()
    assert misplaced == (0,)


def test_the_same_number_makes_the_same_articles(published, tmp_path):
    land(tmp_path / "again.duckdb", 2_004 // 12)
    told = "select article_version_id, sha256(body), content_sha256 from raw.article_versions order by all"
    with (
        duckdb.connect(str(tmp_path / "again.duckdb"), read_only=True) as again,
        duckdb.connect(str(published.parent / WAREHOUSE_FILE), read_only=True) as before,
    ):
        assert again.execute(told).fetchall() == before.execute(told).fetchall()


def test_growth_is_ranked_within_a_period(opened):
    rows = rows_of(opened, "01_growth_of_all_provinces")
    assert {row["status"] for row in rows} == {"actual", "estimate"}
    assert len({row["province"] for row in rows}) == len(rows)
    for row in rows:
        better = [
            other["value"]
            for other in rows
            if other["time_period"] == row["time_period"] and other["value"] > row["value"]
        ]
        assert row["rank_in_period"] == len(better) + 1


def test_a_series_before_the_merger_is_the_sum_of_the_old_provinces(opened):
    (indicator,) = opened.execute(
        "select indicator_code from marts.fct_indicator_observations"
        " where province_id in ('52-2008', '64-2008') and measure = 'level' and status = 'actual'"
        " and is_newest and breakdown is null and period_start is not null"
        " group by indicator_code, time_period having count(distinct province_id) = 2 order by 1 limit 1"
    ).fetchone()
    rows = rows_of(opened, "02_series_across_the_merger", indicator=indicator)
    whole = [row for row in rows if row["is_sum"] and row["parts_known"] == 2]
    assert whole
    for row in whole:
        assert (row["parts"], row["provinces"]) == (2, "Bình Định + Gia Lai")
        (added,) = opened.execute(
            "select sum(value) from marts.fct_indicator_observations where indicator_code = ?"
            " and province_id in ('52-2008', '64-2008') and status = ? and time_period = ?"
            " and measure = 'level' and is_newest and breakdown is null",
            [indicator, row["status"], row["time_period"]],
        ).fetchone()
        assert row["value"] == added


def test_what_was_known_then_does_not_look_ahead(opened):
    indicator, measure, last_day = opened.execute(
        "select indicator_code, measure, realtime_end from marts.fct_indicator_observations"
        " where realtime_end is not null and breakdown is null and status <> 'target'"
        " and period_end is not null order by observation_id, vintage_no limit 1"
    ).fetchone()
    asked = {"indicator": indicator, "measure": measure, "from_day": date(2014, 1, 1)}
    rows = rows_of(opened, "03_known_then_and_now", **asked, known_on=last_day)
    revised = [row for row in rows if row["revised_on"] == last_day + timedelta(days=1)]
    assert revised
    assert all(row["known_since"] <= last_day for row in rows)
    assert all(row["is_revised"] and row["source_url_now"] != row["source_url_then"] for row in revised)
    assert all(row["value_now"] == row["value_then"] for row in rows if not row["is_revised"])
    later = rows_of(opened, "03_known_then_and_now", **asked, known_on=date(2026, 12, 31))
    assert not any(row["is_revised"] for row in later)
    assert len(later) >= len(rows)


def test_portals_that_disagree_stand_side_by_side(opened):
    rows = rows_of(opened, "04_portals_that_disagree", indicator=None, from_day="2000-01-01")
    figures: dict[tuple, dict] = {}
    for row in rows:
        key = tuple(row[name] for name in ("province", "indicator", "measure", "status", "time_period"))
        figures.setdefault(key, {})[row["portal"]] = row["value"]
    assert all(len(set(said.values())) > 1 for said in figures.values())
    assert len(rows_of(opened, "04_portals_that_disagree", indicator=None, at_most=1)) == 2


def test_behind_is_less_of_the_target_than_of_the_time(opened):
    rows = rows_of(opened, "05_targets_and_who_is_behind", indicator=None)
    judged = [row for row in rows if row["attainment_pct"] is not None]
    assert judged
    assert all(row["is_behind"] == (row["lead_points"] < 0) for row in judged if row["lead_points"])
    leads = [row["lead_points"] for row in judged]
    assert leads == sorted(leads)


def test_numbers_that_do_not_add_up_differ_by_more_than_rounding(opened):
    rows = rows_of(opened, "06_numbers_that_do_not_add_up")
    assert all(row["times_tolerance"] > 1 and row["quote"] for row in rows)


def test_deadlines_are_judged_as_of_the_day(opened):
    rows = rows_of(opened, "08_directives_past_their_deadline", as_of="2025-06-30")
    assert rows
    assert all(row["meeting_date"].isoformat() <= "2025-06-30" for row in rows)
    chair = rows[0]["chair"]
    assert {row["chair"] for row in rows_of(opened, "08_directives_past_their_deadline", chair=chair)} == {
        chair
    }


def test_what_is_missing_lists_each_province_in_force_with_each_indicator(opened):
    rows = rows_of(opened, "09_what_is_missing", indicators=["grdp", "pci"])
    assert len(rows) == 34 * 2
    assert {row["is_missing"] for row in rows if row["indicator_code"] == "grdp"} == {True, False}


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("che", {"chè"}),
        ("chè", {"chè"}),
        ("ché", set()),
        ("CA PHE", {"cà phê"}),
        ("ca ph", set()),
        ("đieu", {"điều"}),
    ],
)
def test_products_are_found_without_diacritics_and_as_whole_words(opened, words, found):
    rows = rows_of(opened, "10_everything_on_one_product", words=words, from_day="2014-01-01")
    assert {row["breakdown"] for row in rows} - {None} == found


def test_a_question_reads_its_file_and_nothing_else(opened, tmp_path):
    (tmp_path / "other.csv").write_text("a\n1\n")
    with pytest.raises(duckdb.PermissionException):
        opened.execute(f"select * from read_csv('{tmp_path / 'other.csv'}')")
    with pytest.raises(duckdb.InvalidInputException, match="locked"):
        opened.execute("set threads = 1")

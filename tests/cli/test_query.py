"""`sotinh questions` and `sotinh query`: ready questions and SQL, as a table, JSON and CSV."""

from __future__ import annotations

import csv
import io
import json

import pytest

from include.cli.csv_text import csv_lines
from include.cli.query import Limited, parameter_value, unique_names
from include.cli.questions import question_named
from include.warehouse.questions import read_questions


def test_questions_are_listed_with_their_parameters(document, sotinh):
    listed = document("questions")["questions"]
    assert [one["number"] for one in listed] == list(range(1, 11))
    assert listed[0]["parameters"] == {
        "indicator": "grdp",
        "measure": "change_pct",
        "from_day": "2025-01-01",
        "to_day": "2025-12-31",
    }
    assert listed[3]["parameters"]["at_most"] == 50
    told = sotinh("questions").stdout
    assert "--set 'province=Gia Lai'" in told, "as a shell takes it"
    assert "--set chair=null" in told
    assert all(question.in_vietnamese in told for question in read_questions())


@pytest.mark.parametrize("wanted", ["2", "02", "02_series_across_the_merger", "series", "Across the merger"])
def test_a_question_is_known_by_number_name_or_part_of_it(wanted):
    assert question_named(wanted).name == "02_series_across_the_merger"


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ("11", "no question '11'"),
        ("seris", "Did you mean 02_series"),
        ("the", "several questions"),
        ("", "no ques"),
    ],
)
def test_a_question_that_is_none_is_an_error_of_the_request(sotinh, wanted, said):
    answer = sotinh("query", wanted)
    assert answer.exit_code == 1
    assert said in answer.stderr
    assert answer.stdout == ""


def test_a_ready_question_is_answered_with_its_own_and_with_other_values(document):
    asked = ("query", "10", "--set", "words=che", "--set", "to_day=2026-12-31")
    told = document(*asked)
    assert told["question"] == "10_everything_on_one_product"
    assert told["parameters"] == {"words": "che", "from_day": "2024-01-01", "to_day": "2026-12-31"}
    assert [row["value"] for row in told["rows"]] == [90.0, 1250.0]
    assert told["rows"][1]["indicator"] == "diện tích chè"
    assert told["columns"][0] == {"name": "published_on", "type": "DATE"}
    assert (told["row_count"], told["has_more"]) == (2, False)
    first = document(*asked, "--limit", "1")
    assert (first["row_count"], first["has_more"]) == (1, True)
    assert document("query", "10")["rows"] == [], "the file's own words are another product"


@pytest.mark.parametrize("question", [one.name for one in read_questions()])
def test_every_ready_question_fits_the_columns_of_the_contract(document, question):
    known = next(one for one in read_questions() if one.name == question)
    assert [column["name"] for column in document("query", question)["columns"]] == list(known.columns)


@pytest.mark.parametrize(
    ("arguments", "exit_code", "said"),
    [
        (("1", "--set", "indicatr=x"), 1, "has no parameter indicatr; it has indicator, measure"),
        (("1", "--set", "from_day=soon"), 2, "from_day is 'soon', not a day like 2025-12-31"),
        (("4", "--set", "at_most=many"), 2, "at_most is 'many', not a whole number"),
        (("1", "--set", "indicator"), 2, "is not NAME=VALUE"),
        (("--sql", "select 1", "--set", "a=1"), 2, "--set belongs to a ready question"),
        ((), 2, "Give a question, --sql or --file"),
        (("1", "--sql", "select 1"), 2, "Give a question, --sql or --file"),
        (("1", "--json", "--csv"), 2, "exclude each other"),
        (("--sql", ""), 1, "gives no rows"),
        (("--sql", "selec 1"), 1, "syntax error"),
        (("--sql", "select nothing_such from marts.dim_units"), 1, "nothing_such"),
        (("--sql", "select 1 / 'x'"), 1, "cannot be answered"),
        (("--file", "/nowhere/q.sql"), 1, "cannot be read"),
    ],
)
def test_what_cannot_be_asked_is_said_with_its_exit_code(sotinh, arguments, exit_code, said):
    answer = sotinh("query", *arguments)
    assert answer.exit_code == exit_code
    assert said in answer.stderr
    assert answer.stdout == ""


@pytest.mark.parametrize(
    "statement",
    [
        "select * from read_text('/etc/hostname')",
        "copy marts.dim_units to '{folder}/units.csv'",
        "attach '{folder}/other.duckdb'",
        "select * from read_csv('https://example.org/other.csv')",
        "install httpfs",
        "set enable_external_access = true",
        "set lock_configuration = false",
        "drop table marts.dim_units",
        "select 1; delete from marts.dim_units",
        "export database '{folder}/all'",
    ],
)
def test_a_query_reads_the_published_file_and_nothing_else(sotinh, document, tmp_path, statement):
    answer = sotinh("query", "--sql", statement.format(folder=tmp_path))
    assert answer.exit_code == 1
    assert answer.stdout == ""
    assert list(tmp_path.iterdir()) == []
    assert document("query", "--sql", "select count(*) as n from marts.dim_units")["rows"] == [{"n": 2}]


def test_sql_comes_from_a_file_or_from_standard_input(sotinh, tmp_path):
    file = tmp_path / "q.sql"
    file.write_text("set variable a = 'đ';\nselect getvariable('a') as letter;\n", encoding="utf-8")
    assert sotinh("query", "--file", str(file)).stdout == "letter\nđ\n"
    assert sotinh("query", "--file", "-", stdin="select 'ế' as letter").stdout == "letter\nế\n"
    file.write_bytes(b"select '\xff'")
    assert sotinh("query", "--file", str(file)).exit_code == 1


def test_values_that_json_does_not_have(document):
    told = document(
        "query",
        "--sql",
        "select 'nan'::double as n, '-inf'::double as i, 1.5 as d, date '2026-03-09' as day,"
        " timestamptz '2026-03-09 05:00:00+07' as t, [1, 2] as l, {'a': 'inf'::double} as s, map {1: 2} as m,"
        " null as nothing, 2::hugeint as h, '\\xAA'::blob as b, 1 as n",
    )
    assert told["rows"] == [
        {
            "n": None, "i": None, "d": 1.5, "day": "2026-03-09", "t": "2026-03-08T22:00:00Z", "l": [1, 2],
            "s": {"a": None}, "m": {"1": 2}, "nothing": None, "h": 2, "b": "aa", "n_2": 1,
        }
    ]  # fmt: skip


def test_csv_of_a_query_has_the_cells_of_the_open_data(sotinh):
    answer = sotinh(
        "query",
        "--csv",
        "--sql",
        "select '=1+1' as \"=a\", ' +x' as b, -4.25 as c, '' as d, null as e, 'x, \"y\"' as f,"
        " timestamptz '2026-03-09 05:00:00+07' as t, date '2026-03-09' as g, '-inf'::double as h, true as i",
    )
    header, row, end = answer.stdout_bytes.decode().split("\r\n")
    assert header == "'=a,b,c,d,e,f,t,g,h,i"
    assert row == '\'=1+1,\' +x,-4.25,"",,"x, ""y""",2026-03-08T22:00:00Z,2026-03-09,,true'
    assert end == ""


def test_a_quotation_that_is_a_formula_is_none_in_csv(sotinh):
    answer = sotinh("query", "--csv", "--sql", "select quote from marts.fct_indicators order by statement_id")
    quotes = [row["quote"] for row in csv.DictReader(io.StringIO(answer.stdout))]
    assert len(quotes) == 6
    assert [quote[:5] for quote in quotes if quote.startswith("'")] == ["'=HYP"]


def test_many_rows_come_in_order_and_whole(sotinh):
    sql = "select n, 't' || n as t from range(2500) as r (n) order by n desc"
    lines = sotinh("query", "--sql", sql).stdout.splitlines()
    assert lines[0] == "n\tt"
    assert lines[1:] == [f"{n}\tt{n}" for n in reversed(range(2500))]
    rows = json.loads(sotinh("query", "--sql", sql, "--json").stdout)["rows"]
    assert [row["n"] for row in rows] == list(reversed(range(2500)))
    assert list(csv_lines(["t"], [[f"t{n}"] for n in range(2500)]))[1:] == [f"t{n}" for n in range(2500)]


def test_a_terminal_is_shown_the_first_rows_and_told_that_there_are_more(sotinh):
    answer = sotinh("query", "--sql", "select range as n from range(150)", FORCE_COLOR="1")
    assert "99" in answer.stdout
    assert "100" not in answer.stdout
    assert "Cut after 100 rows" in answer.stderr


def test_the_type_of_a_parameter_decides_what_a_value_means():
    assert parameter_value("a", "null", "x") is None
    assert parameter_value("a", "grdp, pci", ["x"]) == ["grdp", "pci"]
    assert parameter_value("a", "7", 3) == 7
    assert parameter_value("a", "2025", None) == "2025"


def test_equal_names_become_unequal_keys():
    assert unique_names(["a", "a", "b", "a_2", "a"]) == ["a", "a_2", "b", "a_2_2", "a_3"]


def test_limits():
    rows = Limited(iter([[1], [2]]), 2)
    assert (list(rows), rows.count, rows.has_more) == ([[1], [2]], 2, False)
    rows = Limited(iter([[1], [2]]), 0)
    assert (list(rows), rows.count, rows.has_more) == ([], 0, True)

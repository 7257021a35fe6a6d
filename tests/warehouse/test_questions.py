"""Files of questions: what is read of them, and what is said of one that is not made like the others."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pytest

from include.warehouse.questions import ask, defaults, read_question
from include.warehouse.reading import open_published

WHOLE = """-- Câu hỏi: Có mấy số
-- đến hết năm?
-- Question: How many figures?
-- Asked by: somebody.
--
-- Parameters
--   least, most   bounds
--
-- Columns
--   figures      how many there are
--                of them
set variable least = 2;
set variable most = null;

select count(*) as figures
from range(5) as numbers (n)
where n >= getvariable('least') and (getvariable('most') is null or n <= getvariable('most'));
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "01_how_many.sql"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_file_is_taken_apart(tmp_path):
    question = read_question(written(tmp_path, WHOLE))
    assert question.in_vietnamese == "Có mấy số đến hết năm?"
    assert (question.in_english, question.asked_by) == ("How many figures?", "somebody.")
    assert question.parameters == question.described_parameters == ("least", "most")
    assert question.columns == ("figures",)
    assert question.query.startswith("select")


def test_parameters_can_be_given_other_values(tmp_path):
    question = read_question(written(tmp_path, WHOLE))
    with duckdb.connect() as connection:
        assert defaults(connection, question) == {"least": 2, "most": None}
        assert ask(connection, question).fetchall() == [(3,)]
        assert ask(connection, question, {"most": 3}).fetchall() == [(2,)]
        assert ask(connection, question).fetchall() == [(3,)], "the file's values are back"
        with pytest.raises(ValueError, match=r"01_how_many has no parameter \['lest'\]"):
            ask(connection, question, {"lest": 1})


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("-- Asked by: somebody.\n", "", "no line `-- Asked by: …`"),
        ("-- Columns\n", "-- Column\n", "no part `-- Columns`"),
        ("select count(*)", "create table t as select count(*)", "and then one select"),
        ("set variable least = 2;", "set threads = 2;", "wanted `set variable`"),
    ],
)
def test_what_a_file_lacks_is_said_with_its_name(tmp_path, before, after, said):
    assert before in WHOLE
    with pytest.raises(ValueError, match=r"01_how_many\.sql") as caught:
        read_question(written(tmp_path, WHOLE.replace(before, after)))
    assert said in str(caught.value)


def test_opening_nothing_says_what_to_do(tmp_path):
    with pytest.raises(FileNotFoundError, match="make run"):
        open_published(tmp_path / "sotinh.duckdb")


@pytest.mark.parametrize(
    "text", ["", "-- nothing but this\n", WHOLE.replace("select", "select select ("), "select 'a"]
)
def test_a_file_that_duckdb_cannot_take_apart_is_named(tmp_path, text: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(ValueError, match=re.escape(str(path))):
        read_question(path)

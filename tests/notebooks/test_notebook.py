"""The notebook: that it asks every question, read from its source, and its answers, run without a browser.

The run is a lane of its own, `make test-notebook`, since marimo has an environment of its own.
"""

from __future__ import annotations

import ast
import os
import re
import subprocess
from pathlib import Path

import pytest

from benchmarks.queries.warehouse import make_published
from include.settings import PROJECT_ROOT
from include.warehouse.questions import read_questions

NOTEBOOK = PROJECT_ROOT / "notebooks" / "questions.py"
QUESTIONS = {question.name: question for question in read_questions()}
PYTHON = os.environ.get("SOTINH_NOTEBOOK_PYTHON")


def asked() -> dict[str, tuple[list[str], dict]]:
    """Columns and links of each call of answer(), by the question's name."""
    tree = ast.parse(NOTEBOOK.read_text(encoding="utf-8"))
    calls = [
        node.args
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "answer"
    ]
    read = [[ast.literal_eval(argument) for argument in arguments[:3]] for arguments in calls]
    return {name: (columns.split(), links) for name, columns, links in read}


def test_every_question_is_asked_and_in_order():
    assert list(asked()) == sorted(QUESTIONS)


@pytest.mark.parametrize("name", QUESTIONS)
def test_what_is_shown_and_linked_are_columns_of_the_question(name):
    columns, links = asked()[name]
    used = {*columns, *links, *(other for pair in links.values() for other in pair)}
    assert used <= set(QUESTIONS[name].columns)
    assert set(links) <= set(columns)


def test_no_sql_of_a_question_is_copied():
    text = NOTEBOOK.read_text(encoding="utf-8")
    assert not re.search(r"\bfrom marts\.(?!dim_articles|fct_indicators\))", text)


@pytest.mark.skipif(PYTHON is None, reason="make test-notebook runs it, in its own environment")
def test_the_notebook_answers_with_links_to_sentences(tmp_path: Path):
    published = make_published(tmp_path / "data", 2_000)
    page = tmp_path / "page.html"
    done = subprocess.run(
        [str(PYTHON), "-m", "notebooks", "--export", str(page)],
        cwd=PROJECT_ROOT,
        env=os.environ | {"SOTINH_DATA_DIR": str(published.parent), "PYTHONPATH": str(PROJECT_ROOT)},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    text = page.read_text(encoding="utf-8")
    assert "Nothing in this file answers it" not in text
    assert text.count("#:~:text=") > 50
    assert len(re.findall(r"\\u003Ctable", text)) == len(QUESTIONS)

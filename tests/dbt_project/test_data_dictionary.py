"""docs/data_dictionary.md is what the dbt project says now."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from include.contract import MARTS
from include.operations.data_dictionary import PAGE, data_dictionary

pytestmark = pytest.mark.stack


def test_the_page_is_current(parsed: dict[str, Any]) -> None:
    written = PAGE.read_text(encoding="utf-8")
    assert data_dictionary(parsed) == written, "run make dictionary"
    assert [line[4:] for line in sorted(written.splitlines()) if line.startswith("### ")] == sorted(MARTS)


def test_a_table_shows_key_grain_types_and_what_a_column_may_be(parsed: dict[str, Any]) -> None:
    text = data_dictionary(parsed)
    table = text.split("### bridge_meeting_articles\n")[1].split("### ")[0]
    assert "One row per meeting and article that reports it" in table
    assert "Key: `meeting_id` + `article_id`." in table
    assert "| `meeting_id` | varchar | Key of a meeting" in table
    assert "| key; → `fct_meetings.meeting_id` |" in table
    assert "| may be null; `same_sentence`, `edition`," in table


def test_another_project_is_another_page(parsed: dict[str, Any]) -> None:
    spoiled = copy.deepcopy(parsed)
    column = spoiled["nodes"]["model.sotinh.dim_units"]["columns"]["kind"]
    column["description"] = "Either\n this | that."
    assert r"| Either this \| that. |" in data_dictionary(spoiled)
    assert data_dictionary(spoiled) != data_dictionary(parsed)

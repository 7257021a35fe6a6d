"""docs/security.md promises nothing that is not there: each path, each test, a test for each control."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from include.settings import PROJECT_ROOT

PAGE = PROJECT_ROOT / "docs" / "security.md"
HEAD = "| ASVS | against | control | test |"
ASVS = re.compile(r"\d{1,2}\.\d{1,2}(?:\.\d{1,2})?(?:, \d{1,2}\.\d{1,2}(?:\.\d{1,2})?)*|–")


def rows(text: str) -> list[list[str]]:
    """The cells of every row of the tables of controls."""
    found, within = [], False
    for line in text.splitlines():
        within = line == HEAD or (within and line.startswith("|"))
        if within and line != HEAD and not line.startswith("|---"):
            found.append([cell.strip() for cell in line.strip("|").split(" | ")])
    return found


@cache
def names_of(path: Path) -> frozenset[str]:
    return frozenset(re.findall(r"^(?:async )?def (test_\w+)\(", path.read_text(encoding="utf-8"), re.M))


def faults(text: str) -> list[str]:
    """What the page says and is not so."""
    found = []
    for cells in rows(text):
        if len(cells) != 4 or not ASVS.fullmatch(cells[0]):
            found.append(f"no row of four with a number of ASVS: {cells}")
            continue
        controls, tests = (re.findall(r"`([^`]+)`", cell) for cell in cells[2:])
        if not controls or not tests:
            found.append(f"{cells[1]}: no control or no test")
        found += [f"{path} is not there" for path in controls if not (PROJECT_ROOT / path).is_file()]
        for named in tests:
            path, _, test = named.partition("::")
            file = PROJECT_ROOT / path
            if not file.is_file() or test not in names_of(file):
                found.append(f"{named} is not there")
    for path in re.findall(r"`((?:include|audit|bi|tests|dbt_project)/[\w./]+\.\w+)`", text):
        if not (PROJECT_ROOT / path).is_file():
            found.append(f"{path} is not there")
    return found


def test_every_control_and_every_test_of_the_page_is_there() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert len(rows(text)) > 35
    assert faults(text) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("`include/crawl/tls.py`", "`include/crawl/tsl.py`"),
        ("`tests/crawl/test_tls.py::test_a_cert", "`tests/crawl/test_tls.py::test_no_cert"),
        ("`tests/crawl/test_feeds.py::", "`tests/crawl/test_feed.py::"),
        ("| 1.5.1 | XML", "| XML | XML"),
        ("`include/site/search.py` |", "by care |"),
        (
            "`tests/site/test_search_index.py::test_a_hostile_name_ends_neither_script_nor_string` |",
            "by eye |",
        ),
        ("(`include/extract/calendar.py`", "(`include/extract/kalender.py`"),
    ],
)
def test_a_promise_that_is_not_kept_is_seen(before: str, after: str) -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert before in text
    assert faults(text.replace(before, after, 1)) != []

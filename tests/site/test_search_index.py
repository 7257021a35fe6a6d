"""What the search page is given: only what has a page, bounded, and safe wherever it is read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import duckdb
import pytest

from include.site.marts import Marts
from include.site.search import INDEX_LIMIT, LONGEST_NAME, as_script, search_index
from include.warehouse.manifest import MANIFEST_FILE, load_manifest
from include.warehouse.reading import open_published
from tests.site.samples import article, published

HOSTILE = '</script><script>alert(1)</script>\u2028"; alert(2); //\u202e&amp;'


class Everything(frozenset[str]):
    """The paths of a site that has every page."""

    def __contains__(self, path: object) -> bool:
        return bool(path)


def entries(folder: Path, language: str = "vi", paths: frozenset[str] = Everything()) -> dict[str, Any]:
    """The kinds of the index by name."""
    text = index(folder, language, paths)
    head, tail = "var sotinhSearch = ", ";\n"
    assert text.startswith(head)
    assert text.endswith(tail)
    return {kind["kind"]: kind for kind in json.loads(text[len(head) : -len(tail)])}


def index(folder: Path, language: str = "vi", paths: frozenset[str] = Everything()) -> str:
    manifest = load_manifest(folder / MANIFEST_FILE)
    assert manifest is not None
    with open_published(folder / "sotinh.duckdb") as connection:
        return search_index(Marts(connection, manifest), paths, language)


def test_what_is_of_today_comes_before_what_was(tmp_path: Path) -> None:
    rows = entries(published(tmp_path))["provinces"]["rows"]
    assert [row for row in rows if row[1] == "Lào Cai"] == [
        ["provinces/15-2025.html", "Lào Cai"],
        ["provinces/10-2008.html", "Lào Cai", "đến 30/6/2025"],
    ]


def test_names_of_the_other_language_find_it_too(tmp_path: Path) -> None:
    folder = published(tmp_path)
    (vietnamese,), (english,) = (
        [
            row
            for row in entries(folder, language)["indicators"]["rows"]
            if row[0].endswith("/forest_area.html")
        ]
        for language in ("vi", "en")
    )
    assert vietnamese[0] == english[0] == "indicators/forest_area.html"
    assert "forest area" in vietnamese[3]
    assert {"dien", "tich", "rung"} <= set(english[3].split())


def test_a_person_is_found_on_the_page_of_people(tmp_path: Path) -> None:
    person = {"person_id": "n1", "person_name": "Đặng Thị Mơ", "latest_title": "Phó Chủ tịch"}
    folder = published(tmp_path, people=[person | {"province_id": "15-2025", "meeting_count": 3}])
    people = entries(folder, paths=frozenset({"people.html"}))["people"]
    assert people["rows"] == [["people.html#p-n1", "Đặng Thị Mơ", "Phó Chủ tịch · Lào Cai"]]
    assert entries(folder, paths=frozenset())["people"]["rows"] == []


def test_only_pages_that_are_there_are_found(tmp_path: Path) -> None:
    folder = published(tmp_path, articles=[article("a1"), article("a2", title=None), article("a3")])
    rows = entries(folder, paths=frozenset({"articles/a1.html", "articles/a2.html"}))
    assert rows["articles"]["rows"] == [
        ["articles/a1.html", "Bến Lau có trạm bơm mới", "9/3/2026 · Báo Bến Lau"]
    ]
    assert rows["articles"]["total"] == 2
    assert rows["provinces"]["rows"] == []


def test_it_is_bounded_whatever_there_is(tmp_path: Path) -> None:
    person = {"person_id": "n", "person_name": "Đặng " * 40, "province_id": "15-2025", "meeting_count": 1}
    folder = published(tmp_path, articles=[article("a", title="Tin " * 2500)], people=[person])
    with duckdb.connect(str(folder / "sotinh.duckdb")) as connection:
        for mart, key in (("dim_articles", "article_id"), ("dim_people", "person_id")):
            connection.execute(
                f"insert into marts.{mart} select m.* replace (m.{key} || lpad(n::varchar, 5, '0') as {key})"
                f" from marts.{mart} as m, range(3000) as t (n)"
            )
    assert INDEX_LIMIT * 0.95 < len(index(folder).encode()) < 500_000
    found = entries(folder)
    assert found["articles"]["total"] == found["people"]["total"] == 3001
    assert 1000 < len(found["articles"]["rows"]) < 3000
    assert 200 < len(found["people"]["rows"]) < 3000
    assert {len(row[1]) for row in found["articles"]["rows"]} == {LONGEST_NAME}
    assert found["articles"]["rows"][0][1].endswith("Tin…")


def test_an_empty_warehouse_has_an_index(tmp_path: Path) -> None:
    folder = published(tmp_path, dim_provinces=[], dim_indicators=[])
    assert {kind["total"] for kind in entries(folder).values()} == {0}


def test_a_hostile_name_ends_neither_script_nor_string(tmp_path: Path) -> None:
    folder = published(tmp_path, articles=[article("a1", title=HOSTILE)])
    text = index(folder)
    assert not set("<>&\u2028\u2029\u202e") & set(text)
    ((_, name, _),) = entries(folder)["articles"]["rows"]
    assert name == '</script><script>alert(1)</script> "; alert(2); //⟨U+202E⟩&amp;'


@pytest.mark.parametrize("text", [HOSTILE, "\U0001f600 {{7*7}} ${1}", "\\u003c \\", "__proto__"])
def test_json_for_a_script_says_the_same(text: str) -> None:
    assert json.loads(as_script({"a": [text]})) == {"a": [text]}

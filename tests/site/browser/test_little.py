"""Sites with little or nothing to show open without a fault and say what is missing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from include.site.build import build_site
from tests.site.browser.rich import few_words
from tests.site.browser.watching import PHONE, View, Watcher, of_each_kind, width_beyond
from tests.site.samples import claim, published


def nothing(folder: Path) -> Path:
    """A warehouse before its first night, of which the vocabulary alone is known."""
    return published(folder, **few_words())


def not_even_words(folder: Path) -> Path:
    """Every mart without a row."""
    return published(folder, dim_provinces=[], dim_indicators=[], dim_units=[], dim_topics=[])


def one_night(folder: Path) -> Path:
    """One portal asked on one night, with one article and one figure."""
    night = {"source_id": "benlau", "night_on": date(2026, 3, 10), "batch_count": 1, "loaded_count": 1}
    return published(folder, claims=[claim("s1")], nights=[night | {"discovered_count": 1}], **few_words())


@pytest.mark.parametrize("make", [nothing, not_even_words, one_night])
def test_every_kind_of_page_opens_without_a_fault(
    make: Callable[[Path], Path], tmp_path: Path, watcher: Watcher
) -> None:
    build_site(make(tmp_path))
    tab = watcher.tab(View(PHONE))
    wrong: dict[str, list[str]] = {}
    kinds = of_each_kind(tmp_path / "site", "vi")
    for kind, pages in kinds.items():
        page = tab.open(pages[0])
        found = [*tab.faults]
        if beyond := width_beyond(page):
            found.append(f"{beyond} pixels wider than the phone")
        empty = page.locator("main table:not(:has(tbody tr))").count() + page.locator("main ul:empty").count()
        if empty:
            found.append(f"{empty} tables or lists without a row")
        text = page.locator("main").inner_text()
        found += [f"says {word}" for word in ("None", "NaN", "undefined", "nan") if word in text.split()]
        if found:
            wrong[kind] = found
    assert not wrong
    assert {"index", "provinces", "indicators", "meetings", "coverage", "search", "people"} <= set(kinds)


def test_what_is_missing_is_said(tmp_path: Path, watcher: Watcher) -> None:
    build_site(not_even_words(tmp_path))
    site, tab = tmp_path / "site" / "en", watcher.tab()
    for name, said in (
        ("index", "night"),
        ("provinces", "no"),
        ("indicators", "no"),
        ("meetings", "meeting"),
        ("people", "Nobody"),
        ("coverage", "None"),
    ):
        text = tab.open(site / f"{name}.html").locator("main").inner_text()
        assert said.lower() in text.lower(), f"{name}: {text}"


def test_a_province_without_data_says_so(site: Path, watcher: Watcher) -> None:
    page = watcher.tab().open(site / "vi" / "provinces" / "91-2025.html")
    assert page.locator("h1").inner_text() == "An Giang"
    assert page.locator("svg").count() == 0
    assert "chưa có" in page.locator("main").inner_text().lower()

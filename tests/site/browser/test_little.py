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


@pytest.fixture(scope="module", params=[nothing, not_even_words, one_night], ids=lambda make: make.__name__)
def little(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a site with little on it."""
    make: Callable[[Path], Path] = request.param
    folder = make(tmp_path_factory.mktemp(make.__name__))
    build_site(folder)
    return folder / "site"


def test_every_kind_of_page_opens_without_a_fault(little: Path, watcher: Watcher) -> None:
    tab = watcher.tab(View(PHONE))
    wrong: dict[str, list[str]] = {}
    kinds = of_each_kind(little, "vi")
    for kind, pages in kinds.items():
        page = tab.open(pages[0])
        found = [*tab.faults]
        if beyond := width_beyond(page):
            found.append(f"{beyond} pixels wider than the phone")
        rows = "main table:not(:has(tbody tr)), main ul:not(:has(li)), main ol:not(:has(li))"
        if empty := page.locator(rows).count():
            found.append(f"{empty} tables or lists without a row")
        text = page.locator("main").inner_text()
        found += [f"says {word}" for word in ("None", "NaN", "undefined", "nan") if word in text.split()]
        if found:
            wrong[kind] = found
    assert not wrong
    assert {"index", "provinces", "indicators", "meetings", "coverage", "search", "people"} <= set(kinds)


def test_what_is_missing_is_said(little: Path, watcher: Watcher) -> None:
    night = (little / "vi" / "indicators" / "forest_area.html").exists()
    for name, said in (
        ("index", "the night of" if night else "no night"),
        ("meetings", "no meeting"),
        ("people", "nobody"),
        ("indicators", "figure"),
    ):
        text = watcher.tab().open(little / "en" / f"{name}.html").locator("main").inner_text()
        assert said in text.lower(), f"{name}: {text}"


def test_a_province_without_data_says_so(site: Path, watcher: Watcher) -> None:
    page = watcher.tab().open(site / "vi" / "provinces" / "91-2025.html")
    assert page.locator("h1").inner_text() == "An Giang"
    assert page.locator("svg").count() == 0
    assert "chưa có" in page.locator("main").inner_text().lower()

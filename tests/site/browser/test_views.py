"""Every kind of page as people meet it: desktop and phone, light and dark, both languages, and on paper."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from include.site.words import LANGUAGES
from tests.site.browser.watching import DESKTOP, PHONE, Tab, View, Watcher, names, of_each_kind, width_beyond

axe = pytest.importorskip("axe_playwright_python.base", reason="axe-playwright-python is not installed")

KINDS = {
    "index",
    "provinces",
    "province",
    "indicators",
    "indicator",
    "meetings",
    "month",
    "meeting",
    "people",
    "article",
    "coverage",
    "search",
}
VIEWS = [View(size, scheme) for size in (DESKTOP, PHONE) for scheme in ("light", "dark")]
# Every kind of page, size, scheme and language in any case; every combination of them in a lane of its own.
USUAL = {("vi", VIEWS[0]), ("en", VIEWS[3])}
EVERY = [(language, view) for language in LANGUAGES for view in VIEWS]
LOOKED_AT = EVERY if os.environ.get("SOTINH_EVERY_VIEW") else [one for one in EVERY if one in USUAL]
SEVERE = {"serious", "critical"}
# axe-core takes its time: in any case over the kinds with every sort of element, in the lane over all.
RICHEST = {"index", "province", "indicator", "meeting", "article", "coverage", "search"}


@pytest.fixture(params=LOOKED_AT, ids=lambda one: f"{one[0]}, {one[1]}")
def looked_at(request: pytest.FixtureRequest) -> tuple[str, View]:
    return request.param


def barriers(tab: Tab) -> list[dict[str, Any]]:
    """What axe-core finds serious or critical on the page that is open."""
    tab.page.evaluate(axe.AXE_SCRIPT)
    found = tab.page.evaluate(
        "axe.run(document, {resultTypes: ['violations'], preload: false, iframes: false})"
    )
    return [one for one in found["violations"] if one["impact"] in SEVERE]


def test_every_kind_of_page_is_there(site: Path) -> None:
    for language in LANGUAGES:
        assert set(of_each_kind(site, language)) == KINDS


def test_nothing_goes_wrong_on_any_kind_of_page(site: Path, watcher: Watcher, looked_at) -> None:
    language, view = looked_at
    tab = watcher.tab(view)
    wrong: dict[str, list[str]] = {}
    for kind, pages in of_each_kind(site, language).items():
        for path in pages:
            page = tab.open(path)
            found = [*tab.faults]
            if beyond := width_beyond(page):
                found.append(f"{beyond} pixels wider than the window")
            if page.locator("h1").count() != 1:
                found.append("not one h1")
            if found:
                wrong[f"{kind} {path.name}"] = found
    assert not wrong


def test_no_barrier_on_any_kind_of_page(site: Path, watcher: Watcher, looked_at) -> None:
    language, view = looked_at
    tab = watcher.tab(View(view.size, view.scheme, unguarded=True))
    wrong: dict[str, list[str]] = {}
    for kind, pages in of_each_kind(site, language).items():
        if len(LOOKED_AT) < len(EVERY) and (kind not in RICHEST or view != VIEWS[0]):
            continue
        tab.open(pages[0])
        if found := names(barriers(tab)):
            wrong[f"{kind} {pages[0].name}"] = found
    assert not wrong


def test_what_goes_wrong_is_seen(tmp_path: Path, watcher: Watcher) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        "<!doctype html><html><body><img src='http://127.0.0.2:9/x.png'><p style='width:200vw'>x</p>"
        "<script>console.warn('said'); alert('asked'); throw new Error('broken')</script></body></html>",
        encoding="utf-8",
    )
    tab = watcher.tab(View(PHONE, unguarded=True))
    tab.open(page)
    told = "\n".join(tab.faults)
    for part in ("request to another host: http://127.0.0.2:9/", "warning: said", "asked", "broken"):
        assert part in told
    assert width_beyond(tab.page) > 0
    assert {"html-has-lang", "image-alt"} <= {one["id"] for one in barriers(tab)}


def test_on_paper_the_page_is_dark_on_white_without_menu(site: Path, watcher: Watcher) -> None:
    tab = watcher.tab(View(scheme="dark"))
    page = tab.open(of_each_kind(site, "vi")["article"][0])
    assert page.locator("header nav").is_visible()
    page.emulate_media(media="print")
    try:
        assert not page.locator("header nav").is_visible()
        assert not page.locator("header form").is_visible()
        assert page.locator("h1").is_visible()
        colours = page.evaluate(
            "[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color]"
        )
        assert [sum(map(int, one[4:-1].split(","))) for one in colours] == [765, pytest.approx(0, abs=150)]
    finally:
        page.emulate_media(media="screen")

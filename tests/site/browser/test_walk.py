"""From a point of a chart to the sentence behind it, and through a page with the keyboard alone."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import duckdb
import pytest

from tests.site.browser.watching import DESKTOP, PHONE, View, Watcher, of_each_kind

POINT = "figure svg a"
FOCUSED = "document.activeElement"


def printed(site: Path, statement_id: str) -> tuple[str, str]:
    """The number and the sentence of a claim, from the published file that the site was made from."""
    with duckdb.connect(str(site.parent / "sotinh.duckdb"), read_only=True) as connection:
        found = connection.execute(
            "select value_text, quote from marts.fct_indicators where statement_id = ?", [statement_id]
        ).fetchall()
    assert len(found) == 1, statement_id
    return found[0]


@pytest.mark.parametrize("view", [View(DESKTOP), View(PHONE)], ids=str)
@pytest.mark.parametrize("kind", ["province", "indicator"])
def test_a_point_of_a_chart_leads_to_its_sentence(
    site: Path, watcher: Watcher, kind: str, view: View
) -> None:
    tab = watcher.tab(view)
    chart = of_each_kind(site, "vi")[kind][0]
    points = tab.open(chart).locator(f"{POINT}[href*='#c-']")
    for number in {0, points.count() - 1}:
        page = tab.open(chart)
        href = points.nth(number).get_attribute("href")
        assert href is not None
        points.nth(number).click()
        page.wait_for_url("**/articles/*.html#c-*")
        anchor = urlsplit(href).fragment
        value, quote = printed(site, anchor.removeprefix("c-"))
        marked = page.locator(f"[id='{anchor}']")
        assert marked.inner_text() == value
        assert quote in page.locator(".sentence", has=marked).inner_text().replace("\u00a0", " ")
        top, height = (marked.bounding_box() or {}).get("y", -1), view.size[1]
        assert 0 <= top < height
        assert not tab.faults


def test_every_point_says_what_it_is_and_can_be_reached(site: Path, watcher: Watcher) -> None:
    page = watcher.tab().open(of_each_kind(site, "vi")["province"][0])
    points = page.locator(POINT)
    assert points.count() > 3
    for number in range(min(points.count(), 8)):
        points.nth(number).focus()
        name = page.evaluate(f"{FOCUSED}.getAttribute('aria-label') || {FOCUSED}.textContent")
        assert any(char.isdigit() for char in name)
    points.first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/articles/*.html#c-*")


def test_the_keyboard_gets_to_everything_in_the_order_of_the_page(site: Path, watcher: Watcher) -> None:
    tab = watcher.tab()
    page = tab.open(of_each_kind(site, "en")["indicator"][0])
    passed = []
    for _ in range(60):
        page.keyboard.press("Tab")
        passed.append(
            page.evaluate(
                f"{FOCUSED}.closest('figure') && {FOCUSED}.closest('svg') ? 'point' :"
                f" {FOCUSED}.closest('nav') ? 'menu' : {FOCUSED}.name === 'q' ? 'search' :"
                f" {FOCUSED}.className === 'skip' ? 'skip' : 'other'"
            )
        )
    order = list(dict.fromkeys(one for one in passed if one != "other"))
    assert order[:3] == ["skip", "menu", "search"]
    assert "point" in order


def test_the_skip_link_is_seen_when_it_is_reached_and_skips(site: Path, watcher: Watcher) -> None:
    page = watcher.tab().open(of_each_kind(site, "vi")["article"][0])
    page.keyboard.press("Tab")
    box = page.locator("a.skip").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate(f"{FOCUSED}.id") == "content"
    page.keyboard.press("Tab")
    assert page.evaluate(f"document.querySelector('main').contains({FOCUSED})")


def test_the_other_language_has_the_same_page(site: Path, watcher: Watcher) -> None:
    tab = watcher.tab()
    for pages in of_each_kind(site, "vi").values():
        page = tab.open(pages[0])
        page.locator("a.language").click()
        page.wait_for_url(lambda url, to=pages[0]: url == to.as_uri().replace("/site/vi/", "/site/en/"))
        assert page.locator("html").get_attribute("lang") == "en"
        assert page.locator("a.language").inner_text() == "Tiếng Việt"
    assert not tab.faults

"""Texts that attack the page they stand on are texts: a Chromium opens every page of a site full of them."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pytest

from include.site.build import build_site
from tests.site.browser.rich import rich
from tests.site.browser.spoiling import SCRIPT, TEXTS, spoil, spoiled_columns
from tests.site.browser.watching import PHONE, View, Watcher, kind_of, width_beyond

# Turns over everything that can be pointed at, then tells what must not be on the page.
LOOK = """() => {
    const all = [...document.querySelectorAll("*")];
    for (const one of all)
        for (const kind of ["mouseover", "mouseenter", "focus"]) one.dispatchEvent(new Event(kind));
    const strange = ["iframe", "object", "embed", "base", "style", "img", "image", "foreignobject"];
    return {
        ran: window.__pwned ?? null,
        handlers: all.flatMap(one => one.getAttributeNames()).filter(name => name.startsWith("on")),
        strange: all.map(one => one.localName.toLowerCase()).filter(name => strange.includes(name)),
        leaves: document.querySelectorAll("meta[http-equiv=refresh]").length,
        scripts: [...document.scripts].map(one => one.getAttribute("src")),
        links: [...document.querySelectorAll("[href]")].map(one => one.getAttribute("href")),
        text: document.body.textContent,
        title: document.title,
    };
}"""
LEADS = re.compile(r"https?://[^/]|#|(\.\./)*[\w./-]+\.(html|css|svg)([?#]|$)|data:,$")
UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


@pytest.fixture(scope="module")
def spoiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = spoil(rich(tmp_path_factory.mktemp("spoiled"), few=True))
    build_site(folder, full_text_of=["benlau"])
    return folder


def faults(watcher: Watcher, page: Path) -> list[str]:
    """What is wrong with one page."""
    tab = watcher.tab(View(PHONE, unguarded=True))
    opened = tab.open(page)
    seen = opened.evaluate(LOOK)
    found = [*tab.faults, *(f"handler {name}" for name in seen["handlers"])]
    found += [f"element {name}" for name in seen["strange"]]
    found += [f"link {href[:80]}" for href in seen["links"] if not LEADS.match(href)]
    found += [f"script {src}" for src in seen["scripts"] if src is None or "attacker" in src]
    found += ["leads away by itself"] * seen["leaves"]
    if seen["ran"] is not None:
        found.append(f"text {seen['ran']} ran")
    if UNSEEN.search(seen["text"]) or UNSEEN.search(seen["title"]):
        found.append("characters that cannot be seen")
    if beyond := width_beyond(opened):
        found.append(f"{beyond} pixels wider than the phone")
    return found


def test_no_text_does_anything_on_any_page(spoiled: Path, watcher: Watcher) -> None:
    pages = sorted((spoiled / "site").rglob("*/*.html"))
    wrong = {str(page.relative_to(spoiled)): found for page in pages if (found := faults(watcher, page))}
    assert not wrong


def test_every_kind_of_page_shows_them_as_text(spoiled: Path) -> None:
    root = spoiled / "site" / "vi"
    shown = {
        kind_of(page.relative_to(root))
        for page in root.rglob("*.html")
        if SCRIPT.replace("<", "&lt;").replace(">", "&gt;") in page.read_text(encoding="utf-8")
    }
    assert {kind_of(page.relative_to(root)) for page in root.rglob("*.html")} - shown == {"search"}


def test_a_search_lists_them_as_text(spoiled: Path, watcher: Watcher) -> None:
    tab = watcher.tab(View(PHONE, unguarded=True))
    page = tab.open(spoiled / "site" / "vi" / "search.html")
    page.fill("header input[name=q]", "script")
    page.locator("#search-results section li").first.wait_for()
    assert SCRIPT in page.locator("#search-results").inner_text()
    assert page.evaluate("window.__pwned") is None
    assert page.locator("main img, main script, main svg, main iframe").count() == 0
    assert not width_beyond(page)
    assert not tab.faults


def test_texts_that_were_let_through_would_be_seen(spoiled: Path, watcher: Watcher) -> None:
    """Every text, put into a page as it is, does or leaves something that `faults` tells."""
    page = spoiled / "planted.html"
    plain = "<!doctype html><html><body><p>x</p>{}</body></html>"
    for text in TEXTS:
        around = f'<p title="{text}">y</p>' if text.startswith('"') else f"<a href='{text}'>z</a>"
        page.write_text(plain.format(text if "<" in text else around), encoding="utf-8")
        assert faults(watcher, page), text
    page.write_text(plain.format("<p style='width:2000px'>x</p>"), encoding="utf-8")
    assert faults(watcher, page)


def test_the_policy_stops_what_escaping_would_have_let_through(spoiled: Path, watcher: Watcher) -> None:
    page = spoiled / "site" / "vi" / "planted.html"
    whole = (spoiled / "site" / "vi" / "search.html").read_text(encoding="utf-8")
    page.write_text(whole.replace("<h1", f"{''.join(TEXTS[:3])}<h1"), encoding="utf-8")
    try:
        tab = watcher.tab(View(PHONE))
        opened = tab.open(page)
        assert opened.evaluate("window.__pwned") is None
        assert any("Content Security Policy" in fault for fault in tab.faults)
    finally:
        page.unlink()


def test_what_is_spoiled(spoiled: Path) -> None:
    with duckdb.connect(str(spoiled / "sotinh.duckdb"), read_only=True) as connection:
        columns = spoiled_columns(connection)
    assert {
        ("dim_articles", "title"),
        ("dim_articles", "body"),
        ("dim_articles", "url"),
        ("dim_sources", "source_name"),
        ("fct_indicators", "indicator_name"),
        ("fct_indicators", "quote"),
        ("fct_indicators", "value_text"),
        ("fct_meetings", "topic"),
        ("fct_directives", "action"),
        ("dim_people", "person_name"),
        ("fct_gate_results", "explanation"),
        ("fct_article_outcomes", "detail"),
        ("dim_provinces", "name"),
    } <= set(columns)
    assert len(columns) > 50

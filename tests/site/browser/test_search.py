"""The search as people use it: from any page, without diacritics, from disk and from a web server."""

from __future__ import annotations

import re
import shutil
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page, expect

from include.folding import folded
from include.site.build import ASSETS
from tests.site.browser.watching import PHONE, View, Watcher

VOWELS = "aăâeêioôơuưy"
TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
LETTERS = [unicodedata.normalize("NFC", vowel + tone) for vowel in VOWELS for tone in TONES] + ["đ"]
BOX = "header input[name=q]"


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 - the name it has above
        pass


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a web server on this machine that hands out the folder."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def found(page: Page) -> dict[str, list[str]]:
    """Names that are listed, by the heading above them, in their order."""
    return {
        group.locator("h2").inner_text(): group.locator("li a").all_inner_texts()
        for group in page.locator("#search-results section").all()
    }


def ask(page: Page, text: str) -> dict[str, list[str]]:
    """What is found for a text typed into the box of the page that is open, by the return key."""
    page.fill(BOX, text)
    # The address tells the query already before the page that the form leads to is there.
    with page.expect_event("load"):
        page.press(BOX, "Enter")
    assert parse_qs(urlsplit(page.url).query).get("q") == [text]
    return found(page)


def test_a_province_is_found_without_its_diacritics_and_opened(site: Path, watcher: Watcher) -> None:
    tab = watcher.tab()
    page = tab.open(site / "vi" / "index.html")
    groups = ask(page, "lao cai")
    assert groups["Tỉnh"] == ["Lào Cai", "Lào Cai"]
    assert groups["Người"] == ["Đặng Thị Mơ"]
    assert set(groups) == {"Tỉnh", "Người", "Cuộc họp", "Bài"}
    count = sum(map(len, groups.values()))
    expect(page.get_by_role("status")).to_have_text(f"{count} kết quả cho “lao cai”.")
    assert page.title() == "lao cai · Tìm · Số tỉnh"
    page.locator("#search-results a").first.click()
    assert page.url == (site / "vi" / "provinces" / "15-2025.html").as_uri()
    assert not tab.faults


def test_capitals_and_diacritics_in_the_query_change_nothing(site: Path, watcher: Watcher) -> None:
    page = watcher.tab().open(site / "en" / "search.html")
    plain = ask(page, "dak lak")
    assert plain["Provinces"][0] == "Dak Lak"
    assert ask(page, "ĐẮK  Lắk") == ask(page, unicodedata.normalize("NFD", "Đắk Lắk")) == plain


def test_a_letter_with_a_stroke_is_found_by_one_without(site: Path, watcher: Watcher) -> None:
    page = watcher.tab().open(site / "vi" / "search.html")
    assert {"Đắk Lắk", "Đồng Nai", "Đà Nẵng"} <= set(ask(page, "d")["Tỉnh"])


def test_what_begins_with_the_words_comes_first(site: Path, watcher: Watcher) -> None:
    page = watcher.tab().open(site / "vi" / "search.html")
    provinces = [folded(name) for name in ask(page, "an")["Tỉnh"]]
    begins = [any(word.startswith("an") for word in name.split()) for name in provinces]
    assert provinces[0] == "an giang"
    assert begins == sorted(begins, reverse=True)
    assert begins.count(False) > 3
    assert ask(page, "cai lao")["Tỉnh"] == ["Lào Cai", "Lào Cai"]


def test_an_indicator_is_found_in_both_languages_and_by_its_code(site: Path, watcher: Watcher) -> None:
    page = watcher.tab().open(site / "vi" / "search.html")
    names = [ask(page, text)["Chỉ tiêu"][0] for text in ("dien tich rung", "forest area", "forest_area")]
    assert len({*names}) == 1
    assert folded(names[0]).startswith("dien tich")


def test_the_list_follows_the_keys_and_the_address_the_list(site: Path, watcher: Watcher) -> None:
    tab = watcher.tab()
    page = tab.open(site / "vi" / "search.html")
    expect(page.locator(BOX)).to_be_focused()
    page.keyboard.type("yen b")
    expect(page.locator("#search-results section li a").first).to_have_text("Yên Bái")
    assert page.url.endswith("search.html?q=yen%20b")
    page.locator("a.language").click()
    assert page.url == f"{(site / 'en' / 'search.html').as_uri()}?q=yen%20b"
    assert found(page)["Provinces"] == ["Yen Bai"]
    page.fill(BOX, "")
    expect(page.locator("#search-results section")).to_have_count(0)
    assert not tab.faults


def test_by_keyboard_alone_from_the_box_to_a_result(site: Path, watcher: Watcher) -> None:
    page = watcher.tab().open(site / "vi" / "search.html")
    page.keyboard.type("yen bai")
    expect(page.locator("#search-results section")).not_to_have_count(0)
    page.keyboard.press("Tab")
    focused = "document.activeElement.textContent"
    assert page.evaluate(focused) == "Yên Bái"
    page.keyboard.press("Enter")
    page.wait_for_url("**/provinces/15-2008.html")


def test_nothing_found_is_said_and_a_query_is_text(site: Path, watcher: Watcher) -> None:
    tab = watcher.tab(View(unguarded=True))
    page = tab.open(site / "vi" / "search.html")
    query = "<img src=x onerror=window.__pwned=1>{{7*7}}</script>"
    assert ask(page, query) == {}
    expect(page.get_by_role("status")).to_have_text(f"Không thấy gì cho “{query}”. Thử ít chữ hơn.")
    assert page.evaluate("window.__pwned") is None
    assert page.locator("main img").count() == 0
    assert ask(page, "?! –") == {}
    assert not tab.faults


def test_without_scripts_the_page_says_where_to_look(site: Path, watcher: Watcher) -> None:
    page = watcher.tab(View(PHONE, scripts=False)).open(site / "en" / "search.html")
    assert "Searching needs JavaScript" in page.locator("main").inner_text()
    assert page.locator("main noscript a").all_inner_texts() == ["Provinces", "Indicators", "Meetings"]


def test_an_index_that_is_missing_is_said(site: Path, tmp_path: Path, watcher: Watcher) -> None:
    shutil.copytree(site / "assets", tmp_path / "assets")
    (tmp_path / "vi").mkdir()
    shutil.copy(site / "vi" / "search.html", tmp_path / "vi")
    page = watcher.tab().open(tmp_path / "vi" / "search.html")
    expect(page.get_by_role("status")).to_contain_text("search-index.js")


def test_from_a_web_server_as_from_disk(site: Path, watcher: Watcher) -> None:
    tab = watcher.tab(View(PHONE))
    from_disk = ask(tab.open(site / "vi" / "index.html"), "lao cai")
    with served(site) as address:
        page = tab.open(f"{address}/")
        page.wait_for_url("**/vi/index.html")
        assert ask(page, "lao cai") == from_disk
        page.locator("#search-results a").first.click()
        page.wait_for_url("**/provinces/15-2025.html")
        assert not tab.faults


def test_the_browser_folds_as_python_does(site: Path, watcher: Watcher) -> None:
    script = (ASSETS / "search.js").read_text(encoding="utf-8")
    fold = re.search(r"^  function folded\(text\) \{.*?^  \}$", script, flags=re.DOTALL | re.MULTILINE)
    assert fold is not None
    composed = [text for letter in LETTERS for text in (letter, letter.upper())]
    latin = [chr(code) for code in (*range(0x20, 0x250), *range(0x1E00, 0x1F00))]
    texts = [*composed, *(unicodedata.normalize("NFD", text) for text in composed), *latin]
    texts += ["Bà Rịa - Vũng Tàu", "  TP.Hồ Chí Minh\u00a0(2025) ", "forest_area", "Đắk\u200bLắk", "½ km²"]
    page = watcher.tab().open(site / "vi" / "search.html")
    told = page.evaluate(f"(texts) => {{ {fold[0]}\n return texts.map(folded); }}", texts)
    assert dict(zip(texts, told, strict=True)) == {text: folded(text) for text in texts}
    assert {folded(text) for text in composed} == set("aeiouyd")

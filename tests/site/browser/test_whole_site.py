"""Every link of a built site leads somewhere, every page can be reached, and a second build is the same."""

from __future__ import annotations

import posixpath
from collections import Counter
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from lxml import html

from include.site.build import build_site
from include.site.words import LANGUAGES
from tests.site.browser.rich import rich

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src data:; base-uri 'none';"
    " form-action 'self'"
)
HEAVIEST = 500_000


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, html.HtmlElement]:
    """Every page by its place in the site."""
    return {
        path.relative_to(site).as_posix(): html.document_fromstring(path.read_text(encoding="utf-8"))
        for path in sorted(site.rglob("*/*.html"))
    }


def links(page: html.HtmlElement) -> list[str]:
    """Addresses on a page, those of charts and of files it loads as well."""
    return [*page.xpath("//@href"), *page.xpath("//@src"), *page.xpath("//form/@action")]


def astray(site: Path, pages: dict[str, html.HtmlElement]) -> list[str]:
    """Links that lead nowhere."""
    anchors = {path: set(page.xpath("//@id")) for path, page in pages.items()}
    wrong = []
    for path, page in pages.items():
        for link in links(page):
            parts = urlsplit(link)
            if parts.scheme in ("http", "https", "data"):
                continue
            there = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path)))
            there = there if parts.path else path
            if there not in pages and not (site / there).is_file():
                wrong.append(f"{path}: {link} is no file")
            elif parts.fragment and unquote(parts.fragment) not in anchors.get(there, set()):
                wrong.append(f"{path}: {link} is no place on the page")
    return wrong


def test_every_link_leads_to_a_page_and_a_place_on_it(site: Path, pages: dict[str, html.HtmlElement]) -> None:
    assert not astray(site, pages)
    charts = [link for page in pages.values() for link in page.xpath("//figure//svg//a/@href")]
    assert sum("#c-" in link for link in charts) > 20


def test_a_link_that_leads_astray_is_seen(site: Path) -> None:
    planted = html.document_fromstring(
        "<p id='here'><a href='#here'>x</a><a href='#there'>x</a><a href='gone.html'>x</a>"
        "<a href='../vi/search.html#nowhere'>x</a><a href='https://benlau.example/'>x</a></p>"
    )
    search = html.parse(str(site / "vi" / "search.html")).getroot()
    assert [
        fault.split(": ")[1] for fault in astray(site, {"vi/x.html": planted, "vi/search.html": search})
    ] == [
        "#there is no place on the page",
        "gone.html is no file",
        "../vi/search.html#nowhere is no place on the page",
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_can_be_reached_from_the_first(pages: dict[str, html.HtmlElement], language: str) -> None:
    seen, waiting = set(), [f"{language}/index.html"]
    while waiting:
        path = waiting.pop()
        seen.add(path)
        for link in pages[path].xpath("//a/@href | //form/@action"):
            there = posixpath.normpath(posixpath.join(posixpath.dirname(path), urlsplit(link).path))
            if not urlsplit(link).scheme and there in pages and there not in seen:
                waiting.append(there)
    assert {path for path in pages if path.startswith(f"{language}/")} <= seen


def test_what_every_page_has(site: Path, pages: dict[str, html.HtmlElement]) -> None:
    for path, page in pages.items():
        language, place = path.split("/", 1)
        other = LANGUAGES[1 - LANGUAGES.index(language)]
        assert page.get("lang") == language
        assert page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content") == [POLICY]
        assert page.xpath("//meta[@name='referrer']/@content") == ["no-referrer"]
        outside = [link for link in page.xpath("//a[@href]") if "://" in link.get("href")]
        assert all({"noopener", "noreferrer"} <= set(link.get("rel", "").split()) for link in outside), path
        assert not page.xpath("//@style | //style | //script[not(@src)] | //@*[starts-with(name(), 'on')]"), (
            path
        )
        assert max(Counter(page.xpath("//@id")).values(), default=1) == 1, path
        assert len(page.xpath("//h1")) == 1, path
        levels = [int(heading.tag[1]) for heading in page.xpath("//h1|//h2|//h3|//h4|//h5|//h6")]
        assert all(after <= before + 1 for before, after in pairwise(levels)), path
        (switch,) = page.xpath("//a[@class='language']/@href")
        assert posixpath.normpath(posixpath.join(posixpath.dirname(path), switch)) == f"{other}/{place}"
        assert (site / path).stat().st_size < HEAVIEST
        assert page.xpath("//title/text()")[0].strip(), path


def contents(folder: Path) -> dict[str, bytes]:
    """The bytes of every file by its place."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_the_same_input_gives_the_same_bytes_and_a_second_build_draws_no_chart_anew(tmp_path: Path) -> None:
    one, other = (rich(tmp_path / name, few=True) for name in ("one", "other"))
    for folder in (one, other):
        build_site(folder)
    pages = contents(one / "site")
    assert pages.keys() == contents(other / "site").keys()
    assert [name for name, held in contents(other / "site").items() if pages[name] != held] == []
    charts = one / ".site-charts"
    before = {path.name: path.stat().st_mtime_ns for path in charts.iterdir()}
    build_site(one)
    assert before
    assert {path.name: path.stat().st_mtime_ns for path in charts.iterdir()} == before
    assert contents(one / "site") == pages

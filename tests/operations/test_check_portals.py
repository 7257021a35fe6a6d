"""The check of a registry tells what answered, what to mend, and leaves no trace."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from include.crawl.http import Limits
from include.crawl.stage import CrawlOptions
from include.operations.check_portals import check_portals, gave_nothing, main, print_checks
from include.operations.portal_advice import advice_for
from include.operations.portal_check import PortalCheck
from include.portals.portal import Portal
from include.portals.registry import Registry
from tests.clean.samples import TITLE, html_of
from tests.crawl.conftest import FakeTime, PortalServer

STORY = "/mo-rong-vung-che-nguyen-lieu-o-na-pha-post101.html"


@pytest.fixture
def servers() -> Iterator[Callable[[], PortalServer]]:
    running: list[PortalServer] = []

    def start() -> PortalServer:
        running.append(PortalServer())
        return running[-1]

    yield start
    for server in running:
        server.close()


@pytest.fixture
def options() -> CrawlOptions:
    return CrawlOptions(clock=FakeTime().clock, limits=Limits(connect_s=2, read_s=2, total_s=3))


@pytest.fixture
def check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: CrawlOptions) -> Callable[..., int]:
    """Runs the command over entries (base_url and what differs); the data folder is watched."""
    monkeypatch.setenv("SOTINH_PORTALS", str(tmp_path / "portals.yml"))
    monkeypatch.setenv("SOTINH_DATA_DIR", str(tmp_path / "data"))

    def run(*entries: dict[str, Any], only: str = "") -> int:
        whole = [
            {"id": f"bao{number}", "name": f"Báo {number}", "province": None, "allow_private": True}
            | {"crawl_delay_s": 0}
            | entry
            for number, entry in enumerate(entries, start=1)
        ]
        (tmp_path / "portals.yml").write_text(json.dumps({"portals": whole}), encoding="utf-8")
        code = main(["--only", only] if only else [], options)
        assert [path.name for path in tmp_path.iterdir()] == ["portals.yml"]
        return code

    return run


def good(server: PortalServer, **fields: Any) -> dict[str, Any]:
    """An ePi portal with a feed, a map, a listing and one story, and its entry."""
    server.feed("/rss/home.rss", f"{server.origin}{STORY}")
    server.xml("/sitemap.xml", f"<urlset><url><loc>{server.origin}{STORY}</loc></url></urlset>")
    server.html("/kinh-te/", f"<html><body><a href='{STORY}'>{TITLE}</a></body></html>")
    server.put(STORY, html_of("epi").encode())
    entry = {
        "base_url": server.origin,
        "feeds": ["/rss/home.rss"],
        "sitemaps": ["/sitemap.xml"],
        "listings": ["/kinh-te/"],
    }
    return entry | fields


def said(capsys: pytest.CaptureFixture[str]) -> str:
    return re.sub(r"\s+", " ", capsys.readouterr().out)


def test_a_portal_whose_entry_holds(servers, check, capsys) -> None:
    server = servers()
    assert check(good(server, family="epi")) == 0
    out = said(capsys)
    assert "feed /rss/home.rss 200 read allows 1 known" in out
    assert "sitemap /sitemap.xml 200 read allows 1 known" in out
    assert "listing /kinh-te/ 200 read allows 1 known" in out
    assert "bao1 epi epi Hội nghị bàn giải pháp" in out
    assert "2024-05-03 (metadata)" in out
    assert "bao1: nothing: the entry holds as it is" in out
    assert "1 portals: 1 answered, 0 not allowed, 0 gave nothing" in out
    assert server.paths() == ["/robots.txt", "/rss/home.rss", "/sitemap.xml", "/kinh-te/", STORY]


def test_guesses_that_hold_are_to_be_marked_as_known(servers, check, capsys) -> None:
    server = servers()
    assert check(good(server, family="epi", guessed=["family", "feeds", "listings"])) == 0
    out = said(capsys)
    assert "feed /rss/home.rss 200 read allows 1 guessed" in out
    for key in ("family", "feeds", "listings"):
        assert f"take `{key}` out of `guessed`" in out
    assert "take `sitemaps`" not in out


def test_a_document_that_fails_is_named_with_what_to_do(servers, check, capsys) -> None:
    server = servers()
    entry = good(server, family="epi", guessed=["feeds"])
    entry["feeds"] = ["/rss/home.rss", "/rss/kinh-te.rss"]
    server.put("/kinh-te/", b"%PDF-1.7", headers={"Content-Type": "application/pdf"})
    assert check(entry) == 0
    out = said(capsys)
    assert "feed /rss/kinh-te.rss 404 failed (http_404) allows 0 guessed" in out
    assert "/rss/kinh-te.rss answers 404: correct it, or remove it from feeds" in out
    assert "/kinh-te/ is no listing (not_html): correct it, or remove it from listings" in out
    assert "out of `guessed`" not in out


def test_what_robots_forbids_is_no_failure(servers, check, capsys) -> None:
    server = servers()
    server.put("/robots.txt", b"User-agent: *\nDisallow: /\n")
    assert check(good(server)) == 0
    out = said(capsys)
    assert "feed /rss/home.rss not_allowed (robots_disallowed) forbids 0 known" in out
    assert "robots.txt forbids all that the entry names" in out
    assert "0 answered, 1 not allowed, 0 gave nothing" in out
    assert server.paths() == ["/robots.txt"]


def test_a_section_that_robots_forbids_is_told_and_its_delay(servers, check, capsys) -> None:
    server = servers()
    server.put("/robots.txt", b"User-agent: *\nCrawl-delay: 7\nDisallow: /kinh-te/\n")
    assert check(good(server, family="epi")) == 0
    out = said(capsys)
    assert "robots /robots.txt 200 read pause 7 s" in out
    assert (
        "/kinh-te/ is forbidden by robots.txt (robots_disallowed): leave it, or remove it from listings"
        in out
    )
    assert "/kinh-te/" not in server.paths()


def test_the_article_is_the_first_that_robots_allows(servers, check, capsys) -> None:
    server = servers()
    other = "/chuyen-muc-rieng/nhip-cau-ban-doc-cuoi-tuan-post102.html"
    entry = good(server)
    server.feed("/rss/home.rss", f"{server.origin}{other}", f"{server.origin}{STORY}")
    server.put("/robots.txt", b"User-agent: *\nDisallow: /chuyen-muc-rieng/\n")
    assert check(entry) == 0
    assert other not in server.paths()
    assert STORY in server.paths()
    assert "write `family: epi`" in said(capsys)


def test_a_host_that_gives_no_answer_fails_the_check_and_not_the_others(servers, check, capsys) -> None:
    server, silent = servers(), servers()
    silent.close()
    assert check({"base_url": silent.origin, "feeds": ["/rss/home.rss"]}, good(server)) == 1
    out = said(capsys)
    assert "(connection_refused)" in out
    assert "/rss/home.rss not_allowed (robots_unreachable) gave no answer" in out
    assert "gave no robots.txt (connection_refused), so nothing was asked: check base_url" in out
    assert "2 portals: 1 answered, 0 not allowed, 1 gave nothing Gave nothing: bao1" in out


def test_single_stories_behind_a_failing_robots_are_no_prohibition(servers, check, capsys) -> None:
    server = servers()
    server.put("/robots.txt", b"", status=503)
    assert check({"base_url": server.origin, "urls": [STORY]}) == 1
    said = " ".join(capsys.readouterr().out.split())
    assert "1 gave nothing" in said
    assert "gave no robots.txt (http_503)" in said


def test_a_host_that_asks_to_wait_is_no_refusal(servers, check, capsys) -> None:
    server = servers()
    entry = good(server)
    server.put("/rss/home.rss", status=429, headers={"Retry-After": "3600"})
    check(entry)
    assert "/sitemap.xml was not asked for, since its host asks to be left alone for now" in said(capsys)
    assert server.paths() == ["/robots.txt", "/rss/home.rss"]


def test_a_portal_that_answers_without_articles_gave_nothing(servers, check, capsys) -> None:
    server = servers()
    server.feed("/rss/home.rss")
    assert check({"base_url": server.origin, "feeds": ["/rss/home.rss"], "guessed": ["feeds"]}) == 1
    out = said(capsys)
    assert "/rss/home.rss was read and holds no article link: correct it" in out
    assert "out of `guessed`" not in out


def test_one_portal_alone(servers, check, capsys) -> None:
    server, other = servers(), servers()
    assert check(good(server), good(other), only="bao2") == 0
    assert server.paths() == []
    assert "Asking 1 portals" in said(capsys)
    assert check(good(server), only="bao3") == 2
    assert "no portal 'bao3'" in said(capsys)


def checked(server: PortalServer, entry: dict[str, Any], options: CrawlOptions) -> PortalCheck:
    fields = {"id": "bao1", "name": "Báo", "allow_private": True, "crawl_delay_s": 0}
    portal = Portal.model_validate(fields | entry)
    (found,) = check_portals(Registry(Path("portals.yml"), (portal,)), [portal], options)
    return found


@pytest.mark.parametrize(
    ("family", "page", "advice"),
    [
        ("epi", "onecms", ["the page is of the family onecms, not epi: correct `family`"]),
        ("liferay", "generic", ["the page bears no mark of `family: liferay`: leave the key out"]),
        (None, "generic", []),
        (None, "nukeviet", ["write `family: nukeviet`"]),
    ],
)
def test_the_declared_family_is_compared_with_the_page(servers, options, family, page, advice) -> None:
    server = servers()
    entry = good(server, family=family)
    server.put(STORY, html_of(page).encode())
    given = advice_for(checked(server, entry, options))
    assert len(given) == len(advice), given
    assert all(text in line for text, line in zip(advice, given, strict=True))


def test_a_page_without_a_story_or_title_leads_to_the_guide(servers, options) -> None:
    server = servers()
    entry = good(server, family="epi")
    server.html(STORY, "<html><body><div class='cms-body'><p>Ảnh.</p></div></body></html>")
    (advice,) = advice_for(checked(server, entry, options))
    assert "no story was read from" in advice
    assert "docs/add_a_portal.md" in advice
    server.put(STORY, html_of("aspx").encode())
    advice = " ".join(advice_for(checked(server, entry | {"family": "aspx"}, options)))
    assert "no title and no date was read" in advice


def test_only_the_first_maps_of_an_index_are_read(servers, options) -> None:
    server = servers()
    entry = good(server, sitemaps=["/index.xml"])
    maps = "".join(f"<sitemap><loc>{server.origin}/m{n}.xml</loc></sitemap>" for n in range(5))
    server.xml("/index.xml", f"<sitemapindex>{maps}</sitemapindex>")
    for number in range(5):
        server.xml(f"/m{number}.xml", f"<urlset><url><loc>{server.origin}{STORY}</loc></url></urlset>")
    checked(server, entry, options)
    assert sum(path.startswith("/m") for path in server.paths() if path.endswith(".xml")) == 2


def test_a_fault_of_the_crawler_is_that_portals_alone(servers, options, monkeypatch) -> None:
    server = servers()

    def broken(*_: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr("include.operations.portal_check.survey_portal", broken)
    found = checked(server, good(server), options)
    assert gave_nothing([found]) == ["bao1"]
    assert "the crawler itself failed (crawler_error_RuntimeError)" in advice_for(found)[0]


def test_titles_are_printed_as_they_are(servers, options) -> None:
    server = servers()
    entry = good(server, family="epi")
    server.put(STORY, html_of("epi").replace(TITLE, "[Ảnh] Chè vụ xuân [bold]được giá").encode())
    console = Console(record=True, width=200)
    print_checks([checked(server, entry, options)], console)
    assert "[Ảnh] Chè vụ xuân [bold]được giá" in console.export_text()

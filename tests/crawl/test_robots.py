"""robots.txt by RFC 9309, each answer a server may give."""

from __future__ import annotations

from typing import Any

import pytest

from include.crawl.documents import Document
from include.crawl.robots import RobotsRules, rules_of

URL = "https://baosuoitra.vn/kinh-te/tin-1.html"


def rules(body: bytes | str | None, status: int | None = 200, outcome: str = "read") -> RobotsRules:
    content = body.encode() if isinstance(body, str) else body
    return rules_of(
        Document("robots", "https://baosuoitra.vn/robots.txt", outcome, None, status, "2026-07-11", content)
    )


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("User-agent: *\nDisallow: /", "robots_disallowed"),
        ("User-agent: *\nDisallow:", None),
        ("", None),
        ("User-agent: *\nDisallow: /kinh-te/", "robots_disallowed"),
        ("User-agent: *\nDisallow: /kinh-te/\nAllow: /kinh-te/tin-1", None),
        ("User-agent: *\nDisallow: /*.html$", "robots_disallowed"),
        ("User-agent: OtherBot\nDisallow: /", None),
        ("User-agent: sotinh\nDisallow: /\n\nUser-agent: *\nAllow: /", "robots_disallowed"),
        ("User-agent: *\nDisallow: /\n\nUser-agent: Sotinh\nAllow: /", None),
        ("\ufeffUser-agent: *\r\nDisallow: /\r\n", "robots_disallowed"),
        ("User-agent: *\nCrawl-delay: 301", "crawl_delay_too_long"),
    ],
)
def test_what_the_rules_say_of_a_page(text: str, refusal: str | None) -> None:
    assert rules(text).refusal(URL) == refusal


def test_utf_16_is_read() -> None:
    assert rules("User-agent: *\nDisallow: /".encode("utf-16")).refusal(URL) == "robots_disallowed"


@pytest.mark.parametrize(
    ("status", "outcome", "refusal", "told"),
    [
        (404, "failed", None, "read"),
        (410, "failed", None, "read"),
        (403, "blocked", None, "read"),
        (401, "blocked", None, "read"),
        (429, "blocked", "robots_unreachable", "blocked"),
        (500, "failed", "robots_unreachable", "failed"),
        (503, "failed", "robots_unreachable", "failed"),
        (None, "failed", "robots_unreachable", "failed"),
        (301, "failed", "robots_unreachable", "failed"),
    ],
)
def test_no_rules_to_read(status: int | None, outcome: str, refusal: str | None, told: str) -> None:
    found = rules(None, status, outcome)
    assert found.refusal(URL) == refusal
    assert found.document.outcome == told


def test_html_in_its_place_restricts_nothing_and_is_told() -> None:
    found = rules("<!DOCTYPE html><html><body>Disallow: /</body></html>")
    assert found.refusal(URL) is None
    assert (found.document.outcome, found.document.reason) == ("malformed", "html_instead_of_robots")


@pytest.mark.parametrize(
    ("text", "delay_s"),
    [
        ("User-agent: *\nCrawl-delay: 10", 10),
        ("User-agent: *\nCrawl-delay: 0.5", 0.5),
        ("User-agent: *\nCrawl-delay: soon", 0),
        ("User-agent: *\nCrawl-delay: -4", 0),
        ("User-agent: Other\nCrawl-delay: 10", 0),
        ("", 0),
    ],
)
def test_crawl_delay(text: str, delay_s: float) -> None:
    assert rules(text).delay_s == delay_s


def test_rules_beyond_500_kib_are_not_waited_for(server: Any, room: Any, make_portal: Any) -> None:
    from include.crawl.stage import CrawlStage

    padding = "# " + "x" * 60 + "\n"
    text = "User-agent: *\nDisallow: /kin/\n" + padding * 9000 + "Disallow: /\n"
    server.put("/robots.txt", text.encode(), {"Content-Type": "text/plain"})
    portal = make_portal(server.origin)
    with CrawlStage((portal,), room.http_cache, room.options).desk(portal) as desk:
        assert desk.robots.refusal(server.origin + "/kin/a") == "robots_disallowed"
        assert desk.robots.refusal(server.origin + "/a") is None
    assert server.paths() == ["/robots.txt"]

"""robots.txt by RFC 9309, each answer a server may give."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from typing import Any

import pytest

from include.crawl.documents import Document
from include.crawl.robots import RobotsBook, RobotsRules, rules_of
from include.crawl.stage import CrawlStage

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
        ("User-agent: *\nDisallow: /kinh-te/tin-1\nAllow: /kinh-te/tin-1", None),
        ("User-agent: *\nAllow: /kinh-te\nDisallow: /*/tin-1.html", "robots_disallowed"),
        ("User-agent: *\nDisallow: /*.htm$", None),
        ("User-agent: *\nDisallow: /Kinh-te/", None),
        ("User-agent: *\nDisallow: /%6Binh-te/", "robots_disallowed"),
        ("User-agent: *\nDisallow: /kinh-te%2Ftin-1.html", None),
        ("Disallow: /", None),
    ],
)
def test_what_the_rules_say_of_a_page(text: str, refusal: str | None) -> None:
    assert rules(text).refusal(URL) == refusal


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("User-agent: SOTINH\nDisallow: /", "robots_disallowed"),
        ("User-agent: Sotinh/0.1 # the crawler\nDisallow: /", "robots_disallowed"),
        ("User-agent: Sotinh*\nDisallow: /", "robots_disallowed"),
        ("useragent sotinh\nDisallow: /", "robots_disallowed"),
        ("User-agent: so\nDisallow: /", None),
        ("User-agent: Sotinh-Images\nDisallow: /", None),
        ("User-agent: *bot*\nDisallow: /", None),
        ("User-agent: OtherBot\nUser-agent: Sotinh\nDisallow: /", "robots_disallowed"),
        ("User-agent: Sotinh\n\n# theirs, too\nUser-agent: OtherBot\nDisallow: /", "robots_disallowed"),
        ("User-agent: Sotinh\nDisallow: /x\n\nUser-agent: *\nDisallow: /", None),
        ("User-agent: Sotinh\nDisallow: /x\n\nUser-agent: sotinh/2\nDisallow: /kinh", "robots_disallowed"),
        # Other records do not end a group's agents (RFC 9309, 2.2.4).
        ("User-agent: *\nSitemap: https://a.vn/s.xml\nUser-agent: B\nDisallow: /", "robots_disallowed"),
        ("User-agent: *\nCrawl-delay: 9\n\nUser-agent: B\nDisallow: /", "robots_disallowed"),
        ("User-agent: *\nNote: x\nUser-agent: B\nDisallow: /", "robots_disallowed"),
        ("User-agent: *\nDisallow: /x\nNote: x\nUser-agent: B\nDisallow: /", None),
    ],
)
def test_the_group_that_is_ours(text: str, refusal: str | None) -> None:
    assert rules(text).refusal(URL) == refusal


@pytest.mark.parametrize(
    ("rule", "path"),
    [
        ("/kinh-tế/", "/kinh-t%E1%BA%BF/a"),
        ("/kinh-t%e1%ba%bf/", "/kinh-tế/a"),
        ("/a%2fb", "/a%2Fb"),
        ("/~ban-doc", "/%7Eban-doc"),
        ("/*?page=", "/tin?page=2"),
        ("/Default.aspx?dvid=1231$", "/Default.aspx?dvid=1231"),
        ("/*;jsessionid", "/tin;jsessionid=7"),
        ("/tin*/anh", "/tin/2026/anh.html"),
    ],
)
def test_spellings_of_one_path_are_one(rule: str, path: str) -> None:
    found = rules(f"User-agent: *\nDisallow: {rule}")
    assert found.refusal("https://baosuoitra.vn" + path) == "robots_disallowed"


def test_a_line_that_the_cut_goes_through_is_no_rule() -> None:
    head = "User-agent: *\nDisallow: /\n"
    tail = "Allow: /"
    padding = "#" * (512 * 1024 - len(head) - len(tail) - 1) + "\n"
    assert rules(head + padding + tail).refusal(URL) == "robots_disallowed"
    assert rules(head + padding[1:] + tail).refusal(URL) is None


def test_utf_16_is_read() -> None:
    assert rules("User-agent: *\nDisallow: /".encode("utf-16")).refusal(URL) == "robots_disallowed"


@pytest.mark.parametrize(
    ("status", "outcome", "refusal", "told"),
    [
        (204, "failed", None, "read"),
        (202, "failed", "robots_unreachable", "failed"),
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
        ("User-agent: *\nCrawl-delay: 10\n\nUser-agent: Sotinh/1\nCrawl-delay: 20", 20),
        ("User-agent: *\nCrawl-delay: 10\n\nUser-agent: Other\nCrawl-delay: 60", 10),
        ("User-agent: *\nCrawl-delay: inf", 0),
        ("", 0),
    ],
)
def test_crawl_delay(text: str, delay_s: float) -> None:
    assert rules(text).delay_s == delay_s


@contextmanager
def book_at(server: Any, room: Any, make_portal: Any) -> Iterator[RobotsBook]:
    portal = make_portal(server.origin)
    with CrawlStage((portal,), room.http_cache, room.options).desk(portal) as desk:
        yield desk.robots


@pytest.mark.parametrize(("hops", "refusal"), [(5, "robots_disallowed"), (6, "robots_unreachable")])
def test_five_redirects_are_followed(
    server: Any, room: Any, make_portal: Any, hops: int, refusal: str
) -> None:
    paths = ["/robots.txt", *(f"/{number}.txt" for number in range(1, hops)), "/last.txt"]
    for source, target in pairwise(paths):
        server.redirect(source, target)
    server.put("/last.txt", b"User-agent: *\nDisallow: /")
    with book_at(server, room, make_portal) as book:
        assert book.refusal(server.origin + "/a") == refusal
    assert server.paths() == paths[:6]


def test_rules_are_asked_for_again_after_a_day(server: Any, room: Any, make_portal: Any) -> None:
    server.put("/robots.txt", b"User-agent: *\nDisallow: /kin/")
    page = server.origin + "/kin/a"
    with book_at(server, room, make_portal) as book:
        assert book.refusal(page) == "robots_disallowed"
        server.put("/robots.txt", b"User-agent: *\nDisallow:")
        room.time.elapsed = 24 * 3600 - 1
        assert book.refusal(page) == "robots_disallowed"
        room.time.elapsed = 24 * 3600
        assert book.refusal(page) is None
    assert server.paths() == ["/robots.txt"] * 2


def test_stored_rules_do_not_stand_in_for_those_that_cannot_be_had(
    server: Any, room: Any, make_portal: Any
) -> None:
    server.conditional("/robots.txt", "User-agent: *\nDisallow: /kin/", '"r1"')
    with book_at(server, room, make_portal) as book:
        assert book.refusal(server.origin + "/a") is None
    server.put("/robots.txt", status=503)
    with book_at(server, room, make_portal) as book:
        assert book.refusal(server.origin + "/a") == "robots_unreachable"


def test_rules_beyond_500_kib_are_not_waited_for(server: Any, room: Any, make_portal: Any) -> None:
    padding = "# " + "x" * 60 + "\n"
    text = "User-agent: *\nDisallow: /kin/\n" + padding * 9000 + "Disallow: /\n"
    server.put("/robots.txt", text.encode(), {"Content-Type": "text/plain"})
    with book_at(server, room, make_portal) as book:
        assert book.refusal(server.origin + "/kin/a") == "robots_disallowed"
        assert book.refusal(server.origin + "/a") is None
    assert server.paths() == ["/robots.txt"]


class Torn:
    """robots.txt without a length, each time as far as the connection lasted."""

    def __init__(self, *bodies: bytes) -> None:
        self._bodies = list(bodies)

    def __call__(self, handler: Any) -> None:
        body = self._bodies.pop(0)
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n" + body)


@pytest.mark.parametrize(
    ("bodies", "refusal"),
    [
        ((b"User-agent: *\nDis", b"User-agent: *\nDisallow: /k"), "robots_unreachable"),
        ((b"User-agent: *\nDisallow: /kin/",) * 2, None),
        ((b"User-agent: *\nDisallow: /a",) * 2, "robots_disallowed"),
    ],
)
def test_rules_without_a_length_have_to_be_the_same_twice(
    server: Any, room: Any, make_portal: Any, bodies: tuple[bytes, ...], refusal: str | None
) -> None:
    server.put("/robots.txt", raw=Torn(*bodies))
    with book_at(server, room, make_portal) as book:
        assert book.refusal(server.origin + "/a") == refusal
    assert server.paths() == ["/robots.txt"] * 2


def test_rules_with_more_behind_their_length_are_not_taken_for_all(
    server: Any, room: Any, make_portal: Any
) -> None:
    def miscounted(handler: Any) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 14\r\n\r\nUser-agent: *\nDisallow: /")

    server.put("/robots.txt", raw=miscounted)
    with book_at(server, room, make_portal) as book:
        assert book.refusal(server.origin + "/a") == "robots_unreachable"

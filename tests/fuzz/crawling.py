"""Targets of the crawl: feeds, sitemaps, listings, robots.txt, compressed answers, headers."""

from __future__ import annotations

import gzip
import zlib
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Final

from include.crawl.answers import Answer, retry_after_s
from include.crawl.decoding import BadEncodingError, CompressionRatioError, TooLargeError, unpack
from include.crawl.documents import Document, MalformedDocumentError
from include.crawl.feeds import feed_links
from include.crawl.listings import parse_listing
from include.crawl.robots import MAX_CRAWL_DELAY_S, rules_of
from include.crawl.sitemap_range import DayRange, maps_worth_reading, pages_in_range
from include.crawl.sitemaps import newest_first, parse_sitemap
from include.crawl.verdict import judge_answer
from include.portals.hosts import is_own_url
from include.portals.identity import canonical_url
from tests.fuzz.draw import Draw
from tests.fuzz.markup import ADDRESSES, HEADERS, encoded, html_bytes, long_html, long_xml, xml_bytes
from tests.fuzz.target import LONG_LIMIT_S, Target
from tests.fuzz.vietnamese import any_text

_BASE: Final = "https://bao.test/rss/tin.rss"
_NOW: Final = datetime(2025, 6, 1, 12, tzinfo=UTC)
_MOST_BYTES: Final = 1 << 20
_DAYS: Final = DayRange(date(2024, 1, 31), date(2024, 5, 1))
_MALFORMED: Final = frozenset(
    {
        "empty_body", "forbidden_xml", "html_instead_of_xml", "monstrous_tag", "not_a_feed", "not_a_sitemap",
        "not_html", "not_xml", "bad_gzip", "too_large",
    }
)  # fmt: skip


def _is_listed(error: MalformedDocumentError) -> None:
    assert error.reason in _MALFORMED, error.reason


def _feeds(body: bytes) -> None:
    try:
        links = feed_links(body, _BASE)
    except MalformedDocumentError as error:
        _is_listed(error)
        return
    assert links == feed_links(body, _BASE), "not the same twice"
    assert all(isinstance(link, str) and link for link in links), links


def _sitemaps(body: bytes) -> None:
    try:
        found = parse_sitemap(body, _BASE)
    except MalformedDocumentError as error:
        _is_listed(error)
        return
    assert found == parse_sitemap(body, _BASE), "not the same twice"
    newest = newest_first(found.entries)
    assert sorted(map(repr, newest)) == sorted(map(repr, found.entries))
    days = [entry.changed_on or date.min for entry in newest]
    assert days == sorted(days, reverse=True), newest
    known = {entry.url for entry in found.entries}
    assert known.issuperset(pages_in_range(found.entries, _BASE, _DAYS))
    assert known.issuperset(maps_worth_reading(found.entries, _DAYS))


@dataclass(frozen=True, slots=True)
class Page:
    """A page and its Content-Type."""

    body: bytes
    content_type: str | None


def _page(draw: Draw) -> Page:
    return Page(content_type=draw.pick(HEADERS), body=html_bytes(draw))


def _long_page(draw: Draw) -> Page:
    return Page(content_type=draw.pick(HEADERS), body=long_html(draw))


def _owns(url: str) -> bool:
    return is_own_url(url, "https://bao.test")


def _listings(page: Page) -> None:
    url = "https://bao.test/kinh-te/trang-2.html"
    try:
        found = parse_listing(page.body, url, page.content_type, _owns)
    except MalformedDocumentError as error:
        _is_listed(error)
        return
    assert len(set(found.articles)) == len(found.articles), found
    for link in (*found.articles, *([found.next_url] if found.next_url else [])):
        assert canonical_url(link) == link != url, link
        assert _owns(link), link


_ROBOTS: Final = (
    "User-agent: *", "User-agent: sotinh", "User-agent: SotinhBot/1.0", "user agent sotinh-x", "Disallow: /", "Allow: /",
    "Disallow:", "Disallow: /*?", "Allow: /tin/*.html$", "Disallow: /%zz", "Disallow: /tìm", "Crawl-delay: 10", "Crawl-delay: 900",
    "Crawl-delay: 1e400", "Crawl-delay: nan", "Crawl-delay: -5", "Crawl-delay: inf", "Crawl-delay: ٣", "Crawl-delay:",
    "Crawl-delay: 5s", "Request-rate: 1/5", "Request-rate: 0/0", "Request-rate: 1/0s", "Visit-time: 0600-0845", "#", ":",
    "Request-rate: 1/5 9999-0000", "Visit-time: 9999-x", "Sitemap: x", "Host: a", "Clean-param: a&b /", "\ufeff",
    "<html>", "Disallow: /" + "*a" * 40, "Disallow: " + "/*" * 30 + "$", "User-agent:", "user-agent: *bot", "\x00", "\x85",
)  # fmt: skip


def _robots_text(draw: Draw) -> bytes:
    if draw.is_one_in(12):
        return draw.rest(2_000)
    lines = []
    while draw.has_more and len(lines) < 40:
        kind = draw.byte()
        line = draw.pick(_ROBOTS) if kind < 215 else any_text(draw, draw.byte() % 40)
        lines.append(line + draw.pick(("\n", "\r\n", "\r", " ", "\n\n", "\n#")))
    return encoded(draw, "".join(lines))


def _robots(body: bytes) -> None:
    asked = Document("robots", "https://bao.test/robots.txt", "read", None, 200, "2025-06-01T00:00:00Z", body)
    rules = rules_of(asked)
    assert rules.delay_s >= 0, rules.delay_s
    for url in ("https://bao.test/", "https://bao.test/tin/a-b-123.html", "https://bao.test/?a=b&c#d"):
        refused = rules.refusal(url)
        assert refused in (None, "robots_disallowed", "crawl_delay_too_long"), refused
        assert refused == rules_of(asked).refusal(url), "not the same twice"
    assert (rules.delay_s <= MAX_CRAWL_DELAY_S) or rules.refusal("https://bao.test/") is not None


@dataclass(frozen=True, slots=True)
class Packed:
    """Bytes of an answer and what it says of their encoding."""

    data: bytes
    encoding: str


_CODINGS: Final = ("gzip", "deflate", "", "identity", " GZIP ", "x-gzip", "br", "zstd", "\x00", "gzip, gzip")


def _packed(draw: Draw) -> Packed:
    encoding, kind = draw.pick(_CODINGS), draw.byte()
    times = draw.pick((1, 1, 1, 100, 4_000))
    body = draw.rest(300) * times
    if kind < 120:
        body = gzip.compress(body, mtime=0)
    elif kind < 160:
        body = zlib.compress(body)
    elif kind < 190:
        body = zlib.compress(body)[2:-4]
    elif kind < 220:
        body = gzip.compress(body, mtime=0) * (1 + kind % 40)
    cut = kind & 3
    return Packed(body[: len(body) - cut] if cut else body, encoding)


def _unpacking(packed: Packed) -> None:
    try:
        body = unpack(packed.data, packed.encoding, _MOST_BYTES)
    except (TooLargeError, CompressionRatioError, BadEncodingError):
        return
    assert len(body) <= _MOST_BYTES
    assert body == unpack(packed.data, packed.encoding, _MOST_BYTES), "not the same twice"


@dataclass(frozen=True, slots=True)
class Head:
    """A status, the value of Retry-After, a Content-Type and where redirects led."""

    status: int
    retry_after: str
    content_type: str
    final_url: str
    body: bytes


_WAITS: Final = (
    "120", "0", "-1", "1e3", "9" * 400, " 5 ", "٣", "Wed, 21 Oct 2015 07:28:00 GMT", "Wed, 21 Oct 9999 07:28:00 -2359",
    "Mon, 32 Foo 2015 25:61:61 GMT", "Wed, 21 Oct 0001 00:00:00 +2359", ",", "", " ", "(", "1 2 3 4 5 6", "Sun Nov  6 08:49:37 1994",
    "Sunday, 06-Nov-94 08:49:37 GMT", "Wed, 21 Oct 2015 07:28:00 +9999", "Wed, , 2015", "1 Jan 2015 :: GMT", "a, b c d e",
)  # fmt: skip


def _head(draw: Draw) -> Head:
    return Head(
        status=draw.pick((429, 503, 200, 301, 404, 500, 0, 999)),
        retry_after=draw.pick(_WAITS) if draw.byte() < 90 else any_text(draw, draw.byte() % 60),
        content_type=draw.pick(HEADERS) or any_text(draw, 20),
        final_url=draw.pick(ADDRESSES),
        body=draw.rest(40),
    )


def _headers(head: Head) -> None:
    headers = (("Retry-After", head.retry_after), ("Content-Type", head.content_type))
    answer = Answer(head.status, "HTTP/1.1", "", headers, head.body, head.body, head.final_url)
    wait = retry_after_s(answer, _NOW)
    assert wait is None or wait >= 0, wait
    assert wait is None or head.status in (429, 503)
    try:
        answered = canonical_url(head.final_url)
    except ValueError:
        return
    verdict = judge_answer(
        Answer(head.status, "HTTP/1.1", "", headers, head.body, head.body, answered),
        "https://bao.test/tin/a-123456.html",
    )
    assert verdict.outcome in ("fetched", "blocked", "failed", "quarantined"), verdict
    assert (verdict.reason is None) == (verdict.outcome == "fetched"), verdict


TARGETS: Final = (
    Target("feeds", xml_bytes, _feeds, 60_000, most_bytes=256),
    Target("sitemaps", xml_bytes, _sitemaps, 60_000, most_bytes=256),
    Target("listings", _page, _listings, 30_000, most_bytes=384),
    Target("robots.txt", _robots_text, _robots, 30_000, most_bytes=192),
    Target("compressed answers", _packed, _unpacking, 100_000, most_bytes=256),
    Target("headers", _head, _headers, 3_000_000, most_bytes=128, parts=4),
    Target("feeds of 100 KB", long_xml, _feeds, 500, LONG_LIMIT_S, most_bytes=96),
    Target("sitemaps of 100 KB", long_xml, _sitemaps, 500, LONG_LIMIT_S, most_bytes=96),
    Target("listings of 100 KB", _long_page, _listings, 500, LONG_LIMIT_S, most_bytes=128),
)

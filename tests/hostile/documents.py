"""Kinds of documents that lead to articles: robots.txt, feeds, sitemaps, listings."""

from __future__ import annotations

import gzip
from typing import Final

from tests.hostile.kinds import Content, Kind, head, leads, says, sends, whole
from tests.hostile.misdirection import hop
from tests.hostile.server import Answer, Wire

MIB: Final = 2**20
_XML: Final = {"Content-Type": "application/xml"}
_LAUGHS: Final = (
    "<?xml version='1.0'?><!DOCTYPE r [<!ENTITY a0 'ha'>"
    + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12))
    + "]>"
)
_OUTSIDE: Final = "<?xml version='1.0'?><!DOCTYPE r [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
_ITEM: Final = "<rss><channel><item><link>%s</link></item></channel></rss>"
_URLSET: Final = "<urlset><url><loc>%s</loc></url></urlset>"


def _xml(text: str | bytes) -> Answer:
    return says(lambda _: text, _XML)


def _feed(name: str, text: str | bytes, reason: str | None = None) -> Kind:
    return Kind(f"feed: {name}", _xml(text), "malformed" if reason else "read", reason, room="feed")


def _map(name: str, answer: Answer, outcome: str, reason: str | None = None) -> Kind:
    return Kind(f"sitemap: {name}", answer, outcome, reason, room="sitemap")


def _listing(name: str, content: Content, outcome: str = "read", reason: str | None = None) -> Kind:
    return Kind(f"listing: {name}", says(content), outcome, reason, room="listing")


def _robots(name: str, answer: Answer, outcome: str, reason: str | None, after: str = "loaded") -> Kind:
    return Kind(f"robots.txt: {name}", answer, outcome, reason, room="robots", after=after)


def _index_of_itself(wire: Wire) -> None:
    wire.send(
        whole(f"<sitemapindex><sitemap><loc>{wire.origin}{wire.path}</loc></sitemap></sitemapindex>".encode())
    )


def _next_page_for_ever(wire: Wire) -> None:
    base, _, number = wire.path.partition("?page=")
    page = int(number or 1)
    body = f"<a href='/bai-viet-{page}{page:05d}.html'>a</a><a rel='next' href='{base}?page={page + 1}'>b</a>"
    wire.send(whole(body.encode()))


def _too_long(wire: Wire) -> None:
    wire.send(head({"Content-Type": "application/xml"}))
    for _ in range(100):
        wire.send(b"<item><link>/a-1.html</link></item>".ljust(1024) * 1024)


DOCUMENTS: Final = (
    _robots("10 MB", says(lambda _: "Disallow: /kin/\n" * (10 * MIB // 16)), "read", None),
    _robots("a line of 10 MB", says(lambda _: "a" * (10 * MIB)), "read", None),
    _robots("wildcards without number",
            says(lambda _: "User-agent: *\nDisallow: /" + "*a" * 200_000 + "*b\n"), "read", None),
    _robots("status 503", sends(whole(b"", status="503 Busy")), "failed", "http_503", "not_allowed"),
    _robots("HTML", says(lambda _: "<!DOCTYPE html><p>404"), "malformed", "html_instead_of_robots"),
    _robots("redirect to itself", leads("{path}"), "failed", "redirect_loop", "not_allowed"),
    _robots("redirects without end", hop, "failed", "too_many_redirects", "not_allowed"),
    _robots("random bytes", says(lambda _: bytes(range(256)) * 40), "read", None),
    _robots("delay of a year", says(lambda _: "User-agent: *\nCrawl-delay: 31536000\n"),
            "read", None, "not_allowed"),
    _robots("delay that is no number", says(lambda _: "User-agent: *\nCrawl-delay: nan\n"), "read", None),
    _robots("silence", lambda wire: wire.hang(), "failed", "timeout", "not_allowed"),
    _robots("Retry-After that is no number",
            sends(whole(b"", {"Retry-After": "\xb2"}, "503 Busy")), "failed", "http_503", "not_allowed"),
    _feed("billion laughs", _LAUGHS + _ITEM % "&a11;", "forbidden_xml"),
    _feed("external entity", _OUTSIDE + _ITEM % "&x;", "forbidden_xml"),
    _feed("nested 100 000 deep", "<rss>" * 100_000, "not_xml"),
    _feed("closed 100 000 levels deep", "<rss>" + "<a>" * 100_000 + "</a>" * 100_000 + "</rss>"),
    _feed("100 000 attributes", "<rss " + " ".join(f"a{n}='b'" for n in range(100_000)) + "/>"),
    _feed("ampersands", "<rss>" + "&" * MIB + "</rss>"),
    _feed("torn address", _ITEM % "http://[x"),
    _feed("address without a host", _ITEM % "mailto:a@b"),
    _feed("random bytes", bytes(range(256)) * 40, "not_xml"),
    _feed("null bytes", b"<rss>" + bytes(400) + b"</rss>", "not_xml"),
    _feed("unknown encoding", b"<?xml version='1.0' encoding='x-none'?><rss/>"),
    _feed("HTML", "<!DOCTYPE html><html><p>a<br>", "html_instead_of_xml"),
    Kind("feed: 100 MB", _too_long, "failed", "too_large", room="feed"),
    _map("billion laughs", _xml(_LAUGHS + _URLSET % "&a11;"), "malformed", "forbidden_xml"),
    _map("external entity", _xml(_OUTSIDE + _URLSET % "&x;"), "malformed", "forbidden_xml"),
    _map("index of itself", _index_of_itself, "read"),
    _map("torn address", _xml(_URLSET % "http://[x"), "read"),
    _map("date beyond the calendar",
         _xml("<urlset><url><loc>/a</loc><lastmod>9999-12-31T23:59:59-23:59</lastmod></url></urlset>"),
         "read"),
    _map("gzip bomb",
         says(lambda _: gzip.compress(bytes(50 * MIB)), _XML), "malformed", "too_large"),
    _map("nested 100 000 deep", _xml("<urlset>" + "<url>" * 100_000), "malformed", "not_xml"),
    _listing("100 000 links",
             lambda _: "".join(f"<a href='/b-{n:06d}.html'>a</a>" for n in range(100_000))),
    Kind("listing: always a next page", _next_page_for_ever, "read", room="listing"),
    _listing("100 000 attributes", lambda _: "<p " + " ".join(f"a{n}=b" for n in range(100_000)) + ">",
             "malformed", "monstrous_tag"),
    _listing("100 000 attributes with angles in them",
             lambda _: "<p " + " ".join(f'a{n}=">"' for n in range(100_000)) + ">",
             "malformed", "monstrous_tag"),
    _listing("nested 100 000 deep", lambda _: "<div>" * 100_000 + "<a href='/b-000001.html'>a</a>"),
    _listing("links in links", lambda _: "<a href='/b-000001.html'><span>" * 50_000),
    _listing("torn base", lambda _: "<base href='http://[x'><a href='/b-000001.html'>a</a>"),
    _listing("torn links", lambda _: "<a href='http://[x'>a</a><a href='javascript:a()'>b</a>"),
    _listing("random bytes", lambda _: b"<html>" + bytes(range(256)) * 40),
    _listing("null bytes", bytes),
    _listing("white space", lambda _: "  \n", "malformed", "empty_body"),
)  # fmt: skip

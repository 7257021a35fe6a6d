"""Feeds as portals really send them."""

from __future__ import annotations

import pytest

from include.crawl.documents import MalformedDocumentError
from include.crawl.feeds import feed_links

URL = "https://baosuoitra.vn/rss/home.rss"
LINK = "https://baosuoitra.vn/tin-1.html"


def rss(items: str, head: str = '<?xml version="1.0" encoding="utf-8"?>') -> str:
    return f'{head}<rss version="2.0"><channel><link>https://baosuoitra.vn/</link>{items}</channel></rss>'


def item(link: str) -> str:
    return f"<item><title>Chè</title><link>{link}</link><guid isPermaLink='false'>news_1</guid></item>"


ATOM = b"""<feed xmlns='http://www.w3.org/2005/Atom'><link href='/'/><entry>
<link rel='replies' href='/r'/><link href='/tin-1.html'/></entry></feed>"""
RSS_1 = b"""<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'>
<item><link>https://baosuoitra.vn/tin-1.html</link></item></rdf:RDF>"""


@pytest.mark.parametrize(
    ("body", "links"),
    [
        (rss(item(LINK)).encode(), [LINK]),
        (rss(item("/tin-1.html")).encode(), [LINK]),
        (rss(item(f"<![CDATA[ {LINK} ]]>")).encode(), [LINK]),
        (rss(item("https://a.vn/d.aspx?a=1&amp;b=2")).encode(), ["https://a.vn/d.aspx?a=1&b=2"]),
        (rss(item("https://a.vn/d.aspx?a=1&amp;amp;b=2")).encode(), ["https://a.vn/d.aspx?a=1&b=2"]),
        (rss(item("https://a.vn/d.aspx?a=1&b=2")).encode(), ["https://a.vn/d.aspx?a=1&b=2"]),
        (rss("<item><title>N&ocirc;ng thôn&nbsp;</title><link>" + LINK + "</link></item>").encode(), [LINK]),
        (rss(item(LINK), head="").encode("utf-16"), [LINK]),
        (rss(item(LINK), head='<?xml version="1.0" encoding="utf-16"?>').encode(), [LINK]),
        (rss(item(LINK), head='<?xml version="1.0" encoding="utf-16"?>').encode("utf-16-le"), [LINK]),
        (b"\xef\xbb\xbf\r\n " + rss(item(LINK)).encode(), [LINK]),
        (rss("<item><title>\x0b</title><link>" + LINK + "</link></item>").encode(), [LINK]),
        (rss("<item><link/><guid>" + LINK + "</guid></item>").encode(), [LINK]),
        (rss("<item><guid>news_7</guid></item>").encode(), []),
        (rss("").encode(), []),
        (ATOM, [LINK]),
        (RSS_1, [LINK]),
    ],
)  # fmt: skip
def test_links_of_a_feed(body: bytes, links: list[str]) -> None:
    assert feed_links(body, URL) == links


BILLION_LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>
<rss><channel><item><link>&b;</link></item></channel></rss>"""
OUTSIDE_ENTITY = b"""<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hostname">]>
<rss><channel><item><link>&x;</link></item></channel></rss>"""


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "empty_body"),
        (b"  \n", "empty_body"),
        (b"<!DOCTYPE html><html><head><meta charset=utf-8><title>x</head>", "html_instead_of_xml"),
        (b"<html><body><p>ok</p></body></html>", "html_instead_of_xml"),
        (rss(item(LINK)).encode()[:-30], "not_xml"),
        (b"%PDF-1.7 \x00\x01", "not_xml"),
        (b"<urlset><url><loc>https://a.vn/</loc></url></urlset>", "not_a_feed"),
        (BILLION_LAUGHS, "forbidden_xml"),
        (OUTSIDE_ENTITY, "forbidden_xml"),
    ],
)
def test_what_is_no_feed_is_malformed_with_its_reason(body: bytes, reason: str) -> None:
    with pytest.raises(MalformedDocumentError) as caught:
        feed_links(body, URL)
    assert caught.value.reason == reason

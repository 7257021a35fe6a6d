"""XML and HTML put together from tags, torn sample pages and what breaks parsers."""

from __future__ import annotations

import gzip
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Final

from tests.fuzz.draw import Draw
from tests.fuzz.vietnamese import ALL, DAYS, any_text, told

_PAGES: Final = Path(__file__).parent.parent / "sample_portals" / "pages"

ADDRESSES: Final = (
    "/", "/tin/a-b-c-d-e-f-123456.html", "https://bao.test/kinh-te/thu-ngan-sach-tang-post12345.html", "?id=7", "//x",
    "http://[", "http://[::1]/", "javascript:alert(1)", "mailto:a@b", "#top", "../a?utm_source=x&b=1", "", " ", "%",
    "https://m.bao.test/a-123.amp", "http://bao.test:80/a", "http://bao.test:99999/", "https://bao.test:x/", "a b",
    "/trang-2.html", "?page=3", "/page/2", "https://báo.test/tin-tức", "http://a..b/", "http://.", "ftp://bao.test/a",
    "https://user:p@bao.test/", "https://bao.test/a;jsessionid=1;jsessionid=2", "https://bao.test/%zz%41%e1", "\x00",
    "https://bao.test/a?b=%26&c==&&d", "http://2130706433/", "https://bao.test./", "http://xn--/", "http://ß.test/",
    "https://bao.test/202604/a-0a1b2c3", "https://bao.test/-/asset_publisher/x/content/y", "\ud7ff", "http://a_b.test/",
)  # fmt: skip
HEADERS: Final = (
    "text/html; charset=utf-8", "text/html", "text/html; charset=windows-1258", "application/pdf", "text/html; charset=",
    "text/html; charset=\x00", "text/html; charset=hex", "application/xhtml+xml", "", None, "text/html; charset=utf-7",
    "text/html; charset=utf-16", "text/html;charset='iso-8859-1'", "text/html; charset=tcvn", "text/plain; charset=idna",
)  # fmt: skip
TAGS: Final = (
    "div", "p", "span", "a", "table", "tr", "td", "th", "ul", "li", "h1", "h2", "article", "section", "header", "footer",
    "nav", "aside", "script", "style", "noscript", "iframe", "form", "select", "option", "textarea", "button", "img",
    "br", "hr", "b", "i", "font", "center", "figure", "figcaption", "blockquote", "meta", "link", "base", "title", "time",
    "template", "svg", "math", "frameset", "body", "html", "head", "pre", "plaintext", "xmp", "video", "caption", "tbody",
)  # fmt: skip
ATTRIBUTES: Final = (
    'class="sapo"', 'class="content detail-content"', 'class="author"', 'class="date"', 'id="content"', "hidden",
    'style="display:none"', 'itemprop="articleBody"', 'itemprop="datePublished"', 'itemprop="headline"', 'class="next"',
    'colspan="99999999"', "rowspan='-1'", 'colspan="x"', 'property="og:title"', 'property="article:published_time"',
    'name="description"', 'rel="canonical"', 'rel="next"', 'http-equiv="refresh"', 'charset="utf-16"', "a='\x00'",
    'type="application/ld+json"', 'content="2024-02-30T25:61:00+99:99"', 'content="2024-02-29T10:00:00+07:00"',
    'class="related-news"', 'face=".VnTime"', 'face="VNI-Times"', 'datetime="2023-13-01"', 'style="visibility: hidden"',
    'class="' + "x-" * 300 + '"', 'aria-hidden="true"', 'class="caption"', 'class="share toolbar"', "=", '"', "a=b=c",
)  # fmt: skip
FRAGMENTS: Final = (
    "<!doctype html>", "<!--", "-->", "<![CDATA[", "]]>", "<?xml version='1.0'?>", "</", "<", ">", "&", "&#x110000;",
    "&#0;", "&#xD800;", "&nbsp;", "&aacute;", "&amp;#273;", "&#" + "9" * 40 + ";", "<p", "<a href=", "</html>",
    '{"@type":"NewsArticle","headline":"A","datePublished":"2024-05-01T08:00:00+07:00"}', "[" * 60, "{" * 60,
    '{"@type":["NewsArticle",{}],"headline":{"a":1},"datePublished":7}', "Giấy phép số 77/GP-TTĐT cấp ngày 09/08/2021",
    "document.cookie = 'a'; location.reload()", "Access denied", "ÑÒa cÊp tØnh ®¹t ®­îc", "Cöùu Long, tænh Baïc Lieâu",
    "a" + "\u0323\u0301" * 60, "\ufeff", "\x00\x01", "\xff\xfe", "<td>1.234</td><td>5,6</td>", "Cập nhật: 10/10/2024 08:30",
    "Thứ Sáu, 31/02/2025, 07:60 (GMT+7)", "Ngày đăng: 1/1/1996", "(GMT+99)", "ngày 5 tháng 6 năm 2024", "0:0 SA",
)  # fmt: skip
XML: Final = (
    "<rss>", "</rss>", "<channel>", "</channel>", "<item>", "</item>", "<link>", "</link>", "<guid>", "</guid>", "<feed>",
    "</feed>", "<entry>", "</entry>", "<link href='", "'/>", "<urlset>", "</urlset>", "<sitemapindex>", "</sitemapindex>",
    "<url>", "</url>", "<sitemap>", "</sitemap>", "<loc>", "</loc>", "<lastmod>", "</lastmod>", "<rdf:RDF>", "<a:item>",
    "<?xml version='1.0' encoding='utf-8'?>", "<?xml version='1.0' encoding='utf-16'?>", "<?xml encoding='x'?>", "<![CDATA[",
    "]]>", "<!DOCTYPE a [<!ENTITY b 'c'>]>", "&b;", "&aacute;", "&", "&amp;", "<!--", "-->", "2024-02-29", "2024-13-45",
    "2024-05-01T08:00:00+07:00", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "2024", "20240501T080000Z",
    "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>", "<html>", "\x00", "\x0b", "\ufffe", "2024-W01-1",
)  # fmt: skip
_WHOLE: Final = {
    "feed": (
        "<rss version='2.0'><channel>",
        "<item><title>x</title>",
        "<link>",
        "</link>",
        "</item>",
        "</channel></rss>",
    ),
    "atom": (
        "<feed xmlns='http://www.w3.org/2005/Atom'>",
        "<entry>",
        "<link>",
        "</link>",
        "</entry>",
        "</feed>",
    ),
    "sitemap": ("<urlset>", "<url>", "<loc>", "</loc>", "</url>", "</urlset>"),
    "index": ("<sitemapindex>", "<sitemap>", "<loc>", "</loc>", "</sitemap>", "</sitemapindex>"),
}
# Elements that families name as the story's; without one the story is guessed, which costs ten times as much.
_STORIES: Final = (
    "itemprop='articleBody'", "id='content-detail'", "id='newscontents'", "class='detail-content afcbc-body'",
    "id='news-bodyhtml'", "class='content-detail' itemprop='articleBody'", "id='dcontent'", "data-role='content'",
    "class='__MASTERCMS_CONTENT'", "class='bodytext'", "class='ArticleContent'", "",
)  # fmt: skip
_DEPTHS: Final = (1, 2, 5, 20, 199, 201, 400, 3_000)
_ENCODINGS: Final = (
    "utf-8",
    "utf-8",
    "utf-8",
    "utf-8-sig",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "cp1258",
    "latin-1",
)


@cache
def sample_pages() -> tuple[bytes, ...]:
    """The HTML pages of the sample portals, in a fixed order."""
    return tuple(path.read_bytes() for path in sorted(_PAGES.rglob("*.html")))


@cache
def _pieces_of(index: int) -> tuple[bytes, ...]:
    head, *rest = sample_pages()[index].split(b"<")
    return (head, *(b"<" + piece for piece in rest))


def encoded(draw: Draw, text: str) -> bytes:
    """The text in one of the encodings that portals send, sometimes torn, packed or with bytes thrown in."""
    body = text.encode(draw.pick(_ENCODINGS), "ignore")
    kind = draw.byte()
    if kind > 250:
        packed = gzip.compress(body, 1, mtime=0)
        return packed if kind & 1 else packed[: len(packed) * draw.byte() // 255]
    if kind > 240:
        at = draw.below(max(1, len(body)))
        return body[:at] + bytes([draw.byte(), draw.byte()]) + body[at + draw.byte() :]
    return body


def xml_bytes(draw: Draw) -> bytes:
    """A feed or sitemap: a whole one with addresses and days in it, or whatever pieces come."""
    kind = draw.byte()
    if kind < 12:
        return draw.rest(4_000)
    if kind < 110:
        return encoded(draw, "".join(_piece(draw, XML, 200) for _ in range(draw.byte() % 40)))
    first, opens, before, after, closes, last = _WHOLE[draw.pick(("feed", "atom", "sitemap", "index"))]
    entries = []
    while draw.has_more and len(entries) < 12:
        inside = f"{before}{_piece(draw, ADDRESSES, 120)}{after}"
        if draw.byte() < 120:
            inside += f"<lastmod>{_piece(draw, XML[40:50], 30)}</lastmod>"
        entries.append(f"{opens}{inside}{closes if draw.byte() < 250 else ''}")
    return encoded(draw, first + "".join(entries) + last)


def _piece(draw: Draw, those: Sequence[str], most: int) -> str:
    kind = draw.byte()
    if kind < 200:
        return draw.pick(those)
    if kind < 225:
        return draw.pick(ADDRESSES)
    if kind < 245:
        return told(draw, DAYS, 3)
    return any_text(draw, draw.byte() % most)


def html_bytes(draw: Draw) -> bytes:
    """A page: one of the sample portals' with pieces moved, one written from tags, or bytes as they come."""
    kind = draw.byte()
    if kind < 10:
        return draw.rest(4_000)
    if kind < 24:
        return _torn_page(draw)
    head = "".join(_element(draw, 1) for _ in range(draw.byte() % 5))
    body = "".join(_element(draw, 3) for _ in range(1 + draw.byte() % 5))
    story = "".join(f"<p>{told(draw, ALL, 12)}</p>" for _ in range(draw.byte() % 5))
    title = told(draw, ALL, 4)
    page = f"<body><h1>{title}</h1>{body}<div {draw.pick(_STORIES)}>{story}{body}</div></body>"
    return encoded(draw, f"<html><head><title>{title}</title>{head}</head>{page}</html>")


def _torn_page(draw: Draw) -> bytes:
    pieces = list(_pieces_of(draw.below(len(sample_pages()))))
    for _ in range(1 + draw.byte() % 12):
        at, length = draw.below(len(pieces)), draw.byte() % 40
        kind = draw.byte() % 5
        if kind == 0:
            del pieces[at : at + length]
        elif kind == 1:
            pieces[at:at] = pieces[at : at + length] * (1 + draw.byte() % 4)
        elif kind == 2:
            pieces.insert(at, draw.pick(FRAGMENTS).encode("utf-8", "ignore"))
        elif kind == 3:
            pieces.insert(at, _element(draw, 2).encode("utf-8", "ignore"))
        else:
            to = draw.below(len(pieces))
            pieces[at], pieces[to] = pieces[to], pieces[at]
        if not pieces:
            return b""
    return b"".join(pieces)


def _element(draw: Draw, deep: int) -> str:
    kind = draw.byte()
    if kind < 60 or deep == 0 or not draw.has_more:
        return told(draw, ALL, 12)
    if kind < 100:
        return draw.pick(FRAGMENTS)
    tag = draw.pick(TAGS)
    attributes = "".join(" " + draw.pick(ATTRIBUTES) for _ in range(draw.byte() % 4))
    if draw.byte() < 20:
        attributes += f' href="{draw.pick(ADDRESSES)}"'
    inside = "".join(_element(draw, deep - 1) for _ in range(draw.byte() % 4))
    if kind > 250:
        times = draw.pick(_DEPTHS)
        return f"<{tag}{attributes}>" * times + inside
    closing = f"</{tag}>" if draw.byte() < 235 else ""
    return f"<{tag}{attributes}>{inside}{closing}"


_FILLED: Final = 100_000


def long_html(draw: Draw) -> bytes:
    """A page of 100 KB that says a few things over and over."""
    head = "".join(_element(draw, 2) for _ in range(1 + draw.byte() % 3))
    unit = "".join(_element(draw, 2) for _ in range(1 + draw.byte() % 3)) or draw.pick(FRAGMENTS)
    tail = "".join(_element(draw, 2) for _ in range(draw.byte() % 3))
    text = (head + unit * (1 + _FILLED // len(unit)))[:_FILLED] + tail
    return text.encode("utf-8", "ignore")


def long_xml(draw: Draw) -> bytes:
    """A feed or sitemap of 100 KB that says a few things over and over."""
    head = "".join(_piece(draw, XML, 40) for _ in range(draw.byte() % 4))
    unit = "".join(_piece(draw, XML, 40) for _ in range(1 + draw.byte() % 5)) or "<url>"
    return (head + unit * (1 + _FILLED // len(unit)))[:_FILLED].encode("utf-8", "ignore")

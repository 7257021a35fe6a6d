"""Listings: article links of every URL style, and the way to the next page."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest

from include.crawl.article_links import looks_like_article, may_be_article
from include.crawl.documents import Document, MalformedDocumentError
from include.crawl.http import Limits
from include.crawl.listings import ListingPage, parse_listing
from include.crawl.survey import Survey, survey_portal
from include.portals.hosts import is_own_url
from include.portals.portal import Portal

URL = "https://baosuoitra.vn/kinh-te/"


def read(body: bytes, url: str, content_type: str | None) -> ListingPage:
    return parse_listing(body, url, content_type, lambda link: is_own_url(link, URL))


HEADLINE = "Sản lượng chè búp tươi của tỉnh tăng mạnh"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("/vu-che-xuan-boi-thu-post401234.html", ""),
        ("/vu-che-xuan-boi-thu-1234567.html", ""),
        ("/vu-che-xuan-boi-thu-54321.htm", ""),
        ("/vu-che-xuan-a201345.html", ""),
        ("/vu-che-xuan-102260905122709839.htm", ""),
        ("/vu-che-xuan-postid402233.bbg", ""),
        ("/kinh-te/202607/vu-che-xuan-0a1b2c3/", ""),
        ("/vi/news/kinh-te/vu-che-xuan-4001.html", ""),
        ("/thoi-su/bi-thu-huyen-uy-lam-viec-voi-hop-tac-xa-che", ""),
        ("/kinh-te/vu-che-xuan", HEADLINE),
        ("/tin-tuc/nong-nghiep/ket-qua-thu-mua-che-bup-tuoi.html", ""),
        ("/Default.aspx?dvid=12&pageid=9&sid=77", "Chè"),
        ("/Pages/tin.aspx?ItemID=5", ""),
        ("/web/guest/-/vu-che-xuan", ""),
        ("/Thoi-Su/Vu-Che-Xuan-1234", ""),
    ],
)
def test_links_to_articles(path: str, text: str) -> None:
    assert looks_like_article("https://baosuoitra.vn" + path, text)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("/", HEADLINE),
        ("/kinh-te/", "Kinh tế"),
        ("/tin-tuc/xay-dung-dang", "Xây dựng Đảng"),
        ("/tin-tuc/page-2", "2"),
        ("/tin-tuc/trang-12.html", "12"),
        ("/kinh-te?page=2", "2"),
        ("/Default.aspx?pageid=12", "Kinh tế"),
        ("/upload/bao-cao-quy-2-nam-2026-post12345.pdf", HEADLINE),
        ("/anh/vu-che-1234.jpg", ""),
        ("/le-hoi-che-event1234.html", "Lễ hội chè"),
        ("/tag/che-bup-tuoi-12345.html", ""),
        ("/tim-kiem?id=5", ""),
        ("/rss/kinh-te-12345.html", ""),
        ("/chuyen-muc/72-but-ky", "Bút ký"),
    ],
)
def test_links_to_something_else(path: str, text: str) -> None:
    assert not looks_like_article("https://baosuoitra.vn" + path, text)


def test_a_feed_or_map_entry_is_taken_unless_it_cannot_be_a_page() -> None:
    assert may_be_article("https://a.vn/gioi")
    assert may_be_article("https://a.vn/?sid=4")
    assert not may_be_article("https://a.vn/")
    assert not may_be_article("https://a.vn/a.pdf")
    assert not may_be_article("https://a.vn/tag/che")


def page(*anchors: str, head: str = "") -> bytes:
    return f"<html><head>{head}</head><body>{''.join(anchors)}</body></html>".encode()


def a(href: str, text: str = "", more: str = "") -> str:
    return f'<a href="{href}" {more}>{text}</a>'


def test_articles_come_once_each_in_the_order_of_the_page_and_from_this_site_only() -> None:
    body = page(
        a("/kinh-te/vu-che-xuan", "<img src='/a.jpg'>"),
        a("https://www.baosuoitra.vn/tin-b-202.html"),
        a("/kinh-te/vu-che-xuan#anh", HEADLINE),
        a("https://other.vn/tin-c-303.html"),
        a("javascript:void(0)"),
        a("/tin-d-404.html?utm_source=x"),
    )
    assert read(body, URL, "text/html").articles == (
        "https://baosuoitra.vn/kinh-te/vu-che-xuan",
        "https://www.baosuoitra.vn/tin-b-202.html",
        "https://baosuoitra.vn/tin-d-404.html",
    )


@pytest.mark.parametrize(
    ("here", "anchors", "next_url"),
    [
        (URL, [a("/kinh-te/page-2", "2")], URL + "page-2"),
        (URL, [a("/kinh-te/page-3", "3"), a("/kinh-te/page-2", "2")], URL + "page-2"),
        (URL, [a("?page=2", "2")], URL + "?page=2"),
        (URL + "?page=2", [a("?page=1", "1"), a("?page=3", "3")], URL + "?page=3"),
        (URL, [a("/kinh-te/?trang=2", "Trang sau »")], URL + "?trang=2"),
        (URL, [a("/kinh-te/p2", "x", 'class="next"')], URL + "p2"),
        (URL, [a("/kinh-te/tiep-theo", "y", 'rel="next"')], URL + "tiep-theo"),
        (URL, [a("/the-thao/page-2", "2")], None),
        (URL, [a("/kinh-te/page-3", "3")], None),
        (URL, [a("/tin-moi-12345.html", "›", 'class="next"')], None),
        (URL, [a("https://other.vn/kinh-te/page-2", "Trang sau")], None),
        (URL, [], None),
    ],
)
def test_the_next_page(here: str, anchors: list[str], next_url: str | None) -> None:
    assert read(page(*anchors), here, "text/html").next_url == next_url


def test_much_in_one_tag_is_no_monster_yet() -> None:
    body = page(a("/tin-b-202.html", more=f'data-content="{"chè búp " * 2000}" style="{"x" * 500_000}"'))
    assert read(body, URL, None).articles == ("https://baosuoitra.vn/tin-b-202.html",)


def test_a_base_element_moves_relative_links() -> None:
    body = page(a("tin-b-202.html"), head='<base href="https://kinhte.baosuoitra.vn/moi/">')
    assert read(body, URL, None).articles == ("https://kinhte.baosuoitra.vn/moi/tin-b-202.html",)


def test_a_portal_that_moved_keeps_its_links_where_the_registry_names_the_new_host(
    make_portal: Callable[..., Portal],
) -> None:
    body = page(a("tin-b-202.html"), head='<base href="https://moi.baochethom.vn/">')
    moved = make_portal("https://baosuoitra.vn", urls=["/a-1.html"], other_hosts=["moi.baochethom.vn"])
    stayed = make_portal("https://baosuoitra.vn", urls=["/a-1.html"])
    assert parse_listing(body, URL, None, moved.owns).articles == (
        "https://moi.baochethom.vn/tin-b-202.html",
    )
    assert parse_listing(body, URL, None, stayed.owns).articles == ()


@pytest.mark.parametrize("declared", ["no-such", "utf-16", "windows-1258", "iso-8859-1"])
def test_a_wrong_charset_does_not_lose_the_page(declared: str) -> None:
    body = page(a("/tin-b-202.html", "Xã mở rộng vùng sản xuất chè"))
    assert read(body, URL, f"text/html; charset={declared}").articles == (
        "https://baosuoitra.vn/tin-b-202.html",
    )


def test_a_right_charset_is_read() -> None:
    body = page(a("/tin-b-202.html", "Xã mở rộng vùng sản xuất chè"))
    assert read(body.decode().encode("utf-16-le"), URL, "text/html; charset=utf-16le").articles


@pytest.mark.parametrize(
    ("body", "content_type", "reason"),
    [
        (b"", "text/html", "empty_body"),
        (b"{}", "application/json", "not_html"),
        (
            b"<div " + b" ".join(b"a%d=1" % number for number in range(20_000)) + b">",
            "text/html",
            "monstrous_tag",
        ),
    ],
)
def test_what_is_no_page_is_malformed(body: bytes, content_type: str, reason: str) -> None:
    with pytest.raises(MalformedDocumentError) as caught:
        read(body, URL, content_type)
    assert caught.value.reason == reason


def test_the_next_page_of_a_portal_on_https_is_asked_over_https(
    make_portal: Callable[..., Portal],
) -> None:
    portal = make_portal("https://baosuoitra.vn", allow_private=False, urls=[], listings=["/kinh-te/"])
    asked: list[str] = []

    def read(kind: str, url: str, **_: object) -> Document:
        asked.append(url)
        body = page(a(f"/tin-b-20{len(asked)}.html"), a("http://baosuoitra.vn/kinh-te/page-2", "2"))
        return Document(kind, url, "read", None, 200, "2026-07-11T19:00:00+00:00", body, "text/html")

    robots = SimpleNamespace(
        refusal=lambda _: None,
        rules_for=lambda url: SimpleNamespace(document=read("robots", url)),
    )
    client = SimpleNamespace(limits=Limits())
    desk = SimpleNamespace(portal=portal, robots=robots, reader=SimpleNamespace(read=read), client=client)
    survey_portal(desk, Survey())  # type: ignore[arg-type]
    assert asked[1:] == ["https://baosuoitra.vn/kinh-te/", "https://baosuoitra.vn/kinh-te/page-2"]

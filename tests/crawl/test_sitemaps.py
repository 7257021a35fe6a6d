"""Sitemap documents, and the choice of what lies in a range of days."""

from __future__ import annotations

import gzip
from datetime import date

import pytest

from include.crawl.documents import MalformedDocumentError
from include.crawl.sitemap_range import DayRange, maps_worth_reading, pages_in_range
from include.crawl.sitemaps import SitemapEntry, newest_first, parse_sitemap

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
URLSET = f"""<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="{NAMESPACE}" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc> https://a.vn/tin-1.html </loc><lastmod>2026-07-10T23:30:00Z</lastmod>
<news:news><news:publication_date>2020-01-01</news:publication_date></news:news></url>
<url><loc>https://a.vn/d.aspx?a=1&amp;sid=2</loc><lastmod>2026-07-09</lastmod></url>
<url><loc>/tin-3.html</loc><lastmod>hôm qua</lastmod></url>
<url><priority>1</priority></url>
</urlset>"""


def test_a_urlset_gives_its_pages_with_the_day_in_vietnam() -> None:
    sitemap = parse_sitemap(URLSET.encode(), "https://a.vn/sitemap.xml")
    assert not sitemap.is_index
    assert sitemap.entries == (
        SitemapEntry("https://a.vn/tin-1.html", date(2026, 7, 11)),
        SitemapEntry("https://a.vn/d.aspx?a=1&sid=2", date(2026, 7, 9)),
        SitemapEntry("https://a.vn/tin-3.html", None),
    )


def test_a_gzipped_map_is_the_same_map() -> None:
    plain = parse_sitemap(URLSET.encode(), "https://a.vn/s.xml")
    assert parse_sitemap(gzip.compress(URLSET.encode()), "https://a.vn/s.xml") == plain


def test_an_index_says_so() -> None:
    index = f"<sitemapindex xmlns='{NAMESPACE}'><sitemap><loc>https://a.vn/b.xml.gz</loc></sitemap></sitemapindex>"
    sitemap = parse_sitemap(index.encode(), "https://a.vn/s.xml")
    assert sitemap.is_index
    assert [entry.url for entry in sitemap.entries] == ["https://a.vn/b.xml.gz"]


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"<rss/>", "not_a_sitemap"),
        (b"<html></html>", "html_instead_of_xml"),
        (gzip.compress(URLSET.encode(), mtime=0)[:-9], "bad_gzip"),
        (gzip.compress(bytes(30 * 1024 * 1024), mtime=0), "too_large"),
    ],
)
def test_what_is_no_map_is_malformed(body: bytes, reason: str) -> None:
    with pytest.raises(MalformedDocumentError) as caught:
        parse_sitemap(body, "https://a.vn/s.xml")
    assert caught.value.reason == reason


def test_newest_first_keeps_the_order_of_the_undated() -> None:
    entries = (
        SitemapEntry("a", None),
        SitemapEntry("b", date(2026, 1, 1)),
        SitemapEntry("c", None),
        SitemapEntry("d", date(2026, 2, 1)),
    )
    assert [entry.url for entry in newest_first(entries)] == ["d", "b", "a", "c"]


MARCH = DayRange(date(2026, 3, 1), date(2026, 3, 31))


@pytest.mark.parametrize(
    ("url", "changed_on", "worth"),
    [
        ("https://a.vn/sitemap-2026-3.xml", None, True),
        ("https://a.vn/sitemap-2026-03.xml", None, True),
        ("https://a.vn/sitemap_202603.xml", None, True),
        ("https://a.vn/sitemap-2026-4.xml", None, False),
        ("https://a.vn/sitemap-2025-3.xml", None, False),
        ("https://a.vn/news.xml", None, True),
        ("https://a.vn/news.xml", date(2026, 2, 28), False),
        ("https://a.vn/news.xml", date(2026, 5, 1), True),
    ],
)
def test_which_maps_of_an_index_may_hold_a_range(url: str, changed_on: date | None, worth: bool) -> None:
    assert maps_worth_reading([SitemapEntry(url, changed_on)], MARCH) == ([url] if worth else [])


@pytest.mark.parametrize(
    ("url", "changed_on", "map_url", "inside"),
    [
        ("https://a.vn/tin-1.html", date(2026, 3, 31), "s.xml", True),
        ("https://a.vn/tin-1.html", date(2026, 4, 1), "s.xml", False),
        ("https://a.vn/kinh-te/202603/tin-0a1b2c3/", None, "s.xml", True),
        ("https://a.vn/kinh-te/202602/tin-0a1b2c3/", None, "sitemap-2026-3.xml", False),
        ("https://a.vn/tin-1.html", None, "sitemap-2026-3.xml", True),
        ("https://a.vn/tin-1.html", None, "s.xml", False),
    ],
)
def test_which_pages_of_a_map_are_in_a_range(
    url: str, changed_on: date | None, map_url: str, inside: bool
) -> None:
    assert pages_in_range([SitemapEntry(url, changed_on)], map_url, MARCH) == ([url] if inside else [])

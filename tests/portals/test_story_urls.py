"""The addresses of one story, and which of them names it."""

from __future__ import annotations

import pytest

from include.portals.story_urls import article_url, is_same_story, settled_url

BASE = "https://baosuoitra.vn"
STORY = BASE + "/vu-che-xuan-boi-thu-post40123.html"


@pytest.mark.parametrize(
    "url",
    [
        "https://www.baosuoitra.vn/vu-che-xuan-boi-thu-post40123.html",
        "http://m.baosuoitra.vn/vu-che-xuan-boi-thu-post40123.html",
        "https://amp.baosuoitra.vn/vu-che-xuan-boi-thu-post40123.html",
        "http://baosuoitra.vn:80/vu-che-xuan-boi-thu-post40123.html#binh-luan",
        "https://baosuoitra.vn/vu-che-xuan-boi-thu-post40123.amp",
        "https://baosuoitra.vn/vu-che-xuan-boi-thu-post40123.amp.html?utm_source=zalo",
        "https://baosuoitra.vn/amp/vu-che-xuan-boi-thu-post40123.html",
        "https://baosuoitra.vn/vu-che-xuan-boi-thu-post40123.html/amp",
        "https://baosuoitra.vn/vu-che-xuan-boi-thu-post40123.html?print=1",
        "https://baosuoitra.vn/amp/amp/vu-che-xuan-boi-thu-post40123.html",
        "https://baosuoitra.vn/amp/vu-che-xuan-boi-thu-post40123.amp.amp/amp/amp/",
    ],
)
def test_twins_of_a_story_have_its_address(url: str) -> None:
    assert article_url(url, BASE) == STORY


@pytest.mark.parametrize(
    ("url", "base"),
    [
        ("https://congan.suoitra.gov.vn/tin/x-101.html", "https://suoitra.gov.vn"),
        ("http://127.0.0.1:8901/x-101.html", "http://127.0.0.1:8902"),
        ("https://suoitra.gov.vn/Default.aspx?dvid=1&sid=77", "https://suoitra.gov.vn"),
        ("https://baosuoitra.vn/amp", "https://baosuoitra.vn"),
        ("https://baosuoitra.vn/camp/tin-101.html", "https://baosuoitra.vn"),
    ],
)
def test_what_is_no_twin_stays(url: str, base: str) -> None:
    assert article_url(url, base) == url


def test_a_sub_domain_of_a_portal_on_https_is_asked_over_https() -> None:
    assert article_url("http://congan.suoitra.gov.vn/tin-101.html", "https://suoitra.gov.vn") == (
        "https://congan.suoitra.gov.vn/tin-101.html"
    )
    stays = "http://congan.suoitra.gov.vn/tin-101.html"
    assert article_url(stays, "http://suoitra.gov.vn") == stays


def test_a_portal_on_http_and_www_has_its_stories_there() -> None:
    assert article_url("https://suoitra.vn/tin-101.html", "http://www.suoitra.vn") == (
        "http://www.suoitra.vn/tin-101.html"
    )


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("/post-40123.html", "/vu-che-xuan-boi-thu-post40123.html", True),
        ("/kinh-te/vu-che-xuan-40123.html", "/nong-nghiep/vu-che-da-xuat-40123.html", True),
        ("/tin-buon-40123.html", "/tin-buon", True),
        ("/vi/-/asset_publisher/x1/content/vu-che-xuan", "/web/guest/-/vu-che-xuan", True),
        ("/kinh-te/202604/vu-che-xuan-0a1b2c3/", "/kinh-te/202604/vu-che-boi-thu-0a1b2c3/", True),
        ("/Default.aspx?sid=77&dvid=1", "/default.aspx?dvid=1&sid=77", True),
        ("/Default.aspx?sid=77", "/Default.aspx?sid=78", False),
        ("/vu-che-xuan-post40123.html", "/vu-che-xuan-post40124.html", False),
        ("/kinh-te/202604/vu-che-xuan-0a1b2c3/", "/kinh-te/202604/vu-che-xuan-0a1b2c4/", False),
        ("/vu-che-xuan", "/vu-lua-xuan", False),
        ("/vu-che-xuan", "/", False),
        ("/", "/", False),
    ],
)
def test_stories_are_told_apart_by_number_and_else_by_slug(one: str, other: str, same: bool) -> None:
    assert is_same_story(BASE + one, BASE + other) is same
    assert is_same_story(BASE + other, BASE + one) is same


@pytest.mark.parametrize(
    ("requested", "final", "declared", "settled"),
    [
        (STORY, STORY, "http://www.baosuoitra.vn/vu-che-xuan-boi-thu-post40123.html", STORY),
        (BASE + "/post-40123.html", None, STORY, STORY),
        (BASE + "/post-40123.html", STORY, None, STORY),  # a redirect, and the page says nothing
        (STORY, STORY, BASE + "/", STORY),
        (STORY, STORY, BASE + "/kinh-te/", STORY),
        (STORY, STORY, BASE + "/tin-mau-post1001.html", STORY),
        (STORY, STORY, "javascript:void(0)", STORY),
        (STORY, STORY, "https://mau.nhacungcap.vn/vu-che-xuan-boi-thu-post40123.html", STORY),
        # Moved to a new number: what answered is what was read.
        (STORY, BASE + "/vu-che-xuan-post50001.html", None, BASE + "/vu-che-xuan-post50001.html"),
    ],
)
def test_the_address_that_names_what_was_read(
    requested: str, final: str | None, declared: str | None, settled: str
) -> None:
    assert settled_url(requested, final, declared, BASE) == settled

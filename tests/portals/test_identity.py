"""One article, one URL: what is dropped, what is kept."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from include.portals.identity import article_id_of, canonical_url


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        (
            "HTTPS://BaoSuoiTra.VN:443/Thoi-Su/Tin-1.html#binh-luan",
            "https://baosuoitra.vn/Thoi-Su/Tin-1.html",
        ),
        ("http://a.vn:80", "http://a.vn/"),
        ("http://a.vn:8900/x", "http://a.vn:8900/x"),
        ("https://a.vn/x?utm_source=zalo&UTM_Medium=b&fbclid=1&gclid=2&zarsrc=3", "https://a.vn/x"),
        ("https://a.vn/Default.aspx?sid=7&dvid=1&utm_campaign=c", "https://a.vn/Default.aspx?sid=7&dvid=1"),
        ("https://a.vn/p?b=2&a=1&b=3", "https://a.vn/p?b=2&a=1&b=3"),
        ("https://a.vn/p?ItemID=5&", "https://a.vn/p?ItemID=5"),
        ("https://a.vn/p?", "https://a.vn/p"),
        ("https://a.vn/tin tức/chè.html", "https://a.vn/tin%20t%E1%BB%A9c/ch%C3%A8.html"),
        ("https://a.vn/tin%20t%E1%BB%A9c", "https://a.vn/tin%20t%E1%BB%A9c"),
        ("https://a.vn/web/-/che;jsessionid=0A1B2C.n1?q=1", "https://a.vn/web/-/che?q=1"),
        ("https://báo.vn/x", "https://xn--bo-mia.vn/x"),
        ("http://[::1]:80/x", "http://[::1]/x"),
        ("  https://a.vn/x \n", "https://a.vn/x"),
    ],
)
def test_canonical_form(url: str, canonical: str) -> None:
    assert canonical_url(url) == canonical


@pytest.mark.parametrize(
    "url",
    [
        "mailto:a@b.vn", "javascript:void(0)", "/relative", "", "http://", "https://u:p@a.vn/",
        "http://a.vn:x/", "http://[::1/",
    ],
)  # fmt: skip
def test_what_is_no_web_address_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        canonical_url(url)


def test_paths_that_differ_in_case_are_two_articles() -> None:
    assert article_id_of("https://a.vn/Thoi-Su") != article_id_of("https://a.vn/thoi-su")


def test_the_id_is_made_of_the_canonical_url() -> None:
    digest = hashlib.sha256(b"https://a.vn/x?sid=1").hexdigest()
    assert article_id_of("https://A.vn/x?sid=1&utm_source=b#top") == "a" + digest[:16]


@given(
    path=st.text(alphabet="abcÀđừ /%-._~;=+&", max_size=20),
    query=st.text(alphabet="abcÀ=&+%?/ ", max_size=20),
)
def test_a_canonical_url_is_its_own_canonical_url(path: str, query: str) -> None:
    once = canonical_url(f"https://a.vn/{path}?{query}")
    assert canonical_url(once) == once


@pytest.mark.parametrize(
    "url",
    ["http://.", "http://..", "http://./a", "https://a b/", "http://a..b/", "http://%00/", "http://a^b/"],
)
def test_what_names_no_host_is_no_address(url: str) -> None:
    with pytest.raises(ValueError, match="not a"):
        canonical_url(url)


@pytest.mark.parametrize(
    "url", ["http://báo.vn。/x", "https://ａ.VN./x", "https://a_b.vn/x", "http://[::1]:80/x"]
)
def test_canonical_twice_is_canonical_once(url: str) -> None:
    once = canonical_url(url)
    assert once.isascii()
    assert canonical_url(once) == once

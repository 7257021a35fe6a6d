"""A saved page becomes a registry entry that loads as it stands, honest about what the page did not say."""

from __future__ import annotations

from pathlib import Path

import pytest

from include.operations.new_portal import main
from include.operations.portal_entry import portal_id
from include.portals.family_names import KNOWN_FAMILIES
from include.portals.portal import Portal
from include.portals.registry import load_registry
from include.vocabulary import load_vocabulary
from tests.clean.samples import LEAD, PARAGRAPHS, SAMPLES, TITLE, html_of

URL = "https://www.baosuoitra.vn/kinh-te/mo-rong-vung-che-nguyen-lieu-o-na-pha-post101.html"
HEAD = """
<meta property="og:site_name" content="Báo Lai Châu">
<link rel="alternate" type="application/rss+xml" href="/rss/home.rss">
<link rel="alternate" type="application/rss+xml" href="https://tin.baosuoitra.vn/kinh-te.rss">
<link rel="alternate" type="application/rss+xml" href="https://rss.khac.vn/home.rss">
<link rel="alternate" type="application/rss+xml" href="">
<link rel="alternate" hreflang="en" href="/en/">
"""
MENU = f"""
<div id="menu-chinh"><a href="/">Trang chủ</a><a href="/van-ban/">Văn bản</a>
<a href="/kinh-te/">Kinh tế</a><a href="{URL}">Kinh tế</a><a href="/tin-tuc/?trang=2">Tin tức</a>
<a href="https://khac.vn/kinh-te/">Kinh tế</a><a href="javascript:void(0)">Thời sự</a>
<a href="/thoi-su/che-xuan-duoc-mua-duoc-gia-post9102.html">Thời sự: chè xuân</a>
<a href="/lien-he/">Tin tức và liên hệ</a><a href="/thoi-su/"><b>Thời</b> sự</a></div>
"""


def saved(tmp_path: Path, html: str) -> Path:
    path = tmp_path / "trang đã lưu.html"
    path.write_text(html, encoding="utf-8")
    return path


def rich_page(family: str) -> str:
    return html_of(family).replace("</head>", f"{HEAD}</head>", 1).replace("<body>", f"<body>{MENU}", 1)


def loaded(tmp_path: Path, entry: str) -> Portal:
    path = tmp_path / "portals.yml"
    path.write_text(entry, encoding="utf-8")
    (portal,) = load_registry(path, load_vocabulary().provinces).portals
    return portal


@pytest.mark.parametrize("family", KNOWN_FAMILIES)
def test_the_entry_of_each_family_loads(tmp_path, capsys, family) -> None:
    assert main([str(saved(tmp_path, html_of(family))), "--url", URL]) == 0
    printed = capsys.readouterr()
    portal = loaded(tmp_path, printed.out)
    assert portal.family == (None if family == "generic" else family)
    assert portal.base_url == "https://www.baosuoitra.vn"
    assert portal.id == "baosuoitra"
    assert portal.crawl_delay_s >= 2
    assert "family" not in portal.guessed
    sample = SAMPLES[family]
    assert f"  title       {sample.title or 'none'}\n" in printed.err
    assert f"  published   {sample.published_on or 'unknown'} ({sample.basis})\n" in printed.err
    assert f"  byline      {sample.byline or 'none'}\n" in printed.err
    assert f"  first       {sample.body.splitlines()[0]}\n" in printed.err
    assert f"  last        {sample.body.splitlines()[-1]}\n" in printed.err
    assert f"  paragraphs  {len(sample.body.splitlines())}, {len(sample.body)} characters\n" in printed.err


def test_what_the_page_says_of_its_portal_is_in_the_entry(tmp_path, capsys) -> None:
    assert main([str(saved(tmp_path, rich_page("epi"))), "--url", URL]) == 0
    entry = capsys.readouterr().out
    portal = loaded(tmp_path, entry)
    assert portal.name == "Báo Lai Châu"
    assert portal.family == "epi"
    assert portal.feeds == ("https://www.baosuoitra.vn/rss/home.rss", "https://tin.baosuoitra.vn/kinh-te.rss")
    assert portal.listings == ("https://www.baosuoitra.vn/kinh-te/", "https://www.baosuoitra.vn/thoi-su/")
    assert portal.guessed == ("province", "listings")
    assert 'Its name says Lai Châu: "12".' in entry
    assert "feeds: [/rss/home.rss, 'https://tin.baosuoitra.vn/kinh-te.rss']" in entry


def test_a_code_that_changed_hands_is_suggested_with_its_vintage(tmp_path, capsys) -> None:
    html = html_of("epi").replace("</head>", '<meta property="og:site_name" content="Báo Yên Bái"></head>', 1)
    assert main([str(saved(tmp_path, html)), "--url", URL]) == 0
    assert 'Its name says Yên Bái: "15-2008".' in capsys.readouterr().out


def test_a_page_that_says_nothing_leaves_guesses(tmp_path, capsys) -> None:
    html = "".join(f"<p>{text}</p>" for text in (LEAD, *PARAGRAPHS))
    assert main([str(saved(tmp_path, f"<html><body>{html}</body></html>")), "--url", URL]) == 0
    portal = loaded(tmp_path, capsys.readouterr().out)
    assert portal.name == "www.baosuoitra.vn"
    assert portal.sitemaps == ("https://www.baosuoitra.vn/sitemap.xml",)
    assert portal.guessed == ("name", "province", "sitemaps")


def test_relative_links_count_from_the_pages_base(tmp_path, capsys) -> None:
    html = rich_page("epi").replace("<head>", '<head><base href="https://moi.baosuoitra.vn/">', 1)
    assert main([str(saved(tmp_path, html)), "--url", URL]) == 0
    portal = loaded(tmp_path, capsys.readouterr().out)
    assert "https://moi.baosuoitra.vn/rss/home.rss" in portal.feeds
    assert "https://moi.baosuoitra.vn/kinh-te/" in portal.listings


@pytest.mark.parametrize(
    "name", ["Báo: Suối # Trà", "'Báo' \"Suối\"", "- Báo", "null", "20", "{Báo}", "Báo\nSuối Trà", "@báo!"]
)
def test_any_name_is_written_so_that_it_is_read_back(tmp_path, capsys, name) -> None:
    escaped = name.replace('"', "&quot;")
    html = html_of("epi").replace("</head>", f'<meta property="og:site_name" content="{escaped}"></head>', 1)
    assert main([str(saved(tmp_path, html)), "--url", URL]) == 0
    assert loaded(tmp_path, capsys.readouterr().out).name == " ".join(name.split())


def test_the_address_is_taken_from_the_page_and_loopback_is_allowed(tmp_path, capsys) -> None:
    html = "<!-- saved from url=(0040)http://127.0.0.1:18902/tin-post720066.html -->\n" + html_of("epi")
    assert main([str(saved(tmp_path, html))]) == 0
    portal = loaded(tmp_path, capsys.readouterr().out)
    assert portal.base_url == "http://127.0.0.1:18902"
    assert portal.allow_private


def test_a_page_that_does_not_tell_its_address_is_refused_with_what_to_do(tmp_path, capsys) -> None:
    assert main([str(saved(tmp_path, html_of("epi")))]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "nothing tells the address of" in printed.err
    assert "URL=https://" in printed.err


@pytest.mark.parametrize(
    ("content", "url", "says"),
    [
        (b"%PDF-1.7 \n", URL, "is no page that can be read (not_html_pdf)"),
        (b"", URL, "(no_content)"),
        (html_of("epi").encode(), "baosuoitra.vn/x", "write the page's whole address"),
        (None, URL, "cannot be read"),
    ],
)
def test_what_cannot_be_used_is_named(tmp_path, capsys, content, url, says) -> None:
    path = tmp_path / "trang.html"
    if content is not None:
        path.write_bytes(content)
    assert main([str(path), "--url", url]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert says in printed.err


def test_no_page_named_says_how_to_name_one(capsys) -> None:
    assert main([]) == 2
    assert "PAGE=saved.html" in capsys.readouterr().err


def test_a_page_without_a_story_still_gives_an_entry_and_says_so(tmp_path, capsys) -> None:
    html = rich_page("epi").replace(TITLE, "")
    start, end = html.index('<article class="article">'), html.index("</article>")
    assert main([str(saved(tmp_path, html[:start] + html[end:])), "--url", URL]) == 0
    printed = capsys.readouterr()
    assert loaded(tmp_path, printed.out).feeds
    assert "  no story    empty" in printed.err


@pytest.mark.parametrize(
    ("netloc", "expected"),
    [
        ("baolaocai.vn", "baolaocai"),
        ("www.baoangiang.com.vn", "baoangiang"),
        ("m.laichau.gov.vn", "laichau-gov"),
        ("sct.dongnai.gov.vn", "sct-dongnai-gov"),
        ("127.0.0.1:8900", "127-0-0-1-8900"),
    ],
)
def test_ids_come_from_hosts(netloc, expected) -> None:
    assert portal_id(netloc) == expected

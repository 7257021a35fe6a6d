"""The front page tells what the newest night brought, and counts nothing of another night."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from include.site.build import build_site
from include.site.pages.nights import state
from include.site.pages.tonight import CLAIMS_OF_AN_ARTICLE, CLAIMS_SHOWN, tonight_pages
from tests.site.nights import SCRIPT, gate, news, outcome, portal_night, version
from tests.site.reading import Reader, broken_links, drawn, section, text_of
from tests.site.samples import NIGHT, article, claim, published


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = news(tmp_path_factory.mktemp("tonight"))
    build_site(folder)
    return folder / "site"


@pytest.fixture(scope="module")
def html(site: Path) -> str:
    return (site / "en" / "index.html").read_text(encoding="utf-8")


def test_the_night_is_counted(html: str, site: Path) -> None:
    assert "<h1>The night of 10 March 2026</h1>" in html
    assert "<h1>Đêm 10/3/2026</h1>" in (site / "vi" / "index.html").read_text(encoding="utf-8")
    tiles = re.findall(r"<dt>([^<]+)</dt><dd>([^<]+)</dd>", html)
    assert tiles == [
        ("new articles", "2"),
        ("edited articles", "1"),
        ("new figures", "4"),
        ("revised figures", "3"),
        ("new meetings", "1"),
    ]


def test_outcomes_add_up_by_portal_and_together(html: str) -> None:
    rows = [
        [text_of(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)]
        for row in re.findall(r"<tr>(.*?)</tr>", section(html, "portals"), re.DOTALL)
    ]
    heading, *portals, total = rows
    assert heading == ["portal", "tried", "loaded", "unchanged", "failed", "new articles", "usually", "state"]
    assert [row[1:-1] for row in portals] == [
        ["3", "0", "0", "3", "0", "2"],
        ["5", "3", "2", "0", "3", "2"],
    ]
    assert total[1:6] == ["8", "3", "2", "3", "3"]
    for row in [*portals, total]:
        assert int(row[1]) == sum(map(int, row[2:5]))


def test_new_and_edited_articles_are_those_of_the_night_alone(html: str) -> None:
    changes = section(html, "changes")
    new, edited = changes.split("<h3>")[2:]
    assert Reader(new).links.count("articles/a1.html") == 1
    assert "Bài được sửa" in text_of(edited)
    for other in ("Bài đọc lại theo quy tắc mới", "Bài của đêm trước", "Bài chỉ sửa tiêu đề"):
        assert other not in changes


def test_new_figures_stand_with_their_sentence_the_most_telling_first(html: str) -> None:
    told = section(html, "claims")
    found = re.findall(r'<strong class="amount">(.*?)</strong>', told)
    assert [text_of(one) for one in found] == ["900 ha", "111 ha", "over 1,300 ha", "12"]
    assert 'href="articles/a1.html#c-s1"' in told
    assert "<mark>hơn 1.300 ha</mark>" in told
    assert "https://benlau.example/a1#:~:text=Theo" in Reader(told).links
    assert "950" not in text_of(told), "of the night before"


def test_what_was_revised_or_withdrawn_in_the_night_is_told(html: str) -> None:
    told = text_of(section(html, "changes").split("<h3>")[1])
    assert "another article says otherwise: 950 ha →becomes 900 ha" in told
    assert "an article was edited: 650 ha →becomes 700 ha" in told
    assert "withdrawn (the sentence is no longer on the page): 600 ha" in told
    assert "1,300" not in told, "an edit of another day"
    assert "becomes 5 ha" not in told, "by an article of another night"
    assert "111" not in told, "no revision of the figure known now"
    assert "#c-s9" not in html, "a sentence that is gone has no place on its article's page"


def test_new_meetings_stand_with_the_sentence_of_their_lead(html: str) -> None:
    told = section(html, "meetings")
    first, again = told.split("<h3>")
    assert "Bà Lý Thị Mận chủ trì cuộc họp." in first
    assert "Lù Văn Pao" not in first
    assert Reader(first).links.count("meetings/m1.html") == 1
    assert "meetings/m2.html" in Reader(again).links
    assert "m3.html" not in told


def test_gates_speak_for_the_run_that_published(html: str) -> None:
    told = text_of(section(html, "gates"))
    assert "2 of 3 checks of this release passed." in told
    assert "Warns before reading figures · portal_quiet · 3 rows do not fit: hatranh: <script>" in told
    assert "7 rows" not in told, "of another run"
    assert "1 checks warn" in text_of(html)


def test_a_portal_that_failed_is_named_with_its_reasons(html: str) -> None:
    told = text_of(section(html, "troubled"))
    assert "gave none of its pages · page: failed (timeout) × 3; feed: failed (http_503)" in told
    assert "http_403" not in told, "of the night before"
    assert "Báo Bến Lau" not in told


def test_texts_of_articles_do_nothing(site: Path) -> None:
    for path in (*site.glob("*/*.html"), *site.glob("*/meetings/*.html")):
        html = path.read_text(encoding="utf-8")
        read = Reader(html)
        assert not {"img", "iframe", "object", "base"} & {tag for tag, _ in read.tags}, path
        scripts = [str(told.get("src")) for tag, told in read.tags if tag == "script"]
        own = [source for source in scripts if source != "search-index.js"]
        assert all(source.startswith("../") and "assets/" in source for source in own), path
        assert not [name for _, told in read.tags for name in told if name.startswith("on")], path
        assert not [tag for tag, told in read.tags if "style" in told], path
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]", html)
        assert not [link for link in read.links if link.startswith("javascript:")], path
    front = Reader((site / "vi" / "index.html").read_text(encoding="utf-8")).text
    assert front.count(SCRIPT) >= 4
    assert "Báo Hạ Tranh Sở ⟨U+202E⟩txt.exe⟨U+2066⟩ ⟨U+0007⟩" in front
    assert "javascript:alert(3)" in front


def test_every_link_within_the_site_leads_somewhere(site: Path) -> None:
    assert broken_links(site) == []


def test_an_empty_warehouse_says_so(tmp_path: Path) -> None:
    html = drawn(published(tmp_path), tonight_pages)
    assert "No night has been read yet." in html
    assert "<table" not in html
    assert "Chưa có đêm nào được đọc." in drawn(tmp_path, tonight_pages, language="vi")


def test_a_first_night_has_nothing_to_be_compared_with(tmp_path: Path) -> None:
    night = portal_night(nights_before=0, nights_with_articles_before=0, usual_new_article_count=None)
    html = drawn(published(tmp_path, nights=[night], articles=[article()]), tonight_pages)
    assert "This is the first night in 28 days" in html
    assert "This release has no results of gates" in html


def test_a_night_without_news_says_so(tmp_path: Path) -> None:
    html = drawn(
        published(
            tmp_path,
            claims=[claim()],
            dim_article_versions=[version("a1", fetched_at=datetime(2026, 3, 1, 19, tzinfo=UTC))],
            outcomes=[outcome("a1", "unchanged")],
            nights=[portal_night(discovered_count=1, loaded_count=0, unchanged_count=1, new_article_count=0)],
            gates=[gate("url_well_formed")],
        ),
        tonight_pages,
    )
    assert "The night brought no new article, and none was changed." in html
    assert "The new articles hold no figure." in html
    assert "All 1 checks passed" in html
    assert "unusually silent (usually 2 new articles)" in text_of(html)


def test_a_crawl_over_midnight_is_the_night_in_which_it_began(tmp_path: Path) -> None:
    begun, fetched = "crawl-20260309T165500Z", datetime(2026, 3, 9, 17, 30, tzinfo=UTC)
    html = drawn(
        published(
            tmp_path,
            claims=[claim(), claim("s2", article_id="a2")],
            dim_article_versions=[
                version("a1", fetched_at=fetched),
                version("a2", fetched_at=NIGHT.replace(day=8)),
            ],
            outcomes=[
                outcome("a1", batch_id=begun, fetched_at=fetched),
                outcome("a2", batch_id="crawl-20260308T190500Z", fetched_at=NIGHT.replace(day=8)),
            ],
            nights=[portal_night(night_on=date(2026, 3, 9))],
        ),
        tonight_pages,
    )
    # Begun at 23:55 on 9 March in Vietnam, fetched at 0:30; the night before began at 2:05 on 9 March, too.
    assert re.findall(r"<dd>(\d+)</dd>", html)[0] == "2"
    assert "The night of 9 March 2026" in html


def test_a_rich_night_is_bounded_and_says_what_it_leaves_out(tmp_path: Path) -> None:
    claims = [
        claim(f"s{a}-{n}", article_id=f"a{a}", value=float(n + 1), value_text=f"{n + 1} ha")
        for a in range(20)
        for n in range(CLAIMS_OF_AN_ARTICLE + 2)
    ]
    html = drawn(
        published(
            tmp_path,
            claims=claims,
            dim_article_versions=[version(f"a{a}") for a in range(20)],
            outcomes=[outcome(f"a{a}") for a in range(20)],
            nights=[portal_night()],
        ),
        tonight_pages,
    )
    told = section(html, "claims")
    assert told.count('class="amount"') == CLAIMS_SHOWN
    assert f"{CLAIMS_SHOWN} of {len(claims)} new figures" in told
    # Of each figure a link of its own and one of its sentence.
    assert max(told.count(f"benlau.example/a{a}#") for a in range(20)) == 2 * CLAIMS_OF_AN_ARTICLE


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ({}, "brought"),
        ({"night_on": None}, "not_asked"),
        ({"discovered_count": 0, "request_count": 2, "unread_request_count": 2}, "unreached"),
        ({"discovered_count": 4, "blocked_count": 1, "failed_count": 2, "not_allowed_count": 1}, "refused"),
        ({"discovered_count": 4, "failed_count": 2}, "failing"),
        ({"discovered_count": 5, "failed_count": 2}, "brought"),
        ({"new_article_count": 0}, "silent"),
        ({"new_article_count": 0, "nights_with_articles_before": 4}, "no_news"),
        ({"new_article_count": 0, "usual_new_article_count": 0.5}, "no_news"),
        ({"new_article_count": 0, "usual_new_article_count": None}, "no_news"),
        (
            {"new_article_count": 0, "discovered_count": 0, "usual_new_article_count": 0.0},
            "nothing_due",
        ),
    ],
)
def test_how_a_portal_answered(columns: dict[str, Any], expected: str) -> None:
    counts = dict.fromkeys(("unread_request_count", "blocked_count", "not_allowed_count", "failed_count"), 0)
    assert state(counts | portal_night() | columns) == expected


def test_a_portal_that_was_not_asked_is_told_with_its_last_night(tmp_path: Path) -> None:
    html = drawn(
        published(
            tmp_path,
            articles=[article(), article("b1", source_id="hatranh")],
            nights=[portal_night(), portal_night("hatranh", night_on=date(2026, 3, 7))],
        ),
        tonight_pages,
    )
    assert "not asked (last on 7 March 2026)" in text_of(section(html, "troubled"))

"""The calendar, a meeting's page and the people named there."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from include.site.build import build_site
from include.site.page import Page
from include.site.pages.meeting import meeting_pages, task_marked
from include.site.pages.meetings import CALENDARS, MONTH_SHOWN, deadline, meetings_pages, weeks
from include.site.pages.people import PEOPLE_ON_A_PAGE, letter, people_pages, person_links
from tests.site.nights import SCRIPT, TURNED, meeting, participant
from tests.site.reading import Reader, broken_links, drawn, opened, section, text_of
from tests.site.samples import Row, article, published

# The day of samples.NIGHT in Vietnam, on which the release was published.
RELEASED = date(2026, 3, 10)


def directive(directive_id: str = "d1", **columns: object) -> Row:
    """One row of fct_directives: an order without a deadline."""
    row: Row = {"directive_id": directive_id, "meeting_id": "m1", "article_id": "a1"}
    row |= {"issued_by": "Lý Thị Mận", "assigned_to": "xã Hạ Tranh", "action": "trồng 40 ha chè"}
    quote = "Bà Lý Thị Mận giao xã Hạ Tranh trồng 40 ha chè."
    return row | {"quote": quote, "directive_kind": "order"} | columns


def person(person_id: str = "p1", **columns: object) -> Row:
    """One row of dim_people."""
    row: Row = {"person_id": person_id, "person_name": "Lý Thị Mận", "latest_title": "Chủ tịch huyện"}
    return row | {"province_id": "10-2008", "meeting_count": 1} | columns


def post(person_id: str = "p1", **columns: object) -> Row:
    """One row of fct_person_posts."""
    row: Row = {"person_post_id": f"{person_id}-1", "person_id": person_id, "person_name": "Lý Thị Mận"}
    row |= {"post": "Chủ tịch", "organization_name": "Ủy ban nhân dân huyện Bến Lau"}
    row |= {"first_seen_on": date(2024, 5, 1), "last_seen_on": date(2026, 3, 8)}
    return row | {"meeting_count": 1, "first_article_id": "a1", "last_article_id": "a1"} | columns


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = published(
        tmp_path_factory.mktemp("meetings"),
        articles=[article(), article("a2", title=f"Tin vắn {SCRIPT}", url="javascript:alert(3)")],
        meetings=[
            meeting(
                topic=f"bàn trồng chè {TURNED}",
                meeting_end_date=date(2026, 3, 9),
                date_basis="inferred",
                date_earliest=date(2026, 3, 7),
                date_latest=date(2026, 3, 9),
                session="morning",
                host_organization=f"UBND huyện {SCRIPT}",
                location="hội trường huyện",
                lead_title="Chủ tịch huyện",
                article_count=2,
                conclusion="Bà Lý Thị Mận kết luận: trồng đúng vụ.",
                conclusion_article_id="a1",
            ),
            meeting("m2", meeting_date=None, date_basis="unknown", date_earliest=date(2024, 1, 1),
                    date_latest=date(2024, 12, 31), lead_name=None, topic=None),
            meeting("m3", meeting_date=None, date_basis="unknown", topic="việc khác"),
            meeting("m4", meeting_date=date(2025, 12, 31), topic="tổng kết năm"),
        ],
        meeting_articles=[
            {"meeting_id": "m1", "article_id": "a1"},
            {"meeting_id": "m1", "article_id": "a2", "joined_by": "lead_and_subject"},
            {"meeting_id": "m4", "article_id": "a1"},
        ],
        participants=[
            participant("p2", person_name=f"Lù Văn Pao {SCRIPT}", organization="Sở Nông nghiệp",
                        person_title="Phó Giám đốc", role="speaker", quote="Ông Lù Văn Pao phát biểu."),
            participant("p1", organization="UBND huyện", role="lead", quote="Bà Lý Thị Mận chủ trì."),
            participant("p3", person_name="Sùng A Páo", role="attendee", quote="Bà Lý Thị Mận chủ trì."),
        ],
        directives=[
            directive("d1", deadline_on=date(2026, 3, 1), deadline_text="trước ngày 1/3"),
            directive("d2", deadline_on=date(2026, 6, 30), action="tưới đủ nước", quote="Xã tưới đủ nước."),
            directive("d3", directive_kind="promise", issued_by=None, assigned_to=None),
            directive("d4", directive_kind="request", article_id="a2", quote=f"Xã đề nghị {SCRIPT}"),
        ],
        people=[person(), person("p2", person_name="Vù Văn Pao"), person("p3", person_name="Sùng A Páo")],
        posts=[post(), post(person_post_id="old", post="Phó Chủ tịch", is_former=True,
                            first_seen_on=date(2020, 1, 5), last_seen_on=date(2020, 1, 5))],
    )  # fmt: skip
    build_site(folder)
    return folder / "site"


def page(site: Path, path: str, language: str = "en") -> str:
    return (site / language / path).read_text(encoding="utf-8")


def test_the_day_stands_with_its_basis_and_bounds(site: Path) -> None:
    told = text_of(page(site, "meetings/m1.html"))
    assert "Meeting: bàn trồng chè Sở ⟨U+202E⟩txt.exe⟨U+2066⟩ ⟨U+0007⟩" in told
    assert (
        "8 March 2026 – 9 March 2026, morning inferred from the text;"
        " certainly between 7 March 2026 and 9 March 2026" in told
    )
    assert "Held byUBND huyện <script>" in re.sub(r"(Held by) ", r"\1", told)
    assert "Lý Thị Mận, Chủ tịch huyện" in told
    undated = text_of(page(site, "meetings/m2.html"))
    assert "between 1 January 2024 and 31 December 2024 the text does not tell the day" in undated
    assert "The articles name nobody." in undated
    assert "The articles tell of no task." in undated


def test_deadlines_are_reckoned_on_the_day_of_the_release(site: Path) -> None:
    told = text_of(section(page(site, "meetings/m1.html"), "tasks"))
    assert "Deadlines are reckoned on the day of the release, 10 March 2026." in told
    assert "deadline: 1 March 2026 overdue by 9 days (trước ngày 1/3)" in told
    assert "deadline: 30 June 2026 due in 112 days" in told
    listed = text_of(page(site, "meetings.html"))
    assert listed.index("due in 112 days") < listed.index("overdue by 9 days")


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        (RELEASED, {"state": "today", "on": RELEASED, "days": 0}),
        (RELEASED - timedelta(1), {"state": "overdue", "on": RELEASED - timedelta(1), "days": 1}),
        (RELEASED + timedelta(1), {"state": "due", "on": RELEASED + timedelta(1), "days": 1}),
        (None, None),
    ],
)
def test_a_deadline_is_overdue_from_the_day_after_it(on: date | None, expected: object) -> None:
    assert deadline(on, RELEASED) == expected


def test_tasks_stand_by_kind_each_marked_in_its_sentence(site: Path) -> None:
    told = section(page(site, "meetings/m1.html"), "tasks")
    assert re.findall(r"<h3>(\w+)</h3>", told) == ["Orders", "Promises", "Requests"]
    assert "xã Hạ Tranh <mark>trồng 40 ha chè</mark>." in told
    assert "unknown →to no one named" in text_of(told)
    assert 'id="t-d1"' in told
    assert "Xã đề nghị <script>" in text_of(told)


def test_a_task_that_its_sentence_words_otherwise_is_quoted_whole() -> None:
    assert [piece.text for piece in task_marked("Xã làm đường.", "sửa cầu")] == ["Xã làm đường."]


def test_people_stand_by_organization_with_the_sentence_that_names_them(site: Path) -> None:
    told = section(page(site, "meetings/m1.html"), "people")
    groups = re.findall(r'<th scope="rowgroup"[^>]*>(?:<bdi>)?([^<]+)', told)
    assert groups == ["UBND huyện", "Sở Nông nghiệp", "No organization told"]
    assert told.count("Bà Lý Thị Mận chủ trì.") == 1, "one sentence that names two people"
    assert Reader(told).links.count("#q-1") == 2
    assert re.search(r'id="q-2"><q class="quote" lang="vi"><bdi>Ông Lù Văn Pao', told)
    assert "../people.html#p-p2" in Reader(told).links


def test_articles_tell_how_they_were_joined(site: Path) -> None:
    told = text_of(section(page(site, "meetings/m1.html"), "articles"))
    assert "9 March 2026 · the first report source" in told
    assert "joined because of the same chair, day and subject javascript:alert(3)" in told


def test_the_conclusion_leads_to_its_sentence(site: Path) -> None:
    html = page(site, "meetings/m1.html")
    assert "Bà Lý Thị Mận kết luận: trồng đúng vụ." in html
    assert any("text=B%C3%A0%20L%C3%BD" in link and "k%E1%BA%BFt" in link for link in Reader(html).links)


def test_the_calendar_leads_to_the_day(site: Path) -> None:
    html = page(site, "meetings.html", "vi")
    captions = [text_of(one) for one in re.findall(r"<caption>(.*?)</caption>", html, re.DOTALL)]
    assert captions == ["Tháng 3/2026 1 cuộc họp", "Tháng 12/2025 1 cuộc họp"]
    assert "meetings/2026-03.html#d-2026-03-08" in Reader(html).links
    month = page(site, "meetings/2026-03.html")
    assert Reader(month).links.count("m1.html") == 1
    assert "until 9 March 2026" in text_of(month)
    assert "2025-12.html" in Reader(month).links


def test_meetings_without_a_day_are_listed_with_their_bounds(site: Path) -> None:
    told = text_of(page(site, "meetings.html").split("Without a day</h2>")[1])
    assert "between 1 January 2024 and 31 December 2024 · Meeting subject not told" in told
    assert "day unknown · Meeting việc khác" in told


def test_people_have_their_posts_over_time(site: Path) -> None:
    html = page(site, "people.html")
    assert 'id="p-p1"' in html
    told = text_of(html)
    assert "Chủ tịch, Ủy ban nhân dân huyện Bến Lau: 1 May 2024 – 8 March 2026" in told
    assert "formerly Phó Chủ tịch, Ủy ban nhân dân huyện Bến Lau: 5 January 2020" in told
    assert told.index("Lý Thị Mận") < told.index("Vù Văn Pao") < told.index("Sùng A Páo"), "by given name"


def test_every_link_leads_somewhere_and_no_text_acts(site: Path) -> None:
    assert broken_links(site) == []
    for path in site.glob("*/**/*.html"):
        read = Reader(path.read_text(encoding="utf-8"))
        assert not {"img", "iframe", "object"} & {tag for tag, _ in read.tags}, path
        assert not [name for _, told in read.tags for name in told if name.startswith("on")], path
        assert not [link for link in read.links if link.startswith("javascript:")], path
        assert not re.search("[\u202a-\u202e\u2066-\u2069\x07]", read.text), path


def test_a_week_begins_on_monday_and_has_no_day_of_another_month() -> None:
    found = weeks(date(2026, 3, 1), [{"meeting_date": date(2026, 3, 8)}] * 2)
    assert found[0] == [None] * 6 + [(date(2026, 3, 1), 0)]
    assert found[1][-1] == (date(2026, 3, 8), 2)
    assert sum(cell is not None for week in found for cell in week) == 31


def test_older_months_are_pages_of_their_own_and_a_full_month_is_bounded(tmp_path: Path) -> None:
    months = [date(2025 + n // 12, n % 12 + 1, 1) for n in range(CALENDARS + 2)]
    folder = published(
        tmp_path,
        meetings=[
            *[meeting(f"m{n}", meeting_date=first) for n, first in enumerate(months)],
            *[meeting(f"x{n}", meeting_date=months[-1]) for n in range(MONTH_SHOWN)],
        ],
    )
    front = drawn(folder, meetings_pages)
    assert front.count('class="calendar"') == CALENDARS
    older = front.split("Earlier months</h3>")[1].split("</ul>")[0]
    assert Reader(older).links == ["meetings/2025-02.html", "meetings/2025-01.html"]
    full = text_of(drawn(folder, meetings_pages, "meetings/2026-02.html"))
    assert f"{MONTH_SHOWN} of {MONTH_SHOWN + 1}; all of them are in fct_meetings." in full


def test_many_people_are_split_by_the_letter_of_their_given_name(tmp_path: Path) -> None:
    people = [person(f"p{n}", person_name=f"Nguyễn Văn {'Đủ' if n else 'Ơn'}") for n in range(450)]
    folder = published(tmp_path, people=people)
    with opened(folder) as marts:
        made = {page.path: page for page in people_pages(marts)}
        links = person_links(marts)
    letters = [f"people/{name}.html" for name in ("d", "d-2", "d-3", "o")]
    assert list(made) == ["people.html", *letters]
    assert links["p0"] == "people/o.html#p-p0"
    anchors = {f"{path}#p-{row['person_id']}" for path, page in made.items() for row in page.shows["people"]}
    assert set(links.values()) == anchors
    assert max(len(page.shows["people"]) for page in made.values()) == PEOPLE_ON_A_PAGE
    index = drawn(folder, people_pages, "people.html")
    assert Reader(index).links.count("people/d-3.html") == 1


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Lê Văn Ẩn", "a"),
        ("Hồ Đức", "d"),
        ("Ông Ưng", "u"),
        ("X Ý", "y"),
        ("Người 3", "other"),
        ("", "other"),
    ],
)
def test_the_letter_of_a_name(name: str, expected: str) -> None:
    assert letter(name) == expected


def test_an_empty_warehouse_says_so(tmp_path: Path) -> None:
    folder = published(tmp_path)
    assert "There is no meeting yet." in drawn(folder, meetings_pages)
    assert "Chưa có ai được nêu tên." in drawn(folder, people_pages, language="vi")
    with opened(folder) as marts:
        assert list(meeting_pages(marts, limit=5)) == []


def test_only_the_newest_meetings_have_pages(tmp_path: Path) -> None:
    folder = published(
        tmp_path,
        meetings=[meeting(f"m{n}", meeting_date=date(2026, 1, n + 1)) for n in range(5)],
        meeting_articles=[{"meeting_id": f"m{n}", "article_id": "a1"} for n in range(5)],
        articles=[article()],
    )
    with opened(folder) as marts:
        made: list[Page] = list(meeting_pages(marts, limit=2))
    assert [page.path for page in made] == ["meetings/m4.html", "meetings/m3.html"]
    assert [len(page.shows["reports"]) for page in made] == [1, 1]

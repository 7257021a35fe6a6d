"""Reports of one meeting come together and reports of two stay apart, from the text to the mart."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import duckdb
import pytest

from include.contract import JOINED_BY, WAREHOUSE_FILE
from tests.dbt_project.meeting_pairs import CASES, DIFFERENT, NEAR, SAME, Case
from tests.dbt_project.reports import Article, Clusters, cluster, land_articles

pytestmark = pytest.mark.stack

# Provinces that are next to none of the others in these tests: forwards and backwards each case has its own.
FORWARDS = ("10-2008", "11-2008", "12-2008", "14-2008", "17-2008", "19-2008", "20-2008")
BACKWARDS = ("40-2008", "42-2008", "44-2008", "49-2008", "51-2008", "52-2008", "54-2008")
FIRST_DAY = date(2022, 3, 2)


def articles_of(number: int, case: Case, *, backwards: bool) -> list[Article]:
    """The articles of one case as landed, each a night after the one before."""
    provinces = BACKWARDS if backwards else FORWARDS
    day = FIRST_DAY + timedelta(days=70 * (number // len(provinces)))
    count = len(case.told)

    def printed(found: re.Match[str]) -> str:
        on = day + timedelta(days=int(found[1] or 0))
        return f"{on.day}/{on.month}"

    return [
        Article(
            article_id=f"{number:02d}-{'back' if backwards else 'forth'}-{at}",
            title=told.title,
            body=re.sub(r"\{d(\d*)\}", printed, told.body),
            published_on=None if told.after is None else day + timedelta(days=told.after),
            province_id=provinces[number % len(provinces)],
            night=count - at if backwards else 1 + at,
        )
        for at, told in enumerate(case.told)
    ]


def all_articles() -> list[Article]:
    return [
        article
        for backwards in (False, True)
        for number, case in enumerate(CASES)
        for article in articles_of(number, case, backwards=backwards)
    ]


# Cases that are about time: what is landed on the second night besides.
ANCHOR = Article(
    "sua-ngay", "Sáng 9/3, ông Hảng A Dờ, Giám đốc Sở Tài chính chủ trì hội nghị khoán quỹ xe công.",
    date(2024, 3, 9), "30-2008",
)  # fmt: skip
CORRECTED = Article(
    "sua-ngay", "Sáng 8/3, ông Hảng A Dờ, Giám đốc Sở Tài chính chủ trì hội nghị khoán quỹ xe công.",
    date(2024, 3, 9), "30-2008", night=3, version_no=2,
)  # fmt: skip
OF_THE_RIGHT_DAY = Article(
    "dung-ngay", "Sáng 8/3, ông Hảng A Dờ chủ trì hội nghị về khoán quỹ xe công.",
    date(2024, 3, 9), "30-2008", night=3,
)  # fmt: skip

TWO_MEETINGS = (
    "Sáng 5/6, Chủ tịch UBND tỉnh Lò Văn Sín chủ trì hội nghị về phân loại rác tại nguồn.\n"
    "Chiều cùng ngày, Chủ tịch UBND tỉnh Lò Văn Sín tiếp Đại sứ Thái Lan Somchai Prem."
)
LIKE_EACH_OTHER = (
    "Ngày 5/6, Phó Chủ tịch UBND tỉnh Hảng A Dờ làm việc với các hộ trồng quế hữu cơ vùng cao.\n"
    "Cùng ngày, Phó Chủ tịch UBND tỉnh Hảng A Dờ kiểm tra các hộ trồng quế hữu cơ vùng cao."
)
ONE_OF_THEM = "Chiều 5/6, Chủ tịch UBND tỉnh Lò Văn Sín tiếp Đại sứ Thái Lan Somchai Prem đến chào xã giao."
DOUBLES = (
    Article("hai-1", TWO_MEETINGS, date(2024, 6, 5), "31-2008"),
    Article("hai-2", TWO_MEETINGS.replace("rác tại nguồn", "rác"), date(2024, 6, 5), "31-2008", night=2),
    Article("hai-3", ONE_OF_THEM, date(2024, 6, 5), "31-2008", night=3),
    Article("giong-nhau", LIKE_EACH_OTHER, date(2024, 6, 5), "31-2008"),
)
# On 1 July 2025 Yên Bái (15-2008) became a part of Lào Cai (15-2025).
MERGED = (
    Article(
        "sap-nhap-1", "Ngày 30/6/2025, Sở Nội vụ tổ chức hội nghị bàn giao kho lưu trữ hồ sơ địa chính.",
        date(2025, 6, 30), "15-2008",
    ),
    Article(
        "sap-nhap-2", "Ngày 30/6, Sở Nội vụ tổ chức hội nghị bàn giao kho lưu trữ hồ sơ địa chính.",
        date(2025, 7, 2), "15-2025", night=2,
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Nights:
    """What the model gave after the first night and after the last, by article and ordinal."""

    first: Clusters
    last: Clusters
    data_dir: Path


@pytest.fixture(scope="module")
def nights(tmp_path_factory: pytest.TempPathFactory) -> Nights:
    data_dir = tmp_path_factory.mktemp("clustering") / "data"
    articles = [*all_articles(), ANCHOR, CORRECTED, OF_THE_RIGHT_DAY, *DOUBLES, *MERGED]
    land_articles(data_dir, [one for one in articles if one.night <= 2])
    first = cluster(data_dir)
    # In another order than they were fetched in: the order of rows tells nothing.
    land_articles(data_dir, [one for one in reversed(articles) if one.night > 2])
    return Nights(first, cluster(data_dir), data_dir)


def groups(clusters: Clusters, articles: list[Article]) -> str:
    """A letter for each article in the order of telling, the same for those of one meeting."""
    letters: dict[str, str] = {}
    meetings = [clusters[article.article_id, 1].meeting_id for article in articles]
    return "".join(letters.setdefault(one, "ABC"[len(letters)]) for one in meetings)


NUMBERED = [pytest.param(number, case, id=case.name) for number, case in enumerate(CASES)]


@pytest.mark.parametrize(("number", "case"), NUMBERED)
def test_reports_are_told_together_or_apart(nights: Nights, number: int, case: Case) -> None:
    articles = articles_of(number, case, backwards=False)
    assert groups(nights.last, articles) == case.groups
    found = [nights.last[article.article_id, 1].joined_by for article in articles]
    assert tuple(code for code in found if code is not None) == case.joined_by


@pytest.mark.parametrize(("number", "case"), NUMBERED)
def test_also_where_they_arrive_the_other_way_round(nights: Nights, number: int, case: Case) -> None:
    articles = articles_of(number, case, backwards=True)
    assert groups(nights.last, articles) == (case.turned or case.groups)


def test_there_are_enough_cases_of_each_kind_and_each_report_has_one_meeting(nights: Nights) -> None:
    assert len(SAME) >= 12
    assert len(NEAR) >= 12
    assert len(DIFFERENT) >= 3
    for article in all_articles():
        assert (article.article_id, 1) in nights.last
        assert (article.article_id, 2) not in nights.last, article.article_id


def test_no_case_meets_another(nights: Nights) -> None:
    cases: dict[str, set[str]] = defaultdict(set)
    for article in all_articles():
        case = article.article_id.rsplit("-", 1)[0]
        cases[nights.last[article.article_id, 1].meeting_id].add(case)
    assert [found for found in cases.values() if len(found) > 1] == []


def test_every_code_of_the_contract_is_reached(nights: Nights) -> None:
    with duckdb.connect(str(nights.data_dir / WAREHOUSE_FILE), read_only=True) as connection:
        rows = connection.execute("select distinct joined_by from marts.bridge_meeting_articles").fetchall()
    assert {code for (code,) in rows} == {None, *JOINED_BY}


def test_every_link_leads_to_an_earlier_report_of_the_same_meeting(nights: Nights) -> None:
    fetched = {
        one.article_id: one.night for one in [*all_articles(), ANCHOR, OF_THE_RIGHT_DAY, *DOUBLES, *MERGED]
    }
    links = [(key[0], one) for key, one in nights.last.items() if one.joined_by is not None]
    assert len(links) > 40
    for article_id, one in links:
        assert one.joined_to is not None
        assert fetched[one.joined_to] < fetched[article_id]
        assert one.meeting_id in {nights.last[one.joined_to, ordinal].meeting_id for ordinal in (1, 2)
                                  if (one.joined_to, ordinal) in nights.last}  # fmt: skip
    firsts = [one for one in nights.last.values() if one.joined_by is None]
    assert {one.joined_to for one in firsts} == {None}
    assert (
        len(firsts)
        == len({one.meeting_id for one in firsts})
        == len({one.meeting_id for one in nights.last.values()})
    )


def test_what_arrives_later_changes_nothing_that_was_joined(nights: Nights) -> None:
    assert len(nights.last) > len(nights.first) > 80
    assert {key: nights.last[key] for key in nights.first} == nights.first


def test_a_corrected_day_keeps_the_meeting(nights: Nights) -> None:
    anchor = nights.first["sua-ngay", 1]
    assert nights.last["sua-ngay", 1] == anchor
    assert nights.last["dung-ngay", 1].meeting_id == anchor.meeting_id
    with duckdb.connect(str(nights.data_dir / WAREHOUSE_FILE), read_only=True) as connection:
        rows = connection.execute(
            "select meeting_date, article_count from marts.fct_meetings where meeting_id = ?",
            [anchor.meeting_id],
        ).fetchall()
    assert rows == [(date(2024, 3, 8), 2)]


def test_two_meetings_of_one_article_meet_those_of_another_one_to_one(nights: Nights) -> None:
    conference, reception = (nights.last["hai-1", ordinal].meeting_id for ordinal in (1, 2))
    assert conference != reception
    assert nights.last["hai-2", 1].meeting_id == conference
    visit, inspection = (nights.last["giong-nhau", ordinal].meeting_id for ordinal in (1, 2))
    assert visit != inspection
    assert nights.last["hai-2", 2].meeting_id == nights.last["hai-3", 1].meeting_id == reception


def test_a_merger_of_provinces_parts_no_meeting(nights: Nights) -> None:
    assert nights.last["sap-nhap-1", 1].meeting_id == nights.last["sap-nhap-2", 1].meeting_id

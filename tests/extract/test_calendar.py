"""Days as prose words them, and the year they belong to."""

from __future__ import annotations

from datetime import date

import pytest

from include.extract.calendar import (
    DayMention,
    find_days,
    infer_published_on,
    reported_years,
    resolve_day,
    resolve_end,
)
from include.extract.model import ArticleText
from include.extract.text import fold


def days_of(text: str) -> list[DayMention]:
    return find_days(fold(text))


def article(body: str, title: str | None = None) -> ArticleText:
    return ArticleText("a1", title, body, None, None)


@pytest.mark.parametrize(
    ("text", "words", "day", "month", "year", "session"),
    [
        ("Sáng 12/5, huyện họp.", "Sáng 12/5", 12, 5, None, "morning"),
        ("Chiều 9.3, huyện họp.", "Chiều 9.3", 9, 3, None, "afternoon"),
        ("Tối 9-3, huyện họp.", "Tối 9-3", 9, 3, None, "evening"),
        ("Vào ngày 4/11/2021, huyện họp.", "ngày 4/11/2021", 4, 11, 2021, None),
        ("Ngày 4 tháng 11 năm 2021, huyện họp.", "Ngày 4 tháng 11 năm 2021", 4, 11, 2021, None),
        ("Ngày mùng 2 tháng 3, huyện họp.", "Ngày mùng 2 tháng 3", 2, 3, None, None),
        ("Chiều nay (8/6), huyện họp.", "Chiều nay (8/6)", 8, 6, None, "afternoon"),
        ("Họp lúc 8 giờ (12/05/2022).", "(12/05/2022)", 12, 5, 2022, None),
        ("Tối 24- 4-2010, huyện họp.", "Tối 24- 4-2010", 24, 4, 2010, "evening"),
    ],
)
def test_a_day_is_read_with_its_lead_in_and_offsets(
    text: str, words: str, day: int, month: int, year: int | None, session: str | None
) -> None:
    (found,) = days_of(text)
    assert text[found.start : found.end].strip("(") == words.strip("(")
    assert (found.day, found.month, found.year, found.session) == (day, month, year, session)


@pytest.mark.parametrize(
    "text",
    [
        "Có 9/11 xã đạt chuẩn, 104/104 thôn có điện.",
        "Đạt 5/9 chỉ tiêu, 612/730 hộ tham gia.",
        "Giá trị tăng 9.3 lần, tỷ lệ 4.5%.",
        "Quyết định số 77/QĐ-UBND ngày 05/02/2021 quy định mức hỗ trợ.",
        "Kế hoạch số 10/11 của huyện.",
        "Kỷ niệm 60 năm ngày thành lập ngành (3/4/1961 - 3/4/2021).",
        "Nhân dịp chào mừng Quốc khánh 2/9, xã khánh thành cầu.",
        "Trong tháng 7/2025, xuất khẩu tăng.",
    ],
)
def test_fractions_documents_and_anniversaries_are_no_days(text: str) -> None:
    assert days_of(text) == []


def test_words_without_digits_count_from_the_day_of_writing() -> None:
    today, yesterday, same = days_of("Sáng nay mưa. Tối qua tạnh. Chiều cùng ngày, xã họp.")
    assert (today.days_ago, today.session) == (0, "morning")
    assert (yesterday.days_ago, yesterday.session) == (1, "evening")
    assert (same.is_same_day, same.session) == (True, "afternoon")


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Trong 2 ngày 7-8/6, tỉnh tổ chức hội nghị.", date(2023, 6, 7), date(2023, 6, 8)),
        ("Trong hai ngày 7 và 8/6, tỉnh tổ chức hội nghị.", date(2023, 6, 7), date(2023, 6, 8)),
        ("Từ ngày 30/5 đến ngày 2/6, đoàn kiểm tra.", date(2023, 5, 30), date(2023, 6, 2)),
        ("Từ 7 đến 8/6, HĐND tỉnh họp.", date(2023, 6, 7), date(2023, 6, 8)),
    ],
)
def test_several_days_have_a_first_and_a_last(text: str, first: date, last: date) -> None:
    (found,) = days_of(text)
    resolved = resolve_day(found, date(2023, 6, 10), [])
    assert (resolved, resolve_end(found, resolved)) == (first, last)


def test_bounds_are_told_from_days() -> None:
    until, since = days_of("Hoàn thành trước ngày 30/9. Áp dụng từ ngày 1/4.")
    assert (until.bound, since.bound) == ("until", "since")


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        ("Sáng 28/6", date(2024, 7, 2), date(2024, 6, 28)),
        ("Ngày 22/12", date(2021, 1, 4), date(2020, 12, 22)),
        ("Ngày 4/1", date(2021, 1, 4), date(2021, 1, 4)),
        ("Ngày 29/2", date(2023, 3, 1), date(2020, 2, 29)),
        ("Hôm qua, xã họp", date(2021, 3, 1), date(2021, 2, 28)),
        ("Ngày 4/1/2019", date(2021, 1, 4), date(2019, 1, 4)),
    ],
)
def test_a_day_is_never_after_its_report(text: str, published: date, expected: date) -> None:
    (found,) = days_of(text)
    assert resolve_day(found, published, []) == expected


@pytest.mark.parametrize(
    ("day", "text", "expected"),
    [
        ("Chiều nay (18/7)", "Trong 6 tháng đầu năm 2018, huyện thu 40 tỷ đồng.", date(2018, 7, 18)),
        ("Sáng 9/10", "9 tháng đầu năm 2022, huyện thu 40 tỷ đồng.", date(2022, 10, 9)),
        ("Sáng 9/4", "Quý I/2022, huyện thu 40 tỷ đồng.", date(2022, 4, 9)),
        ("Sáng 9/8", "Thu ngân sách tăng 4% so với cùng kỳ năm 2015.", date(2016, 8, 9)),
        ("Sáng 9/1", "Năm 2017, huyện thu 40 tỷ đồng.", date(2018, 1, 9)),
        ("Sáng 20/12", "Năm 2017, huyện thu 40 tỷ đồng.", date(2017, 12, 20)),
        ("Sáng 6/2", "Tháng 1-2017, huyện thu 4 tỷ đồng.", date(2017, 2, 6)),
        ("Sáng 13/9", "Năm 2024 ước đạt 40 tỷ đồng.", date(2024, 9, 13)),
        ("Sáng 8/2", "Trong năm 2017, các xã sẽ cố gắng xong việc.", date(2017, 2, 8)),
        # A date near by, over the turn of the year too; not one half a year away, nor of two years.
        ("Sáng 4/7", "Các xã báo cáo chậm nhất cuối tháng 7/2017.", date(2017, 7, 4)),
        ("Chiều 24/12", "Chợ xuân dự kiến mở ngày 22/02/2020.", date(2019, 12, 24)),
        ("Chiều 24/12", "Chợ xuân dự kiến mở ngày 22/06/2020.", None),
        ("Sáng 4/7", "Xong trước 30/7/2017, kiểm kê trước 30/6/2018.", None),
        # Half a year after the year told, either year is possible.
        ("Sáng 9/7", "Năm 2017, huyện thu 40 tỷ đồng.", None),
        # Plans to come and history decide nothing.
        ("Sáng 9/7", "Mục tiêu đến năm 2025 là 90%. Giai đoạn 2016 - 2020 đạt thấp.", None),
        ("Sáng 9/7", "So với năm 1995, sản lượng gấp 3 lần.", None),
    ],
)
def test_without_a_page_date_the_years_reported_on_decide(day: str, text: str, expected: date | None) -> None:
    (found,) = days_of(day)
    assert resolve_day(found, None, reported_years(fold(text))) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Chiều nay (18/7), huyện họp.\nTrong 6 tháng đầu năm 2018, thu đạt 40 tỷ đồng.", date(2018, 7, 18)),
        ("Hôm qua (18/7), huyện họp.\nTrong 6 tháng đầu năm 2018, thu đạt 40 tỷ đồng.", date(2018, 7, 19)),
        ("Sáng nay 4/5/2021, huyện họp.", date(2021, 5, 4)),
        ("Chiều nay (18/7), huyện họp.", None),
        ("Chiều 18/7, huyện họp.\nTrong 6 tháng đầu năm 2018, thu đạt 40 tỷ đồng.", None),
        ("Sáng nay, huyện họp về thu ngân sách năm 2018.", None),
        ("", None),
    ],
)
def test_the_day_of_publication_is_read_from_the_words_or_not_at_all(
    body: str, expected: date | None
) -> None:
    assert infer_published_on(article(body)) == expected


def test_a_day_in_a_later_paragraph_starts_inside_its_paragraph() -> None:
    body = "Tin tỉnh.\nNgày 5/6, xã họp."
    (found,) = find_days(fold(body), body.index("Ngày"), len(body))
    assert body[found.start : found.end] == "Ngày 5/6"


def test_a_last_day_is_never_before_the_first() -> None:
    (day,) = days_of("từ ngày 30/8 đến ngày 7/8")
    first = resolve_day(day, date(2023, 9, 15), [])
    assert first == date(2023, 8, 30)
    assert resolve_end(day, first) is None


def test_a_month_that_no_year_has_leaves_the_day_open() -> None:
    text = "Ngày 13/9, trong tháng 0 năm 2023, toàn huyện họp; quý I/2023 và tháng 0/2023 cũng vậy."
    evidence = reported_years(fold(text))
    assert [one.month for one in evidence] == [3]
    (day,) = days_of(text)
    resolve_day(day, None, evidence)


def test_words_for_a_day_inside_a_day_are_not_told_twice() -> None:
    assert [(one.day, one.days_ago) for one in days_of("sáng nay (15/7) và hôm nay")] == [(15, 0), (None, 0)]

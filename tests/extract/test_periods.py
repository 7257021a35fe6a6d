"""Periods, how they are mentioned, and their SDMX notation."""

from __future__ import annotations

from datetime import date

import pytest

from include.extract import periods
from include.extract.mentions import find_mentions
from include.extract.periods import INSTANT
from include.extract.text import fold
from include.extract.timeline import Timeline, year_told


@pytest.mark.parametrize(
    ("period", "period_type", "notation", "start", "end"),
    [
        (periods.year_of(2020), "year", "2020", date(2020, 1, 1), date(2020, 12, 31)),
        (periods.months(2020, 1, 6), "half", "2020-S1", date(2020, 1, 1), date(2020, 6, 30)),
        (periods.months(2020, 7, 12), "half", "2020-S2", date(2020, 7, 1), date(2020, 12, 31)),
        (periods.months(2024, 7, 9), "quarter", "2024-Q3", date(2024, 7, 1), date(2024, 9, 30)),
        (periods.months(2024, 2, 2), "month", "2024-M02", date(2024, 2, 1), date(2024, 2, 29)),
        (periods.months(2020, 1, 9), "months", "2020-01-01/P9M", date(2020, 1, 1), date(2020, 9, 30)),
        (
            periods.between(date(2016, 1, 1), date(2020, 12, 31)),
            "range",
            "2016-01-01/P5Y",
            date(2016, 1, 1),
            date(2020, 12, 31),
        ),
    ],
)
def test_notation(period, period_type: str, notation: str, start: date, end: date) -> None:
    assert (period.period_type, period.time_period, period.start, period.end) == (
        period_type,
        notation,
        start,
        end,
    )


def test_up_to_a_misprinted_day_is_up_to_the_months_end() -> None:
    assert periods.up_to(2024, 6, 31) == periods.months(2024, 1, 6)


def test_from_one_day_to_another_is_no_years_flow() -> None:
    assert "until" not in {mention.kind for mention in find_mentions("từ ngày 5/7 đến 10/7", 0, 20)}


def test_the_same_period_a_year_before_ends_on_its_own_last_day() -> None:
    assert periods.months(2024, 2, 2).shifted(-1).end == date(2023, 2, 28)


@pytest.mark.parametrize(
    ("period", "notation"),
    [
        (periods.months(2024, 1, 1), "2023-M12"),
        (periods.months(2024, 1, 3), "2023-Q4"),
        (periods.year_of(2024), "2023"),
    ],
)
def test_the_period_before(period, notation: str) -> None:
    assert periods.previous(period).time_period == notation


@pytest.mark.parametrize(
    ("words", "notation"),
    [
        ("năm 2017", "2017"),
        ("cả năm 2017", "2017"),
        ("6 tháng đầu năm 2020", "2020-S1"),
        ("sáu tháng đầu năm", "2024-S1"),
        ("6 tháng cuối năm 2023", "2023-S2"),
        ("9 tháng đầu năm", "2024-01-01/P9M"),
        ("02 tháng năm 2017", "2017-01-01/P2M"),
        ("quý III", "2024-Q3"),
        ("quý I/2021", "2021-Q1"),
        ("quý 4 năm 2020", "2020-Q4"),
        ("quý đầu năm", "2024-Q1"),
        ("tháng 02/2018", "2018-M02"),
        ("tháng 6", "2024-M06"),
        ("năm nay", "2024"),
        ("năm ngoái", "2023"),
        ("giai đoạn 2016 – 2020", "2016-01-01/P5Y"),
        ("5 năm (2021 - 2025)", "2021-01-01/P5Y"),
        ("từ đầu năm đến nay", "2024-01-01/P284D"),
        ("từ đầu năm đến 31/8/2023", "2023-01-01/P8M"),
        ("tính đến hết ngày 16/9", "2024-01-01/P260D"),
        ("tính đến ngày 30/6/2024", "2024-S1"),
        ("đến hết tháng 9", "2024-01-01/P9M"),
        ("đến cuối quý III/2023", "2023-01-01/P9M"),
        ("quí II", "2024-Q2"),
        ("tháng 5.2015", "2015-M05"),
        ("đến cuối năm", "2024"),
        ("ngày 15 tháng 7 năm 2020", "2020-07-15"),
        ("từ ngày 30/4 đến ngày 04/5/2025", "2025-04-30/P5D"),
        ("từ 10-16/6", "2024-06-10/P7D"),
        ("từ 19/12/2020 đến 18/9/2021", "2020-12-19/P274D"),
        ("trong tháng đầu năm 2023", "2023-M01"),
        ("mục tiêu 2016-2020", "2016-01-01/P5Y"),
        ("kế hoạch trung hạn 2021-2025", "2021-01-01/P5Y"),
        ("tháng trước,", "2024-M09"),
        ("ba quý đầu năm 2023", "2023-01-01/P9M"),
        ("nửa đầu năm nay", "2024-S1"),
        ("nửa cuối năm 2023", "2023-S2"),
        ("từ tháng 1 đến tháng 7/2021", "2021-01-01/P7M"),
        ("từ tháng 4 đến hết tháng 6", "2024-Q2"),
        ("trong quý vừa qua,", "2024-Q3"),
    ],
)
def test_mentions_resolve(words: str, notation: str) -> None:
    timeline = Timeline(published_on=date(2024, 10, 10), year=2024)
    (mention,) = find_mentions(fold(words), 0, len(words))
    assert timeline.resolve(mention).time_period == notation


@pytest.mark.parametrize("words", ["đến nay", "tại thời điểm 30/6/2024", "hiện nay", "lũy kế"])
def test_up_to_now_is_an_instant(words: str) -> None:
    timeline = Timeline(published_on=date(2024, 10, 10), year=2024)
    assert {timeline.resolve(mention) for mention in find_mentions(words, 0, len(words))} == {INSTANT}


def test_years_without_the_word_open_their_clauses() -> None:
    words = "năm 2010 đạt 51 tấn, 2011 đạt 55 tấn, 2.012 xã"
    assert [mention.year for mention in find_mentions(words, 0, len(words))] == [2010, 2011]


@pytest.mark.parametrize(
    "words", ["từ 30/2 đến 31/2", "từ 5/7 đến 3/7", "những tháng đầu năm", "từ 31/6/2020 đến 5/1/2021"]
)
def test_what_is_no_run_of_days_and_no_january(words: str) -> None:
    timeline = Timeline(published_on=date(2024, 10, 10), year=2024)
    told = [timeline.resolve(mention) for mention in find_mentions(words, 0, len(words))]
    assert all(period.time_period is None or period.period_type == "day" for period in told)


@pytest.mark.parametrize(
    "words", ["trong vòng 3 tháng", "sau 6 tháng", "thực hiện nhiệm vụ", "ngày 31/2/2020"]
)
def test_lengths_of_time_and_misprints_are_no_periods(words: str) -> None:
    assert find_mentions(words, 0, len(words)) == ()


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("tăng 5% so với cùng kỳ năm 2004", 2005),
        ("năm 2019 đạt 5 tỷ; nhiệm vụ năm 2020; phấn đấu đến năm 2025", 2019),
        ("không có năm nào", None),
        ("năm 1989 chỉ đạt 16 tỷ đồng, năm 2019 đạt 20 nghìn tỷ", 2019),
    ],
)
def test_the_year_an_undated_article_tells(text: str, year: int | None) -> None:
    assert year_told(text) == year


@pytest.mark.parametrize(
    ("body", "published", "told"),
    [
        ("Kim ngạch xuất khẩu tháng sáu đạt 12 triệu USD.", date(2024, 7, 5), "2024-M06"),
        ("Kim ngạch xuất khẩu tháng mười một năm 2023 đạt 12 triệu USD.", date(2024, 7, 5), "2023-M11"),
        ("Ba tháng đầu năm 2024, kim ngạch xuất khẩu đạt 12 triệu USD.", date(2024, 7, 5), "2024-Q1"),
        (
            "Trong nửa đầu tháng 5, tỉnh thu hút được 80 tỷ đồng vốn đầu tư.",
            date(2024, 6, 1),
            "2024-05-01/P15D",
        ),
        ("Trong nửa cuối tháng 4/2024, tỉnh thu hút được 80 tỷ đồng.", date(2024, 6, 1), "2024-04-16/P15D"),
        ("Trong năm, toàn tỉnh kết nạp được 1.150 đảng viên.", date(2023, 12, 20), "2023"),
        ("Năm qua, toàn tỉnh kết nạp được 1.150 đảng viên.", date(2024, 2, 1), "2023"),
        ("Năm qua, toàn tỉnh kết nạp được 1.150 đảng viên.", date(2023, 12, 20), "2023"),
        ("Ba năm qua, toàn tỉnh kết nạp được 1.150 đảng viên.", date(2023, 12, 20), "2021-01-01/P3Y"),
        ("Năm qua, toàn tỉnh kết nạp được 1.150 đảng viên.", date(2024, 7, 1), None),
        ("Suốt 3 tháng qua, giá trị xuất khẩu đạt 12 triệu USD.", date(2024, 7, 5), "2024-Q2"),
        ("9 tháng qua, giá trị xuất khẩu đạt 12 triệu USD.", date(2024, 10, 5), "2024-01-01/P9M"),
        ("3 tháng qua, giá trị xuất khẩu đạt 12 triệu USD.", date(2024, 1, 10), "2023-Q4"),
        ("6 tháng qua, giá trị xuất khẩu đạt 12 triệu USD.", date(2024, 8, 10), "2024-S1"),
        ("6 tháng qua, giá trị xuất khẩu đạt 12 triệu USD.", date(2024, 3, 10), "2023-09-01/P182D"),
        ("12 tháng qua, giá trị xuất khẩu đạt 12 triệu USD.", date(2024, 1, 5), "2023"),
        ("Chỉ số PCI 2022 của tỉnh đạt 64,2 điểm.", date(2023, 4, 12), "2022"),
        ("Thu ngân sách 2021 - 2023 đạt 9.100 tỷ đồng.", date(2024, 7, 5), "2021-01-01/P3Y"),
        ("Sản lượng đạt 14 nghìn tấn trong cả năm 2022.", date(2024, 7, 5), "2022"),
    ],
)
def test_a_time_is_read_as_the_report_means_it(read, body: str, published: date, told: str | None) -> None:
    assert [claim.time_period for claim in read(body, published_on=published)] == [told]


def test_a_rankings_edition_of_this_year_is_the_one_named(read) -> None:
    claims = read(
        "VCCI vừa công bố PCI 2022.\nTheo bảng xếp hạng năm nay, tỉnh đạt 64,2 điểm.",
        published_on=date(2023, 4, 12),
    )
    assert [claim.time_period for claim in claims] == ["2022"]


def test_a_time_in_a_bracket_that_heads_a_list_is_the_lists(read) -> None:
    claims = read(
        "Quý I năm 2024, kinh tế của tỉnh ổn định.\n"
        "Cơ cấu kinh tế (năm 2022): nông nghiệp 14,1%; công nghiệp - xây dựng 43%; dịch vụ 42,9%."
    )
    assert [claim.time_period for claim in claims] == ["2022"] * 3


def test_a_time_in_nested_brackets_stays_there(read) -> None:
    claims = read(
        "Quý I/2024, GRDP tăng 7,1% (1) so với cùng kỳ (quý I/2023 tăng 6,2% (2) so với cùng kỳ); "
        "sản lượng lương thực đạt 84 nghìn tấn."
    )
    assert [claim.time_period for claim in claims] == ["2024-Q1", "2023-Q1", "2024-Q1"]


def test_the_plan_of_a_year_is_for_the_aims_that_its_list_tells(read) -> None:
    claims = read(
        "HĐND tỉnh thông qua Nghị quyết về kế hoạch phát triển kinh tế - xã hội năm 2025.\n"
        "Tỉnh tiếp tục cải thiện môi trường đầu tư.\n"
        "Các chỉ tiêu chủ yếu đề ra là: giá trị xuất khẩu đạt 2,4 tỷ USD; thu ngân sách đạt 9.400 tỷ đồng.",
        published_on=date(2024, 12, 12),
    )
    assert [(claim.status, claim.time_period) for claim in claims] == [("target", "2025")] * 2


def test_the_years_that_an_average_is_of_may_have_been_named_before(read) -> None:
    claims = read(
        "Qua 5 năm (2016-2020) thực hiện nghị quyết, tỉnh đã đạt nhiều thành tựu.\n"
        "Tốc độ tăng trưởng kinh tế bình quân 5 năm đạt 9,6%.",
        published_on=date(2021, 3, 1),
    )
    assert [claim.time_period for claim in claims] == ["2016-01-01/P5Y"]

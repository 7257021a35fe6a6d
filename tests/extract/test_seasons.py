"""Crop seasons, crop years, school years and weeks: periods of their own."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("Vụ đông xuân 2021-2022, toàn tỉnh gieo cấy 41.250 ha lúa.", ["2022"]),
        ("Vụ Đông - Xuân 2021 – 2022, toàn tỉnh gieo cấy 41.250 ha lúa.", ["2022"]),
        ("Vụ xuân 2021, năng suất lúa đạt 64,2 tạ/ha.", ["2021"]),
        ("Niên vụ cà phê 2021-2022, sản lượng đạt 12.400 tấn.", ["2021-10-01/P365D"]),
        ("Niên vụ 2021-2022, toàn huyện trồng 870 ha mía.", ["2021-07-01/P365D"]),
        ("Năm học 2021-2022, toàn tỉnh tuyển mới 320 giáo viên.", ["2021-09-01/P273D"]),
    ],
)
def test_a_season_tells_its_own_time(read, body: str, told: list[str]) -> None:
    assert [claim.time_period for claim in read(body)] == told


@pytest.mark.parametrize(
    "words", ["Trong tuần qua", "Trong 24 giờ qua", "Niên vụ này", "Năm học này", "Niên vụ điều 2021-2022"]
)
def test_a_time_that_is_not_told_is_not_the_paragraphs(read, words: str) -> None:
    claims = read(f"Quý I năm 2024, toàn tỉnh có 12 vụ cháy.\n{words}, toàn tỉnh ghi nhận 5 vụ cháy.")
    assert [claim.period_type for claim in claims] == ["quarter", "unknown"]


def test_a_season_is_compared_with_the_one_of_the_year_before_it(read) -> None:
    claims = read(
        "Vụ đông xuân 2021-2022, năng suất lúa đạt 66 tạ/ha, tăng 1,4 tạ/ha so với vụ đông xuân năm trước."
    )
    compared = claims[1].comparison_start
    assert compared is not None
    assert compared.year == 2021


def test_a_week_is_compared_with_the_week_before(read) -> None:
    claims = read("Từ ngày 3/6 đến ngày 9/6/2024, cả tỉnh có 14 ca mắc mới, giảm 5 ca so với tuần trước.")
    assert claims[1].comparison_start is not None
    assert claims[1].comparison_start.isoformat() == "2024-05-27"
    assert claims[1].comparison_end is not None
    assert claims[1].comparison_end.isoformat() == "2024-06-02"


def test_what_is_no_run_of_days_has_no_week_before_it(read) -> None:
    claims = read("Tháng 5/2024, cả tỉnh có 14 ca mắc mới, giảm 5 ca so với tuần trước.")
    assert claims[1].comparison_start is None

"""The years that a text reports on, apart from plans, history and years touched by the way."""

from __future__ import annotations

import pytest

from include.extract.reported_years import YearEvidence, reported_years, term_begun
from include.extract.text import fold


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("9 tháng đầu năm 2019, huyện thu 40 tỷ đồng.", [YearEvidence(2019, 9)]),
        ("Quý I/2025, huyện thu 40 tỷ đồng.", [YearEvidence(2025, 3)]),
        ("Quý III năm 2024, huyện thu 40 tỷ đồng.", [YearEvidence(2024, 9)]),
        ("Tăng 8% so với cùng kỳ năm 2004.", [YearEvidence(2005)]),
        ("Đạt 90% kế hoạch năm 2021.", [YearEvidence(2021)]),
        ("Bàn nhiệm vụ 6 tháng cuối năm 2017.", [YearEvidence(2017, 6)]),
        # A month that no year has is a slip of the pen: no evidence.
        ("Tháng 13 năm 2019, huyện thu 4 tỷ đồng.", []),
        ("Tháng 13/2019, huyện thu 4 tỷ đồng.", []),
        # What is to come is not reported on; a month printed with its year is near all the same.
        ("Năm 2030, huyện phấn đấu thu 90 tỷ đồng.", []),
        ("Sau quý I/2025, huyện thu phí.", [YearEvidence(2025, 3, is_near=True)]),
        ("Tháng 9/2025 sẽ khánh thành cầu.", [YearEvidence(2025, 9, is_near=True)]),
        ("Nhà máy 2019 đặt ở xã.", []),
    ],
)
def test_years_reported_on(text: str, expected: list[YearEvidence]) -> None:
    assert [(one.year, one.month, one.is_near) for one in reported_years(fold(text))] == [
        (one.year, one.month, one.is_near) for one in expected
    ]


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("Đại hội Đảng bộ xã lần thứ X, nhiệm kỳ 2020-2025 khai mạc.", [2020]),
        ("HĐND xã khóa V, nhiệm kỳ 2021-2026 họp kỳ họp thứ nhất.", [2021]),
        ("Thực hiện nghị quyết đại hội, nhiệm kỳ 2020-2025, xã họp.", []),
        ("Huyện họp giao ban.", []),
    ],
)
def test_the_year_in_which_a_term_begins(text: str, years: list[int]) -> None:
    assert [one.year for one in term_begun(fold(text))] == years

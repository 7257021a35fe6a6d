"""Points, places and rates set against a plan: of which ranking they are, and what they measure."""

from __future__ import annotations

import pytest


def told(claims) -> list[tuple[str | None, str, float]]:
    return [(claim.indicator_code, claim.measure, claim.value) for claim in claims]


def test_points_are_of_the_index_named_last(read) -> None:
    claims = read(
        "Năm 2023, tỉnh giảm 1 bậc trên bảng xếp hạng PCI, với 64,4 điểm, thấp hơn năm 2022 (66,2 điểm).\n"
        "Đứng đầu là Hải Phòng với 72,5 điểm."
    )
    assert told(claims) == [
        ("pci", "rank_change", -1),
        ("pci", "level", 64.4),
        ("pci", "level", 66.2),
        ("pci", "level", 72.5),
    ]
    assert [claim.time_period for claim in claims[:3]] == ["2023", "2023", "2022"]


def test_points_of_no_index_have_no_code(read) -> None:
    assert told(read("Điểm trung bình môn Toán của tỉnh đạt 6,5 điểm.")) == [(None, "level", 6.5)]


def test_a_place_follows_the_growth_it_is_joined_to(read) -> None:
    claims = read("GRDP năm 2023 tăng 12,2%, tiếp tục dẫn đầu vùng và xếp thứ 2 cả nước.")
    assert told(claims) == [("grdp", "change_pct", 12.2), ("grdp", "rank", 2)]


def test_a_rates_distance_from_the_rate_planned_is_in_points(read) -> None:
    claims = read(
        "Số người tham gia bảo hiểm xã hội là 184.000 người, chiếm tỷ lệ 32,4% lực lượng lao động,"
        " thấp hơn 0,6% so với chỉ tiêu được giao (33%)."
    )
    assert [(claim.measure, claim.value, claim.unit_code) for claim in claims[1:]] == [
        ("share_pct", 32.4, "PERCENT"),
        ("change_abs", -0.6, "PERCENTAGE_POINT"),
        ("share_pct", 33, "PERCENT"),
    ]


def test_by_how_much_and_to_where(read) -> None:
    changes = ("CPI tăng ở mức 3,2%.", "Xuất khẩu của tỉnh giảm tới 3%.")
    assert [claim.measure for sentence in changes for claim in read(sentence)] == ["change_pct"] * 2
    assert [claim.measure for claim in read("Tỷ lệ hộ nghèo giảm xuống 3%.")] == ["level"]


def test_an_aside_of_another_year_does_not_govern_what_follows(read) -> None:
    claims = read(
        "Trong 9 tháng đầu năm 2024, GRDP tăng 6% (9 tháng năm 2023 tăng 8%).\nThu ngân sách đạt 900 tỷ đồng."
    )
    assert [claim.time_period for claim in claims] == [
        "2024-01-01/P9M",
        "2023-01-01/P9M",
        "2024-01-01/P9M",
    ]


def test_taking_stock_at_a_month_does_not_govern_the_report(read) -> None:
    claims = read(
        "6 tháng đầu năm 2024, thu ngân sách đạt 900 tỷ đồng.\n"
        "Đến tháng 5/2024, tỉnh có 69 trang trại.\nSản lượng thủy sản đạt 5.000 tấn."
    )
    assert claims[-1].time_period == "2024-S1"


def test_the_share_of_a_national_total_is_of_what_was_told(read) -> None:
    claims = read("Kim ngạch xuất khẩu đạt 650 triệu USD, tăng 29% và chiếm 26% tổng kim ngạch cả nước.")
    assert told(claims)[-1] == ("export_value", "share_pct", 26)


def test_a_share_of_other_things_after_a_rate_is_their_own(read) -> None:
    claims = read("Tỷ lệ dân số dùng nước sạch đạt 82%; 70% xã, phường vững mạnh toàn diện.")
    assert told(claims)[-1] == (None, "share_pct", 70)


def test_in_the_month_is_the_month_of_the_bulletin(read) -> None:
    claims = read(
        "Lũy kế 6 tháng đầu năm 2024, sản lượng thủy sản đạt 9.000 tấn.\n"
        "Sản lượng nuôi trồng thủy sản trong tháng ước đạt 1.200 tấn; xuất khẩu tháng 5 đạt 3 triệu USD."
    )
    assert [claim.time_period for claim in claims] == ["2024-S1", "2024-M06", "2024-M05"]


def test_in_the_month_is_the_month_named_last_where_a_year_governs(read) -> None:
    claims = read(
        "Tháng 9/2024, xuất khẩu đạt 3 triệu USD.\nNăm 2024, thu ngân sách đạt 900 tỷ đồng.\n"
        "Sản lượng thủy sản trong tháng ước đạt 1.200 tấn."
    )
    assert [claim.time_period for claim in claims] == ["2024-M09", "2024", "2024-M09"]


def test_a_second_universe_is_a_second_rank(read) -> None:
    claims = read("GRDP tăng 6,2%, xếp thứ 5/13 tỉnh trong vùng và 27/63 cả nước.")
    assert [(claim.measure, claim.value, claim.out_of, claim.indicator_code) for claim in claims][1:] == [
        ("rank", 5, 13, "grdp"),
        ("rank", 27, 63, "grdp"),
    ]
    claims = read("Tỉnh có 5 huyện và 12/15 xã của vùng đạt chuẩn.")
    assert "rank" not in {claim.measure for claim in claims}


def test_a_rank_among_all_the_country_is_still_the_provinces(read) -> None:
    claims = read("GRDP ước đạt 8,3%, xếp thứ 8/34 tỉnh, thành cả nước và xếp thứ 2 trong vùng.")
    assert [(claim.indicator_code, claim.province_name) for claim in claims] == [("grdp", None)] * 3


def test_a_rank_goes_over_a_yardstick_to_what_is_ranked(read) -> None:
    claims = read("GRDP ước đạt 8,3%, cao hơn chỉ số phấn chấn của vùng là 7,1%, xếp thứ 8/34 tỉnh, thành.")
    assert [(claim.indicator_code, claim.measure) for claim in claims][::2] == [
        ("grdp", "change_pct"),
        ("grdp", "rank"),
    ]
    assert claims[1].indicator_code is None


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("Phấn đấu tỷ lệ hộ nghèo giảm đạt trên 4,2%.", [("change_abs", -4.2, "PERCENTAGE_POINT")]),
        ("Tỷ lệ hộ nghèo giảm 1,5% so với năm trước.", [("change_abs", -1.5, "PERCENTAGE_POINT")]),
        ("Tỷ lệ che phủ rừng đạt 58%, tăng 0,3%.",
         [("level", 58, "PERCENT"), ("change_abs", 0.3, "PERCENTAGE_POINT")]),
        ("Tỷ lệ hộ nghèo ở thành thị giảm 0,2%, nông thôn 2,1%.",
         [("change_abs", -0.2, "PERCENTAGE_POINT"), ("change_abs", -2.1, "PERCENTAGE_POINT")]),
        ("CPI tăng 0,3%.", [("change_pct", 0.3, "PERCENT")]),
        ("Hộ nghèo giảm 12% so với đầu năm.", [("change_pct", -12, "PERCENT")]),
        ("Tỷ lệ nợ xấu là 1,2%, nợ xấu tăng 89%.",
         [("level", 1.2, "PERCENT"), ("change_pct", 89, "PERCENT")]),
    ],
)  # fmt: skip
def test_a_rate_changes_in_points(read, body: str, told: list[tuple[str, float, str]]) -> None:
    assert [(claim.measure, claim.value, claim.unit_code) for claim in read(body)] == told


def test_growing_branches_are_listed_with_their_growth_in_brackets(read) -> None:
    claims = read("Các ngành có tốc độ tăng trưởng cao là công nghiệp - xây dựng (11,2%), dịch vụ (9%).")
    assert [(claim.measure, claim.value) for claim in claims] == [("change_pct", 11.2), ("change_pct", 9)]

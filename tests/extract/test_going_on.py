"""Numbers that go on with what was said before them, and names that stand behind or beside them."""

from __future__ import annotations

from datetime import date

import pytest

from include.extract.brackets import brackets
from include.extract.indicators import _holds
from include.extract.text import Span


def told(claims) -> list[tuple[str | None, str, float]]:
    return [(claim.indicator_code, claim.measure, claim.value) for claim in claims]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        # where a change has come to
        ("Đàn dê tăng 5,1%, lên 24.300 con.",
         [("livestock_herd", "change_pct", 5.1), ("livestock_herd", "level", 24300)]),
        ("Số hộ nghèo giảm 130 hộ, xuống còn 870 hộ.",
         [("poor_households", "change_abs", -130), ("poor_households", "level", 870)]),
        # by how much it is more than another time's
        ("Thu ngân sách cao hơn cùng kỳ 76 tỷ đồng.", [("state_budget_revenue", "change_abs", 76e9)]),
        # what was added in a time is what it brought
        ("Năm 2023, tỉnh kết nạp thêm 310 đảng viên.", [("party_members_admitted", "level", 310)]),
        ("Huyện kết nạp thêm 20 đảng viên so với năm trước.", [("party_members_admitted", "change_abs", 20)]),
        ("Huyện có thêm 2 xã đạt chuẩn nông thôn mới.", [("new_rural_communes", "change_abs", 2)]),
        # joined changes
        ("Tai nạn giao thông giảm 12 người chết (6%) và 25 người bị thương (21%).",
         [("traffic_deaths", "change_abs", -12), ("traffic_deaths", "change_pct", -6),
          ("traffic_injuries", "change_abs", -25), ("traffic_injuries", "change_pct", -21)]),
        # a rate's households in other words
        ("Tỷ lệ hộ nghèo giảm 4,1%, tương ứng từ 640-730 hộ.",
         [("poverty_rate", "change_abs", -4.1), ("poor_households", "change_abs", -640)]),
        # whose capital
        ("Tổng vốn đăng ký 1.340 triệu USD, trong đó FDI là 1.200 triệu USD, trong nước là 140 triệu USD.",
         [("registered_capital", "level", 1340e6), ("fdi_registered_capital", "level", 1200e6),
          ("registered_capital", "level", 140e6)]),
        # the same thing elsewhere
        ("Diện tích gieo cấy lúa đạt 310 nghìn ha, trong đó các địa phương phía Nam đạt 190 nghìn ha.",
         [("crop_area", "level", 310e3), ("crop_area", "level", 190e3)]),
    ],
)  # fmt: skip
def test_a_number_goes_on_with_what_was_said(read, body: str, expected) -> None:
    assert told(read(body)) == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Tỷ lệ lấp đầy tại KCN Đồng Sậy: 81,2%.", [("occupancy_rate", "level", 81.2)]),
        ("Mở rộng thị trường, chiếm 24% tổng kim ngạch xuất khẩu.", [("export_value", "share_pct", 24)]),
        ("Thị trường này đứng đầu về nhập khẩu tôm, chiếm 24% tổng kim ngạch xuất khẩu.",
         [("export_value", "share_pct", 24)]),
        ("Toàn tỉnh đón khoảng 812.000 lượt.", [("tourist_arrivals", "level", 812000)]),
        ("Cục Hải quan Hải Phòng thu được 830 tỷ đồng.", [("customs_revenue", "level", 830e9)]),
        ("Doanh nghiệp quay trở lại hoạt động: 39; doanh nghiệp giải thể: 12.",
         [("resumed_enterprises", "level", 39), ("dissolved_enterprises", "level", 12)]),
        ("Thu nhập bình quân 1 người 1 tháng đạt 4,2 triệu đồng.", [("income_per_capita", "level", 4.2e6)]),
        ("Tỷ lệ lấp đầy 4 khu công nghiệp đã đi vào hoạt động là 74,6%.",
         [("industrial_parks", "level", 4), ("occupancy_rate", "level", 74.6)]),
        ("Xuất khẩu chè đạt 41 triệu USD, giảm 8% về lượng nhưng tăng 2,6% về giá trị.",
         [("export_value", "level", 41e6), (None, "change_pct", -8), ("export_value", "change_pct", 2.6)]),
        ("Dự án tạo ra hơn 2.100 việc làm.", [("jobs_created", "level", 2100)]),
        ("Tỉnh đạt 12/12 chỉ tiêu; trong đó, tốc độ tăng trưởng kinh tế (GRDP) đứng đầu vùng, đạt 9,1%.",
         [(None, "level", 12), ("grdp", "change_pct", 9.1)]),
    ],
)  # fmt: skip
def test_the_name_is_found_where_it_stands(read, body: str, expected) -> None:
    assert told(read(body)) == expected


def test_marks_are_counted_by_their_height(read) -> None:
    claims = read("Kỳ thi năm nay, toàn tỉnh có 86 điểm 10 và 14 điểm liệt; điểm trung bình là 6,2 điểm.")
    assert [claim.unit_code for claim in claims] == ["COUNT", "COUNT", "SCORE"]


def test_a_word_beside_a_name_is_a_whole_one() -> None:
    assert _holds("trồng 2ha chè", ("ha",))
    assert not _holds("hai nhà pha chè", ("ha",))


def test_a_year_that_a_feast_is_named_after_counts_nothing(read) -> None:
    assert read("Các đơn vị bảo đảm cho nhân dân đón Tết Nguyên đán 2023 vui tươi, an toàn.") == ()


def test_of_nested_brackets_the_outer_is_the_aside() -> None:
    text = "a (b (c) d) e (f) g) h ("
    assert [span.of(text) for span in brackets(text, Span(0, len(text)))] == ["(b (c) d)", "(f)"]


def test_a_lead_has_the_time_that_the_text_names_first(read) -> None:
    body = (
        "Thu ngân sách của tỉnh đạt 4.540 tỷ đồng, bằng 121% dự toán.\n"
        "Theo báo cáo, năm 2022, kinh tế của tỉnh phục hồi.\nXuất khẩu đạt 210 triệu USD."
    )
    claims = read(body, published_on=date(2023, 1, 18))
    assert [claim.time_period for claim in claims] == ["2022"] * 3


def test_a_figure_of_the_lead_is_told_once_where_its_time_is(read) -> None:
    body = "Thu ngân sách đạt 4.540 tỷ đồng.\nNăm 2022, thu ngân sách ước đạt 4.540 tỷ đồng."
    (claim,) = read(body, published_on=date(2023, 1, 18))
    assert (claim.status, claim.time_period) == ("estimate", "2022")


def test_a_past_term_governs_what_follows_and_ends_aims(read) -> None:
    claims = read(
        "Đại hội đặt mục tiêu xây dựng tỉnh phát triển khá vào năm 2025.\n"
        "Nhiệm kỳ qua, kinh tế của tỉnh tăng trưởng khá. Thu nhập bình quân đầu người đạt 52 triệu đồng.",
        published_on=date(2020, 10, 13),
    )
    assert [(claim.status, claim.time_period) for claim in claims] == [("actual", "2016-01-01/P5Y")]
    claims = read("Nhiệm kỳ qua, thu nhập bình quân đạt 52 triệu đồng.", published_on=date(2018, 5, 2))
    assert [claim.period_type for claim in claims] == ["unknown"]


def test_an_estimate_goes_over_a_semicolon_to_its_change(read) -> None:
    claims = read("Tổng chi ngân sách ước tính 15.100 tỷ đồng; tăng 3,2% so với dự toán.")
    assert [claim.status for claim in claims] == ["estimate", "estimate"]

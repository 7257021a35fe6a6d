"""Whole sentences to claims: one invented sentence or two for each rule."""

from __future__ import annotations

from datetime import date

import pytest


def said(claims) -> list[tuple[str | None, str, float]]:
    return [(claim.indicator_code, claim.measure, claim.value) for claim in claims]


INDICATORS = [
    ("Thu hút 12 dự án với tổng vốn đăng ký 900 tỷ đồng.",
     [("investment_projects", "level", 12), ("registered_capital", "level", 900e9)]),
    ("Tỉnh cấp mới 9 dự án, điều chỉnh 4 dự án và thu hồi 2 dự án.",
     [("investment_projects_new", "level", 9), ("investment_projects_adjusted", "level", 4),
      ("investment_projects_revoked", "level", 2)]),
    ("Hiện có 31 dự án FDI với tổng vốn đăng ký 2 tỷ USD.",
     [("fdi_projects", "level", 31), ("fdi_registered_capital", "level", 2e9)]),
    ("Giá trị xuất nhập khẩu qua các cửa khẩu đạt 3 tỷ USD.", [("border_trade_value", "level", 3e9)]),
    ("Kim ngạch xuất, nhập khẩu đạt 3 tỷ USD.", [("trade_value", "level", 3e9)]),
    ("Tỷ lệ lấp đầy của 9 khu công nghiệp đạt 84,6%.",
     [("industrial_parks", "level", 9), ("occupancy_rate", "level", 84.6)]),
    ("Có 98/126 xã đạt chuẩn nông thôn mới, đạt 77,8%.",
     [("new_rural_communes", "level", 98), ("new_rural_communes", "share_pct", 77.8)]),
    ("Tỷ lệ hộ nghèo còn 7,5%, hộ cận nghèo còn 5,1%.",
     [("poverty_rate", "level", 7.5), ("near_poverty_rate", "level", 5.1)]),
    ("Sản lượng ngô đạt 120 nghìn tấn, năng suất 45 tạ/ha.",
     [("crop_output", "level", 120_000), ("crop_yield", "level", 45)]),
    ("Gieo trồng 3.200 ha lúa mùa.", [("crop_area", "level", 3200)]),
    ("Hơn 1.200 ha lúa bị ngập úng.", [(None, "level", 1200)]),
    ("Xảy ra 45 vụ tai nạn giao thông, làm chết 23 người, bị thương 31 người.",
     [("traffic_accidents", "level", 45), ("traffic_deaths", "level", 23),
      ("traffic_injuries", "level", 31)]),
    ("Cơ cấu kinh tế: nông nghiệp 22,5%, công nghiệp - xây dựng 31,2%, dịch vụ 46,3%.",
     [("structure_agriculture", "level", 22.5), ("structure_industry_construction", "level", 31.2),
      ("structure_services", "level", 46.3)]),
    ("Có 12 trạm kiểm lâm được sửa chữa.", [(None, "level", 12)]),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "expected"), INDICATORS)
def test_what_a_number_is_about(read, sentence: str, expected) -> None:
    assert said(read(sentence)) == expected


MEASURES = [
    ("IIP tăng 7,5% so với cùng kỳ.", "change_pct", 7.5),
    ("IIP bằng 96,6% so với cùng kỳ.", "level", 96.6),
    ("Thu ngân sách giảm 3%.", "change_pct", -3),
    ("Thu ngân sách đạt 62,5% dự toán.", "plan_pct", 62.5),
    ("Thu ngân sách vượt dự toán 5%.", "plan_pct", 105),
    ("Thu ngân sách giảm 7,8% so với dự toán.", "plan_pct", 92.2),
    ("Dân số tăng 3.000 người so với năm 2022.", "change_abs", 3000),
    ("Tỷ lệ hộ nghèo giảm 1,5 điểm % so với năm 2022.", "change_abs", -1.5),
    ("Tỷ lệ che phủ rừng tăng lên 47,3%.", "level", 47.3),
    ("Thu nhập bình quân đầu người gấp 2,3 lần so với năm 2015.", "multiple", 2.3),
    ("Chỉ số PCI xếp thứ 12/63 tỉnh, thành phố.", "rank", 12),
    ("Chỉ số PCI tụt 4 bậc.", "rank_change", -4),
    ("Cà phê chiếm 60% tổng sản lượng nông sản.", "share_pct", 60),
    ("Tốc độ tăng trưởng kinh tế đạt 8,1%.", "change_pct", 8.1),
]


@pytest.mark.parametrize(("sentence", "measure", "value"), MEASURES)
def test_what_a_number_measures(read, sentence: str, measure: str, value: float) -> None:
    (claim,) = read(sentence)
    assert (claim.measure, claim.value) == (measure, value)


def test_where_a_change_starts_and_ends_are_levels(read) -> None:
    first, last = read("Tỷ lệ hộ nghèo giảm từ 12,3% năm 2021 xuống còn 7,5% năm 2023.")
    assert [(c.measure, c.value, c.time_period) for c in (first, last)] == [
        ("level", 12.3, "2021"),
        ("level", 7.5, "2023"),
    ]


def test_a_range_that_shrinks_is_signed_at_both_ends(read) -> None:
    (claim,) = read("Số vụ vi phạm giảm 15-20% so với năm 2023.")
    assert (claim.value, claim.value_high) == (-15, -20)


def test_a_percentage_without_a_verb_goes_on_with_the_one_before(read) -> None:
    assert said(read("Xuất khẩu tăng 10,6%, nhập khẩu 17%.")) == [
        ("export_value", "change_pct", 10.6),
        ("import_value", "change_pct", 17),
    ]


STATUSES = [
    ("Thu ngân sách năm 2023 đạt 5 tỷ đồng.", "actual"),
    ("Thu ngân sách năm 2024 ước đạt 5 tỷ đồng.", "estimate"),
    ("Thu ngân sách năm 2025 ước đạt 5 tỷ đồng.", "target"),
    ("Dự kiến thu ngân sách năm 2024 đạt 5 tỷ đồng.", "estimate"),
    ("Mục tiêu năm 2024 là thu ngân sách đạt 5 tỷ đồng.", "target"),
    ("Tỉnh phấn đấu thu ngân sách đạt 5 tỷ đồng.", "target"),
    ("Nhờ hoàn thành vượt mục tiêu, thu ngân sách đạt 5 tỷ đồng.", "actual"),
]


@pytest.mark.parametrize(("sentence", "status"), STATUSES)
def test_status(read, sentence: str, status: str) -> None:
    assert [claim.status for claim in read(sentence)] == [status]


def test_the_head_of_a_list_outranks_estimates_inside_it(read) -> None:
    claims = read(
        "Các chỉ tiêu đến năm 2030 gồm: giá trị sản xuất công nghiệp ước đạt 9.000 tỷ đồng; "
        "tổng mức bán lẻ hàng hóa ước đạt 7.000 tỷ đồng."
    )
    assert {(claim.status, claim.time_period) for claim in claims} == {("target", "2030")}


def test_bullets_take_status_and_period_of_their_head(read) -> None:
    claims = read(
        "Mục tiêu đến năm 2030:\n- GRDP bình quân đầu người đạt 150 triệu đồng.\n- Đô thị hóa đạt 45%."
    )
    assert {(claim.status, claim.time_period) for claim in claims} == {("target", "2030")}


def test_what_follows_a_level_carries_its_status_and_period(read) -> None:
    claims = read("Doanh thu du lịch năm 2024 ước đạt 900 tỷ đồng, tăng 8%, bằng 104% kế hoạch năm.")
    assert {(claim.status, claim.time_period) for claim in claims} == {("estimate", "2024")}


COMPARISONS = [
    ("CPI tháng 9 tăng 0,3% so với tháng trước.", date(2024, 8, 1), date(2024, 8, 31)),
    ("CPI tháng 9 tăng 3% so với cùng kỳ.", date(2023, 9, 1), date(2023, 9, 30)),
    ("CPI 6 tháng đầu năm 2020 tăng 5% so với cùng kỳ năm 2019.", date(2019, 1, 1), date(2019, 6, 30)),
    ("Xuất khẩu quý III tăng 5% so với năm trước.", date(2023, 7, 1), date(2023, 9, 30)),
    ("Xuất khẩu năm 2023 tăng 5%.", date(2022, 1, 1), date(2022, 12, 31)),
    ("So với cùng kỳ, xuất khẩu 9 tháng tăng 5%.", date(2023, 1, 1), date(2023, 9, 30)),
    ("Xuất khẩu 9 tháng tăng 5% so với quý IV/2023.", date(2023, 10, 1), date(2023, 12, 31)),
]


@pytest.mark.parametrize(("sentence", "start", "end"), COMPARISONS)
def test_comparison(read, sentence: str, start: date, end: date) -> None:
    (claim,) = read(sentence)
    assert (claim.comparison_start, claim.comparison_end) == (start, end)


def test_a_period_governs_the_sentences_and_paragraphs_after_it(read) -> None:
    claims = read(
        "Ông Bảy báo cáo tình hình kinh tế 9 tháng đầu năm 2023.\n"
        "Thu ngân sách đạt 5 tỷ đồng.\nXuất khẩu năm 2022 đạt 3 tỷ USD."
    )
    assert [claim.time_period for claim in claims] == ["2023-01-01/P9M", "2022"]


def test_the_price_basis_is_no_period(read) -> None:
    (claim,) = read("Giá trị sản xuất công nghiệp (giá so sánh 2010) năm 2023 đạt 900 tỷ đồng.")
    assert (claim.price_basis, claim.time_period) == ("constant_2010", "2023")


def test_the_figure_of_the_time_compared_with_has_its_own_period(read) -> None:
    first, aside, last = read(
        "Quý I/2021, GRDP tăng 5,8% (cùng kỳ năm 2020 tăng 3,1%), thu ngân sách đạt 2 tỷ đồng."
    )
    assert [c.time_period for c in (first, aside, last)] == ["2021-Q1", "2020-Q1", "2021-Q1"]


def test_the_vision_of_a_plan_is_not_its_period(read) -> None:
    (claim,) = read("Theo quy hoạch đến năm 2030, tầm nhìn đến năm 2050, tỉnh sẽ có 12 khu công nghiệp.")
    assert (claim.status, claim.period_end) != ("target", date(2050, 12, 31))


def test_stocks_are_instants(read) -> None:
    (claim,) = read("Toàn tỉnh có 16 cụm công nghiệp.")
    assert (claim.period_type, claim.time_period, claim.period_start) == ("instant", None, None)


def test_parts_keep_the_code_of_their_whole(read) -> None:
    whole, part = read("IIP tháng 9 tăng 8%; ngành khai khoáng giảm 2%.")
    assert (part.indicator_code, part.breakdown) == (whole.indicator_code, "ngành khai khoáng")


def test_a_sector_of_the_economy_has_no_code(read) -> None:
    _, part = read("GRDP năm 2023 tăng 8%, trong đó khu vực dịch vụ tăng 9%.")
    assert (part.indicator_code, part.indicator_name) == (None, "khu vực dịch vụ")


def test_a_part_of_a_sum_is_its_breakdown(read) -> None:
    _, part = read("Kim ngạch xuất khẩu đạt 900 triệu USD, trong đó hạt điều đạt 300 triệu USD.")
    assert (part.indicator_code, part.breakdown) == ("export_value", "hạt điều")


def test_a_number_repeated_for_the_same_thing_is_told_once(read) -> None:
    claims = read("Thu ngân sách năm 2023 đạt 5 tỷ đồng. Như vậy, thu ngân sách năm 2023 đạt 5 tỷ đồng.")
    assert [claim.quote_start for claim in claims] == [0]


def test_gdp_is_the_nations_and_grdp_a_provinces(read) -> None:
    sentence = "Tăng trưởng kinh tế năm 2023 đạt 6%."
    assert said(read(sentence)) == [("grdp", "change_pct", 6)]
    assert said(read(sentence, province=None)) == [("gdp", "change_pct", 6)]


def test_places(read) -> None:
    nation, neighbour, below, yardstick = read(
        "Cả nước có 300 khu công nghiệp.\nTỉnh Lào Cai có 5 khu công nghiệp.\n"
        "Huyện Mai Sơn có 2 cụm công nghiệp.\nDẫn đầu cả nước, tỉnh có 9 cụm công nghiệp."
    )
    assert [c.province_name for c in (nation, neighbour, below, yardstick)] == [
        "Việt Nam",
        "Lào Cai",
        None,
        None,
    ]
    assert below.place_name == "Huyện Mai Sơn"


def test_an_undated_article_tells_its_year_itself(read) -> None:
    claims = read("Quý III, thu ngân sách tăng 5% so với cùng kỳ năm 2022.", published_on=None)
    assert [claim.time_period for claim in claims] == ["2023-Q3"]


def test_captions_say_nothing(read) -> None:
    assert read("Nhà máy trị giá 300 tỷ đồng tại xã Hát Lót. Ảnh: Minh Hà") == ()


NOT_ECONOMIC = """\
Trận bán kết diễn ra chiều 14/9 trên sân vận động tỉnh trước sự chứng kiến của đông đảo người hâm mộ.
Phút 37, tiền đạo mang áo số 9 mở tỷ số; đội khách gỡ hòa 1-1 ở phút 88 và hai đội phải đá luân lưu.
Đây là lần thứ 3 đội lọt vào chung kết kể từ năm 2011. Vé được bán từ 8 giờ ngày 15/9.
Bà Hòa, 72 tuổi, nhà ở số 18 ngõ 5, kể rằng suốt 40 năm qua bà chưa bỏ trận nào.
Ban tổ chức trao tặng 20 suất quà cho các cầu thủ trẻ nhân kỷ niệm 60 năm ngày truyền thống."""


def test_prose_that_is_not_economic_gives_next_to_nothing(read) -> None:
    assert len(read(NOT_ECONOMIC)) <= 1

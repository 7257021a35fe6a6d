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
    ("Huyện thu hồi 120 ha đất, điều chỉnh 50 ha.",
     [("land_cleared", "level", 120), (None, "level", 50)]),
    ("Tỉnh có 41 xã đạt chuẩn nông thôn mới. Huyện Phù Yên có 9 xã.",
     [("new_rural_communes", "level", 41), ("new_rural_communes", "level", 9)]),
    ("Sơn La là tỉnh dẫn đầu vùng về thu nhập bình quân đầu người. Năm 2023, tỉnh đạt 52 triệu đồng/người.",
     [("income_per_capita", "level", 52e6)]),
    ("GRDP tăng 8,1% (Điện Biên đạt 7,2%; Hòa Bình đạt 6,4%) và xếp thứ 3/14 tỉnh trong vùng.",
     [("grdp", "change_pct", 8.1), ("grdp", "change_pct", 7.2), ("grdp", "change_pct", 6.4),
      ("grdp", "rank", 3)]),
    ("IIP tăng 6%. Chế biến tăng 7%; phân phối điện và điều hòa không khí tăng 5%; cung cấp nước tăng 3%.",
     [("industrial_production_index", "change_pct", value) for value in (6, 7, 5, 3)]),
    ("Thu hút 14 dự án (trong đó có 2 dự án FDI), vốn đăng ký 800 tỷ đồng, tăng 5% về số dự án.",
     [("investment_projects", "level", 14), ("fdi_projects", "level", 2),
      ("registered_capital", "level", 800e9), ("investment_projects", "change_pct", 5)]),
    ("Từ đầu năm đến nay, tỉnh có 9 dự án FDI. Trong đó, có 6 dự án cấp mới.",
     [("fdi_projects", "level", 9), ("fdi_projects", "level", 6)]),
    ("Tỉnh có 3 cụm công nghiệp gồm: Hồng Đức 1 (32,5ha), Hồng Đức 2 (40ha).",
     [("industrial_clusters", "level", 3), ("industrial_cluster_area", "level", 32.5),
      ("industrial_cluster_area", "level", 40)]),
    ("Các khu công nghiệp đang hoạt động có tỷ lệ lấp đầy 72,3%.", [("occupancy_rate", "level", 72.3)]),
    ("Nghề gốm chiếm 12,5% giá trị sản xuất tiểu thủ công nghiệp.",
     [("handicraft_output", "share_pct", 12.5)]),
    ("Nghề gốm chiếm 12,5% GRDP.", [(None, "share_pct", 12.5)]),
    ("Phấn đấu 72% lao động qua đào tạo.", [("trained_labour_rate", "level", 72)]),
    ("Thu nội địa đạt 64% DT tỉnh giao.", [("domestic_revenue", "plan_pct", 64)]),
    ("Huyện có 15 thủy điện nhỏ công suất 210 MW.",
     [(None, "level", 15), ("power_capacity", "level", 210)]),
    ("Thị xã có 3.000 lao động đang làm việc. Có 450 lao động thất nghiệp nhận trợ cấp.",
     [("employees", "level", 3000), (None, "level", 450)]),
    ("Có ít nhất 65,5% trường mầm non đạt chuẩn quốc gia.",
     [("national_standard_schools", "share_pct", 65.5)]),
    ("Toàn tỉnh còn 3.210 hộ nghèo, chiếm 2,4%.",
     [("poor_households", "level", 3210), ("poverty_rate", "level", 2.4)]),
    ("Giá trị sản xuất nông nghiệp bình quân đạt 96 triệu đồng/ha.", [(None, "level", 96e6)]),
    ("Tỷ lệ thu gom rác thải khu vực đô thị đạt 95%, khu vực nông thôn đạt 82%.",
     [("waste_collection_rate", "level", 95), ("waste_collection_rate", "level", 82)]),
    ("Số vụ tai nạn giao thông giảm 5 vụ, số người chết giảm 3 người, số người bị thương giảm 9 người.",
     [("traffic_accidents", "change_abs", -5), ("traffic_deaths", "change_abs", -3),
      ("traffic_injuries", "change_abs", -9)]),
    ("Đạt 10 bác sĩ/vạn dân.", [("doctors_per_10k", "level", 10)]),
    ("Số dự án FDI còn hiệu lực là 156, tăng 4%.",
     [("fdi_projects", "level", 156), ("fdi_projects", "change_pct", 4)]),
    ("Khách có lưu trú 834.600 lượt.", [("tourist_arrivals", "level", 834_600)]),
    ("Cả tỉnh có 606 doanh nghiệp thành lập mới; số doanh nghiệp giải thể 16 doanh nghiệp.",
     [("new_enterprises", "level", 606), ("dissolved_enterprises", "level", 16)]),
    ("Chỉ số PAR INDEX đạt 87,6 điểm nhưng giảm 7 bậc.",
     [("par_index", "level", 87.6), ("par_index", "rank_change", -7)]),
    ("Có 67/95 Trung tâm Văn hóa hoạt động tốt, đạt tỷ lệ 70,5%.",
     [(None, "level", 67), (None, "share_pct", 70.5)]),
    ("Trên địa bàn có 18.900 con trâu.", [("livestock_herd", "level", 18_900)]),
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
    ("Thu nhập bình quân đầu người tăng lên 52 triệu đồng.", "level", 52e6),
    ("Tỷ lệ học sinh bỏ học giảm còn 1,2%.", "level", 1.2),
    ("Thu ngân sách cao hơn dự toán năm 2023 là 400 tỷ đồng.", "change_abs", 400e9),
    ("Tỷ lệ nợ xấu đã giảm so với năm 2023 và hiện chiếm 1,31%.", "level", 1.31),
    ("Tổng vốn đầu tư cấp mới và tăng thêm là 900 tỷ đồng.", "level", 900e9),
    ("Vốn đầu tư công đã giải ngân đạt 62%.", "plan_pct", 62),
    ("So với cùng kỳ, vốn FDI đăng ký chỉ bằng 15,3%.", "change_pct", -84.7),
    ("Tỉnh có thêm 109 doanh nghiệp thành lập mới.", "level", 109),
    ("Tỷ lệ hộ nghèo giảm từ 3% trở lên.", "change_abs", -3),
    ("GRDP khó đạt kế hoạch đề ra là 7,9%.", "change_pct", 7.9),
    ("Thu ngân sách thấp hơn so kế hoạch 2%.", "plan_pct", 98),
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


def test_a_plan_belongs_to_the_number_it_stands_behind(read) -> None:
    claims = read("Sản lượng chè bằng 71% so với kế hoạch và giảm 4,5%.")
    assert [(c.measure, c.value) for c in claims] == [("plan_pct", 71), ("change_pct", -4.5)]


def test_the_plans_own_number_in_brackets_is_a_target(read) -> None:
    reached, short, plan = read("Bao phủ BHYT đạt 86,2%, thấp hơn 5,3% so với chỉ tiêu tỉnh giao (91,5%).")
    assert (reached.status, short.measure, plan.status) == ("actual", "change_abs", "target")
    assert (plan.measure, plan.value) == ("level", 91.5)


def test_what_adds_to_growth_is_a_share_of_it(read) -> None:
    claims = read("GRDP tăng 8%, trong đó khu vực dịch vụ tăng 9%, đóng góp 43,2% vào mức tăng chung.")
    assert [(c.measure, c.value) for c in claims] == [
        ("change_pct", 8),
        ("change_pct", 9),
        ("share_pct", 43.2),
    ]


CHANGES_TOLD_TWICE = [
    ("Sản lượng ngô giảm 10,7% (2.133 tấn) so với năm 2023.", [("change_pct", -10.7), ("change_abs", -2133)]),
    (
        "Diện tích lúa giảm 1.686 ha (bằng 2,2%) so với năm 2023.",
        [("change_abs", -1686), ("change_pct", -2.2)],
    ),
    ("Số vụ tai nạn giao thông giảm 24 vụ (-67%).", [("change_abs", -24), ("change_pct", -67)]),
    ("Tỷ lệ học sinh bỏ học còn 1,2% (năm học trước là 1,4%).", [("level", 1.2), ("level", 1.4)]),
]


@pytest.mark.parametrize(("sentence", "expected"), CHANGES_TOLD_TWICE)
def test_a_bracket_tells_the_number_before_it_again(read, sentence: str, expected) -> None:
    assert [(claim.measure, claim.value) for claim in read(sentence)] == expected


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
    ("Sản lượng ngô năm 2023 tăng 5% so với 2021.", date(2021, 1, 1), date(2021, 12, 31)),
    ("Năng suất lúa năm 2023 tăng 5% so với vụ mùa 2022.", date(2022, 1, 1), date(2022, 12, 31)),
    ("Từ đầu năm đến 15/9, xuất khẩu tăng 5%.", date(2023, 1, 1), date(2023, 9, 15)),
    ("Quý II khá hơn so với quý I; 9 tháng xuất khẩu tăng 5%.", date(2023, 1, 1), date(2023, 9, 30)),
]


@pytest.mark.parametrize(("sentence", "start", "end"), COMPARISONS)
def test_comparison(read, sentence: str, start: date, end: date) -> None:
    (claim,) = read(sentence)
    assert (claim.comparison_start, claim.comparison_end) == (start, end)


def test_one_comparison_behind_a_bracket_is_for_both_numbers(read) -> None:
    claims = read("Đến nay, toàn tỉnh có 16.400 ha chè, tăng 7,9% (tăng 1.210 ha) so với năm 2022.")
    assert [claim.comparison_start for claim in claims] == [None, date(2022, 1, 1), date(2022, 1, 1)]


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


def test_what_happened_is_counted_over_the_time_spoken_of(read) -> None:
    claims = read("Lũy kế 8 tháng năm 2024, thu ngân sách tăng 5%. Toàn tỉnh có 20 doanh nghiệp giải thể.")
    assert [claim.time_period for claim in claims] == ["2024-01-01/P8M", "2024-01-01/P8M"]


FLOWS_AND_STOCKS = [
    ("Tính đến hết ngày 16/9, thu ngân sách nhà nước đạt 5.000 tỷ đồng.", "2024-01-01/P260D"),
    ("Đến hết tháng 9, kim ngạch xuất khẩu đạt 90 triệu USD.", "2024-01-01/P9M"),
    ("Đến hết tháng 9, toàn tỉnh có 45 xã đạt chuẩn nông thôn mới.", None),
    ("Dư nợ tín dụng đến ngày 30/9 đạt 45.000 tỷ đồng.", None),
    ("Đến cuối năm, thu ngân sách ước đạt 9.000 tỷ đồng.", "2024"),
    ("Tổng đàn lợn tại thời điểm 1/4/2024 là 794 nghìn con.", None),
    ("Quí I năm nay, thu ngân sách đạt 900 tỷ đồng.", "2024-Q1"),
    ("Trong tháng 5.2024, tỉnh đón 349.000 lượt khách du lịch.", "2024-M05"),
    ("Sau 8 tháng năm 2024, thu ngân sách đạt 4.000 tỷ đồng.", "2024-01-01/P8M"),
]


@pytest.mark.parametrize(("sentence", "notation"), FLOWS_AND_STOCKS)
def test_flows_begin_in_january_and_stocks_are_instants(read, sentence: str, notation: str | None) -> None:
    assert [claim.time_period for claim in read(sentence)] == [notation]


def test_a_year_in_brackets_is_of_the_number_before_it_alone(read) -> None:
    claims = read(
        "Năm 2023, thu nhập tăng từ 22 triệu đồng (năm 2020) lên 30 triệu đồng, thu ngân sách 9 tỷ đồng."
    )
    assert [(c.measure, c.time_period) for c in claims] == [
        ("level", "2020"),
        ("level", "2023"),
        ("level", "2023"),
    ]


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


def test_the_same_number_of_two_places_is_two_claims(read) -> None:
    claims = read("Huyện Phù Yên có 9 cụm công nghiệp, huyện Mộc Châu có 9 cụm công nghiệp.")
    assert [claim.place_name for claim in claims] == ["Huyện Phù Yên", "huyện Mộc Châu"]


def test_an_undated_article_tells_its_year_itself(read) -> None:
    claims = read("Quý III, thu ngân sách tăng 5% so với cùng kỳ năm 2022.", published_on=None)
    assert [claim.time_period for claim in claims] == ["2023-Q3"]


def test_captions_say_nothing(read) -> None:
    assert read("Nhà máy trị giá 300 tỷ đồng tại xã Hát Lót. Ảnh: Minh Hà") == ()

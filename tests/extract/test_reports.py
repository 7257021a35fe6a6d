"""Wordings of provincial reports, each with an invented sentence: what is told, of what, for when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from include.extract.repeats import told_once


def told(claims) -> list[tuple[str | None, str, float]]:
    return [(claim.indicator_code, claim.measure, claim.value) for claim in claims]


SENTENCES = [
    ("GRDP tăng 14% và đứng thứ 7 cả nước về thu hút FDI.",
     [("grdp", "change_pct", 14), ("fdi_registered_capital", "rank", 7)]),
    ("Trên 318.000 lượt là tổng lượng khách du lịch trong tháng 7.",
     [("tourist_arrivals", "level", 318_000)]),
    ("Diện tích giảm nhưng năng suất lúa cao đã làm tăng sản lượng gần 48.000 tấn.",
     [("crop_output", "change_abs", 48_000)]),
    ("Giải ngân vốn đầu tư công đạt 1.240 tỷ đồng, đạt 27% tổng kế hoạch vốn.",
     [("public_investment_disbursed", "level", 1240e9), ("public_investment_disbursed", "plan_pct", 27)]),
    ("Kim ngạch xuất khẩu đạt 1,1 tỷ USD, chiếm tỷ trọng trên 28% trong tổng kim ngạch cả nước.",
     [("export_value", "level", 1.1e9), ("export_value", "share_pct", 28)]),
    ("Tháng 8 có 7/11 nhóm hàng tăng giá.", [(None, "level", 7)]),
    ("Năm 2023, tỉnh đạt và vượt 17/20 chỉ tiêu chủ yếu.", [(None, "level", 17)]),
    ("Tỉnh đã đạt 7/8 nội dung xây dựng nông thôn mới.", [(None, "level", 7)]),
    ("Năm 2023, tỉnh có thêm 12 sản phẩm mới đạt 3 sao.", [("ocop_products", "level", 12)]),
    ("Có 72 doanh nghiệp (DN) thành lập mới, 5 DN đăng ký tạm ngừng hoạt động và 11 DN hoàn tất giải thể.",
     [("new_enterprises", "level", 72), ("suspended_enterprises", "level", 5),
      ("dissolved_enterprises", "level", 11)]),
    ("Thu hút các dự án FDI đạt gần 240 triệu USD.", [("fdi_registered_capital", "level", 240e6)]),
    ("Đón 2,3 triệu lượt khách. Tổng doanh thu đạt 2.200 tỷ đồng.",
     [("tourist_arrivals", "level", 2.3e6), ("tourism_revenue", "level", 2200e9)]),
    ("Chỉ số sản xuất công nghiệp tăng 9%. Một số sản phẩm tăng khá như: xi măng tăng 14%, sữa tăng 4%.",
     [("industrial_production_index", "change_pct", 9), ("industrial_product_output", "change_pct", 14),
      ("industrial_product_output", "change_pct", 4)]),
    ("GRDP đạt 31.200 tỷ đồng, khu vực công nghiệp và xây dựng chiếm 42%; khu vực dịch vụ chiếm 37%.",
     [("grdp", "level", 31_200e9), ("structure_industry_construction", "level", 42),
      ("structure_services", "level", 37)]),
    ("Công suất phòng khách sạn đạt 95%; tổn thất điện năng còn 3,6%.",
     [(None, "level", 95), (None, "level", 3.6)]),
    ("Đón gần 1,1 triệu lượt khách, gấp 2,03 cùng kỳ.",
     [("tourist_arrivals", "level", 1.1e6), ("tourist_arrivals", "multiple", 2.03)]),
    ("Đàn trâu đạt 180 nghìn con, bằng 94% kế hoạch; đàn bò đạt 270 nghìn con, bằng 94% kế hoạch.",
     [("livestock_herd", "level", 180_000), ("livestock_herd", "plan_pct", 94),
      ("livestock_herd", "level", 270_000), ("livestock_herd", "plan_pct", 94)]),
    ("Toàn tỉnh giảm 8 vụ tai nạn giao thông (6,5%), giảm 11 người chết (11,5%).",
     [("traffic_accidents", "change_abs", -8), ("traffic_accidents", "change_pct", -6.5),
      ("traffic_deaths", "change_abs", -11), ("traffic_deaths", "change_pct", -11.5)]),
    ("Số người chết do tai nạn giao thông tăng ở Phù Yên (tăng 3 người, tương đương 150%).",
     [("traffic_deaths", "change_abs", 3), ("traffic_deaths", "change_pct", 150)]),
    ("Toàn tỉnh xảy ra 32 vụ TNGT, làm chết 28 người và bị thương 17 người.",
     [("traffic_accidents", "level", 32), ("traffic_deaths", "level", 28),
      ("traffic_injuries", "level", 17)]),
    ("Tỉnh đón 480.000 lượt khách, trong đó hơn 8.200 lượt là khách quốc tế.",
     [("tourist_arrivals", "level", 480_000), ("international_arrivals", "level", 8200)]),
    ("Tổng vốn đầu tư toàn xã hội đạt 17.400 tỷ đồng, đạt 87% (kế hoạch 20.000 tỷ đồng).",
     [("total_investment", "level", 17_400e9), ("total_investment", "plan_pct", 87),
      ("total_investment", "level", 20_000e9)]),
    ("Kim ngạch xuất nhập khẩu (gồm cả kim ngạch giám sát) đạt 540 triệu USD.",
     [("trade_value", "level", 540e6)]),
    ("Nhóm nhà ở của chỉ số giá tiêu dùng tăng mạnh, hơn 1,2%.", [("cpi", "change_pct", 1.2)]),
    ("Tốc độ tăng trưởng của nhóm ngành nông, lâm nghiệp đạt 7,2%.", [(None, "change_pct", 7.2)]),
    ("Năng suất lúa mùa đạt từ 59 đến 59,5 tạ 1 ha.", [("crop_yield", "level", 59)]),
    ("Tỉnh cấp 24 giấy chứng nhận cho nhà cấp 4.", [(None, "level", 24)]),
    ("Khai thác thủy sản đạt kết quả tốt, với sản lượng 57.300 tấn.",
     [("fishery_output", "level", 57_300)]),
    ("Sản lượng thủy sản đạt 90 nghìn tấn, đạt 45% kế hoạch. Trong đó, tôm nuôi 38 nghìn tấn, đạt 36%.",
     [("fishery_output", "level", 90_000), ("fishery_output", "plan_pct", 45),
      ("fishery_output", "level", 38_000), ("fishery_output", "plan_pct", 36)]),
    ("Chỉ số PAPI năm 2023 xếp thứ 33/61, với tổng điểm là 42,15.",
     [("papi", "rank", 33), ("papi", "level", 42.15)]),
    ("Ông Lê Văn Sáu nhận 45/50 phiếu tín nhiệm cao (90%).", []),
    ("Tỉnh đón 43.000 lượt khách quốc tế chiếm 38%.",
     [("international_arrivals", "level", 43_000), ("international_arrivals", "share_pct", 38)]),
    ("Có 41/60 xã đạt tiêu chí giao thông. Có 41/60 xã đạt tiêu chí trường học.",
     [(None, "level", 41), (None, "level", 41)]),
    ("Có 64 trang trại (chiếm 7% tổng đàn).", [(None, "level", 64), ("livestock_herd", "share_pct", 7)]),
]  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), SENTENCES)
def test_what_reports_tell(read, body: str, expected: list[tuple[str | None, str, float]]) -> None:
    assert told(read(body)) == expected


def test_what_was_spoken_of_in_another_paragraph_is_gone_back_to(read) -> None:
    claims = read("Xảy ra 45 vụ tai nạn giao thông, làm chết 23 người.\nHuyện Phù Yên giảm 3 vụ.")
    assert told(claims)[-1] == ("traffic_accidents", "change_abs", -3)
    claims = read("Lượng khách du lịch tháng 8 đạt 90.000 lượt.\nSo với năm ngoái, con số này giảm 7%.")
    assert told(claims)[-1] == ("tourist_arrivals", "change_pct", -7)


def test_parts_in_a_bracket_are_compared_as_their_whole(read) -> None:
    claims = read(
        "Tổng mức bán lẻ hàng hóa tháng 4/2024 tăng 12% so với tháng trước"
        " (trong đó dịch vụ lưu trú tăng 5%, dịch vụ khác tăng 21%)."
    )
    assert [claim.comparison_start for claim in claims] == [date(2024, 3, 1)] * 3
    assert [claim.indicator_code for claim in claims] == ["retail_sales"] * 3


def test_a_meetings_month_and_the_tasks_ahead_do_not_govern(read) -> None:
    claims = read(
        "9 tháng đầu năm 2024, GRDP tăng 8%.\nPhiên họp thường kỳ tháng 9 diễn ra ngày 7/10.\n"
        "Thu ngân sách đạt 900 tỷ đồng."
    )
    assert claims[-1].time_period == "2024-01-01/P9M"
    claims = read(
        "Cuộc họp đánh giá kết quả 6 tháng đầu năm và triển khai nhiệm vụ 6 tháng cuối năm 2024.\n"
        "Thu ngân sách đạt 900 tỷ đồng."
    )
    assert claims[-1].time_period == "2024-S1"


def test_items_of_a_list_take_the_time_of_its_head(read) -> None:
    claims = read(
        "Kế hoạch giai đoạn 2026-2030 có các chỉ tiêu: GRDP tăng 7%; xuất khẩu đến năm 2030 đạt 5 tỷ USD;"
        " tổng vốn đầu tư toàn xã hội đạt 89.000 tỷ đồng."
    )
    assert [claim.time_period for claim in claims] == ["2026-01-01/P5Y", "2030", "2026-01-01/P5Y"]


def test_an_aim_that_moved_them_is_not_what_is_told(read) -> None:
    claims = read("Với quyết tâm thực hiện các chỉ tiêu được giao, đến nay xã đạt 15/19 tiêu chí.")
    assert [claim.status for claim in claims] == ["actual"]
    claims = read("Tỉnh giữ vững mục tiêu tăng trưởng khi GRDP năm 2023 đạt 10%.")
    assert [claim.status for claim in claims] == ["actual"]


def test_since_january_governs_what_follows(read) -> None:
    claims = read(
        "Từ đầu năm đến nay, tỉnh tạo việc làm cho 11.000 lao động. Trong đó, nữ là 5.000 lao động."
    )
    assert {claim.time_period for claim in claims} == {"2024-01-01/P284D"}


def test_a_range_told_again_keeps_both_ends(read) -> None:
    claims = read("Tỷ lệ hộ nghèo giảm từ 4,2-5,1% (610-740 hộ).")
    assert (claims[1].indicator_code, claims[1].value, claims[1].value_high) == (
        "poor_households",
        -610,
        -740,
    )


def test_a_figure_of_a_table_that_the_prose_tells_is_the_proses(read) -> None:
    claims = read(
        "Năm 2023, thu ngân sách đạt 2.418 tỷ đồng.\n"
        "Chỉ tiêu | Đơn vị tính | Năm 2022 | Năm 2023\n"
        "Thu ngân sách | Tỷ đồng | 2.270 | 2.418\n"
        "Xuất khẩu | Triệu USD | 90 | 95\n"
        "Nhập khẩu | Triệu USD | 80 | 85"
    )
    assert [claim.value for claim in claims].count(2418e9) == 1
    assert {claim.value for claim in claims} >= {2270e9, 90e6, 95e6}


def test_a_plan_missed_is_no_comparison(read) -> None:
    (claim,) = read("GRDP năm 2023 tăng 5,7%, thấp hơn kế hoạch đề ra.")
    assert claim.comparison_start == date(2022, 1, 1)


def test_the_same_time_of_last_month_is_last_month(read) -> None:
    (claim,) = read("Tháng 8/2024, xuất khẩu tăng 29% so với cùng thời điểm tháng trước.")
    assert claim.comparison_start == date(2024, 7, 1)


def test_what_keeps_to_the_plan_is_a_fact(read) -> None:
    (claim,) = read("Thu ngân sách đảm bảo theo kế hoạch đề ra, trong đó thu tiền sử dụng đất 37 tỷ đồng.")
    assert (claim.indicator_code, claim.status) == ("land_revenue", "actual")


def test_a_tables_figure_is_the_proses_however_each_words_the_part(read) -> None:
    (claim,) = read("Năm 2023, thu ngân sách đạt 2.418 tỷ đồng.")
    row = replace(claim, breakdown="Thu nội địa", value_start=900, value_end=910)
    other = replace(row, value=2270e9)
    assert told_once([claim], [row, other]) == (claim, other)

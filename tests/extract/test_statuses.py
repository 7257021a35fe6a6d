"""What has happened, what is estimated, what is aimed at, and how far each word governs."""

from __future__ import annotations

import pytest

STATUSES = [
    ("Thu ngân sách năm 2023 đạt 5 tỷ đồng.", "actual"),
    ("Thu ngân sách năm 2024 ước đạt 5 tỷ đồng.", "estimate"),
    ("Thu ngân sách năm 2025 ước đạt 5 tỷ đồng.", "target"),
    ("Dự kiến thu ngân sách năm 2024 đạt 5 tỷ đồng.", "estimate"),
    ("Mục tiêu năm 2024 là thu ngân sách đạt 5 tỷ đồng.", "target"),
    ("Tỉnh phấn đấu thu ngân sách đạt 5 tỷ đồng.", "target"),
    ("Nhờ hoàn thành vượt mục tiêu, thu ngân sách đạt 5 tỷ đồng.", "actual"),
    ("Theo Chương trình mục tiêu quốc gia xây dựng nông thôn mới, tỉnh có 45 xã đạt chuẩn.", "actual"),
    ("Năm 2024, tỉnh được giao dự toán thu ngân sách nhà nước 9.000 tỷ đồng.", "target"),
    ("Các chỉ tiêu kinh tế chủ yếu đề ra là thu ngân sách đạt 5 tỷ đồng.", "target"),
    ("Hầu hết chỉ tiêu đề ra đều đạt, trong đó thu ngân sách năm 2023 đạt 5 tỷ đồng.", "actual"),
    ("Nghị quyết đề ra một số chỉ tiêu: thu ngân sách đạt 5 tỷ đồng.", "target"),
    ("Kỳ họp thông qua Nghị quyết về nhiệm vụ năm 2025 với các chỉ tiêu như: thu ngân sách đạt 5 tỷ đồng.",
     "target"),
    ("Vốn chuyển dịch phục vụ mục tiêu đổi mới, trong đó thu ngân sách đạt 5 tỷ đồng.", "actual"),
    ("Dự ước cả năm 2024, thu ngân sách sẽ tăng 8%.", "estimate"),
]  # fmt: skip


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


AIMS_THAT_GO_ON = [
    # the next sentence, and the next lines of the list, bulleted or not
    "Năm 2025, tỉnh đề ra mục tiêu: GRDP tăng 8%. Tỷ lệ che phủ rừng đạt 47%.\nVề xã hội:\n+ Hộ nghèo còn 3%",
    "Phấn đấu năm 2025:\nTăng trưởng GRDP đạt 8%;\nThu ngân sách đạt 9.000 tỷ đồng;\nXuất khẩu 90 triệu USD.",
    "Một số chỉ tiêu tỉnh phấn đấu thực hiện trong năm 2025. Cụ thể: GRDP tăng 8%; độ che phủ rừng 47%.",
    "II. Mục tiêu chủ yếu năm 2025\nGRDP tăng 8%.\nThu ngân sách đạt 9.000 tỷ đồng.",
]


@pytest.mark.parametrize("body", AIMS_THAT_GO_ON)
def test_an_aim_governs_what_goes_on_with_it(read, body: str) -> None:
    claims = read(body)
    assert len(claims) >= 2
    assert {(claim.status, claim.time_period) for claim in claims} == {("target", "2025")}


def test_an_estimate_that_opens_a_sentence_is_for_all_of_it(read) -> None:
    claims = read("Ước đến cuối tháng 8, vốn huy động đạt 6.000 tỷ đồng; dư nợ tín dụng đạt 5.000 tỷ đồng.")
    assert [claim.status for claim in claims] == ["estimate", "estimate"]


def test_facts_end_what_an_aim_governs(read) -> None:
    aim, fact, past = read(
        "Năm 2025, tỉnh phấn đấu GRDP tăng 8%. Đến nay, tỉnh có 45 xã đạt chuẩn nông thôn mới.\n"
        "Năm 2023, thu ngân sách đạt 8.000 tỷ đồng."
    )
    assert [claim.status for claim in (aim, fact, past)] == ["target", "actual", "actual"]
    assert past.time_period == "2023"


def test_yearly_growth_that_is_aimed_at_goes_on_in_the_next_paragraph(read) -> None:
    claims = read("Tỉnh phấn đấu GRDP tăng bình quân 9%/năm.\nKim ngạch xuất khẩu tăng 8%/năm.")
    assert [claim.status for claim in claims] == ["target", "target"]


def test_yearly_growth_that_is_aimed_at_is_for_the_years_of_the_plan(read) -> None:
    (claim,) = read(
        "Kế hoạch phát triển kinh tế - xã hội giai đoạn 2026 - 2030 được thông qua.\n"
        "Về kinh tế, tỉnh phấn đấu GRDP tăng bình quân 10%/năm trở lên."
    )
    assert (claim.status, claim.time_period) == ("target", "2026-01-01/P5Y")


def test_trong_do_goes_on_with_the_plan_before_it(read) -> None:
    claims = read(
        "Năm 2024, tỉnh được giao dự toán thu ngân sách nhà nước 9.000 tỷ đồng, cao hơn dự toán năm 2023 là"
        " 500 tỷ đồng.\nTrong đó, thu nội địa 7.000 tỷ đồng, thu xuất nhập khẩu 2.000 tỷ đồng."
    )
    assert {(claim.status, claim.time_period) for claim in claims} == {("target", "2024")}


def test_what_a_plan_will_have_is_for_its_last_year(read) -> None:
    (claim,) = read("Theo quy hoạch khu công nghiệp đến năm 2030, toàn tỉnh sẽ có 12 khu công nghiệp.")
    assert (claim.status, claim.time_period) == ("target", "2030")


def test_an_estimate_does_not_govern_the_items_after_its_own(read) -> None:
    claims = read(
        "Giá trị sản xuất công nghiệp ước đạt 900 tỷ đồng, tăng 8%; chỉ số IIP tăng 11,4% (KH tăng 12%)."
    )
    assert [claim.status for claim in claims] == ["estimate", "estimate", "actual", "target"]


def test_the_plan_of_an_attainment_is_the_years(read) -> None:
    claims = read(
        "Thu ngân sách 6 tháng năm 2024 đạt 5.200 tỷ đồng, đạt 52% nghị quyết đề ra (10.000 tỷ đồng)."
    )
    assert [(claim.status, claim.time_period) for claim in claims] == [
        ("actual", "2024-S1"),
        ("actual", "2024-S1"),
        ("target", "2024"),
    ]


def test_the_parts_of_an_estimate_are_estimates(read) -> None:
    claims = read(
        "Tổng sản phẩm ước tăng 8,2% (kế hoạch tăng 9%); trong đó, nông nghiệp tăng 3,1%; dịch vụ tăng 7%."
    )
    assert [claim.status for claim in claims] == ["estimate", "target", "estimate", "estimate"]


def test_what_was_the_year_before_is_no_estimate(read) -> None:
    claims = read("GRDP ước tăng 8,2% (cùng kỳ tăng 7,1%), xuất khẩu ước tăng 4% (năm 2022 tăng 9%).")
    assert [claim.status for claim in claims] == ["estimate", "actual", "estimate", "actual"]


def test_preliminary_figures_are_so_for_their_paragraph(read) -> None:
    claims = read(
        "Theo số liệu sơ bộ, toàn tỉnh gieo trồng được 5.120 ha. Diện tích lúa là 3.010 ha.\n"
        "Đàn trâu có 9.100 con."
    )
    assert [claim.status for claim in claims] == ["estimate", "estimate", "actual"]


def test_what_was_paid_out_of_a_plan_is_no_plan(read) -> None:
    claims = read("Nguồn ngân sách tỉnh: kế hoạch vốn 410 tỷ đồng, số vốn giải ngân 205 tỷ đồng.")
    assert [claim.status for claim in claims] == ["target", "actual"]


def test_what_a_congress_agrees_on_is_an_aim(read) -> None:
    claims = read("Đại hội thống nhất mức tăng trưởng kinh tế bình quân 8,5%/năm.")
    assert [claim.status for claim in claims] == ["target"]


def test_what_a_planning_document_has_for_a_year_to_come_is_an_aim(read) -> None:
    claims = read("Theo quy hoạch phát triển công nghiệp đến năm 2030, tỉnh có 12 khu công nghiệp và 20 CCN.")
    assert [(claim.status, claim.time_period) for claim in claims] == [("target", "2030")] * 2

"""Lists told with "lần lượt": each number is of its own thing."""

from __future__ import annotations

import pytest

from include.extract.quantities import find_quantities
from include.extract.respectively import pair_up
from include.extract.text import Span, fold


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("Kim ngạch xuất khẩu, nhập khẩu và thu hải quan lần lượt đạt 2 tỷ USD, 80 triệu USD và 450 tỷ đồng.",
         [("export_value", "level", 2e9), ("import_value", "level", 80e6),
          ("customs_revenue", "level", 450e9)]),
        ("Lượng khách du lịch và doanh thu du lịch tăng lần lượt 12% và 9%.",
         [("tourist_arrivals", "change_pct", 12), ("tourism_revenue", "change_pct", 9)]),
        ("Xuất khẩu, nhập khẩu giảm tương ứng 4,5% và 6%.",
         [("export_value", "change_pct", -4.5), ("import_value", "change_pct", -6)]),
    ],
)  # fmt: skip
def test_each_number_is_of_its_own_indicator(read, body: str, told: list[tuple[str, str, float]]) -> None:
    assert [(claim.indicator_code, claim.measure, claim.value) for claim in read(body)] == told


def test_things_without_a_name_are_parts_of_the_first(read) -> None:
    claims = read(
        "Doanh thu du lịch lữ hành, lưu trú và ăn uống lần lượt đạt 120 tỷ đồng, 45 tỷ đồng và 30 tỷ đồng."
    )
    assert [claim.value for claim in claims] == [120e9, 45e9, 30e9]
    assert [(claim.indicator_code, claim.breakdown) for claim in claims][1:] == [
        ("tourism_revenue", "lưu trú"),
        ("tourism_revenue", "ăn uống"),
    ]


def test_parts_of_a_year_may_be_what_is_listed(read) -> None:
    claims = read("Vốn đầu tư thực hiện quý I, quý II lần lượt đạt 840 tỷ đồng và 1.150 tỷ đồng.")
    assert [(claim.indicator_code, claim.time_period, claim.value) for claim in claims] == [
        ("implemented_capital", "2024-Q1", 840e9),
        ("implemented_capital", "2024-Q2", 1150e9),
    ]


def test_years_may_be_what_is_listed(read) -> None:
    claims = read(
        "Thu ngân sách các năm 2021, 2022 và 2023 lần lượt là 5.000 tỷ đồng, 6.000 tỷ đồng và 7.500 tỷ đồng."
    )
    assert [(claim.indicator_code, claim.time_period) for claim in claims] == [
        ("state_budget_revenue", year) for year in ("2021", "2022", "2023")
    ]


@pytest.mark.parametrize(
    "body",
    [
        "Đoàn lần lượt đến thăm 3 hộ dân và 2 doanh nghiệp.",
        "Xuất khẩu và nhập khẩu lần lượt đạt 3 tỷ USD.",
        "Xuất khẩu lần lượt đạt 3 tỷ USD và 2 tỷ USD.",
    ],
)
def test_lists_that_do_not_agree_are_left_alone(lexicon, body: str) -> None:
    text, sentence = fold(body), Span(0, len(body))
    quantities = find_quantities(text, body, sentence, lexicon.units)
    assert quantities
    assert pair_up(text, sentence, quantities) == {}


def test_provinces_may_be_told_in_turn(read) -> None:
    claims = read(
        "Hà Nội và Hải Phòng giải ngân vốn đầu tư công cao nhất, lần lượt đạt 2.698 tỷ đồng"
        " và 1.638 tỷ đồng.",
        province=None,
    )
    assert [(claim.value, claim.province_name) for claim in claims] == [
        (2698e9, "Hà Nội"),
        (1638e9, "Hải Phòng"),
    ]


def test_two_lists_in_a_sentence_keep_apart(read) -> None:
    claims = read(
        "Xuất khẩu và nhập khẩu lần lượt tăng 5% và 7%; lượng khách du lịch và doanh thu du lịch"
        " lần lượt giảm 3% và 2%."
    )
    assert [(claim.indicator_code, claim.value) for claim in claims] == [
        ("export_value", 5),
        ("import_value", 7),
        ("tourist_arrivals", -3),
        ("tourism_revenue", -2),
    ]


def test_amounts_told_in_turn_fall_alike(read) -> None:
    claims = read("Số vụ tai nạn giao thông và số người chết giảm lần lượt 5 vụ và 3 người.")
    assert [(claim.measure, claim.value) for claim in claims] == [("change_abs", -5), ("change_abs", -3)]


def test_a_list_with_a_number_that_is_no_claim_breaks_nothing(read) -> None:
    claims = read("Xuất khẩu và đoàn khách lần lượt đạt 3 lần và 2 tỷ USD, nhập khẩu đạt 5 tỷ USD.")
    assert 5e9 in [claim.value for claim in claims]

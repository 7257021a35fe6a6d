"""Bare numbers of a list of places have the unit of the number that their list follows."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("Lũ làm ngập 2.430 ha lúa (Bảo Thắng 820, Văn Bàn 415, Bát Xát 96).",
         [("HECTARE", 2430), ("HECTARE", 820), ("HECTARE", 415), ("HECTARE", 96)]),
        ("Toàn tỉnh xảy ra 21 vụ sạt lở, gồm: Sa Pa 12, Bắc Hà 6 và Si Ma Cai 3.",
         [("CASE", 21), ("CASE", 12), ("CASE", 6), ("CASE", 3)]),
        ("Sản lượng đạt 1,2 nghìn tấn (Bảo Thắng 0,6, Văn Bàn 0,4, Bát Xát 0,2).",
         [("TONNE", 1200), ("TONNE", 600), ("TONNE", 400), ("TONNE", 200)]),
    ],
)  # fmt: skip
def test_the_unit_is_shared(read, body: str, told: list[tuple[str, float]]) -> None:
    assert [(claim.unit_code, claim.value) for claim in read(body)] == told


def test_they_are_of_the_same_thing_in_their_own_places(read) -> None:
    claims = read("Thu ngân sách đạt 420 tỷ đồng (Lào Cai 210, Lai Châu 120, Điện Biên 90).")
    assert {claim.indicator_code for claim in claims} == {"state_budget_revenue"}
    assert [claim.province_name for claim in claims] == [None, "Lào Cai", "Lai Châu", "Điện Biên"]
    assert [claim.value for claim in claims[1:]] == [210e9, 120e9, 90e9]


def test_they_are_of_what_the_list_is_of_whatever_stands_between(read) -> None:
    claims = read("Lũ làm 2.430 ha lúa bị thiệt hại (Bảo Thắng 820, Văn Bàn 415, Bát Xát 96).")
    assert len(claims) == 4
    assert len({(claim.indicator_code, claim.indicator_name) for claim in claims}) == 1


@pytest.mark.parametrize(
    "body",
    [
        "Tỉnh có 2 khu công nghiệp (Tân Lập 1, Tân Lập 2, Tân Lập 3).",  # numbered names
        "Tỉnh có 2 trường chuyên (Quang Trung 1, Nguyễn Du 2).",  # too few to be a list
        "Tỉnh có 12 dự án (Sa Pa 3 dự án khởi công, Bắc Hà).",
    ],
)
def test_other_numbers_in_brackets_are_no_such_list(read, body: str) -> None:
    assert all(claim.value_text[-1].isalpha() for claim in read(body))

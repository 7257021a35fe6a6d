"""What changes are compared with, where the words stand elsewhere than beside the number."""

from __future__ import annotations

import pytest


def _compared(claims) -> list[str]:
    return [str(claim.comparison_start) for claim in claims if claim.measure == "change_pct"]


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("Tháng 5/2024, giá sắt tăng 1,5%, giá thép tăng 2,2%, giá cát giảm 0,4% so với tháng trước.",
         ["2024-04-01"] * 3),
        ("Từ 10/4 đến 9/5/2024, tai nạn giảm 4,9% số vụ, giảm 5,5% số người chết so với cùng kỳ năm trước.",
         ["2023-04-10"] * 2),
        ("Tháng 5/2024, xuất khẩu tăng 3,5%, trong đó gạo tăng 9,1%, chè giảm 2% so với tháng trước.",
         ["2023-05-01", "2024-04-01", "2024-04-01"]),
        ("Tháng 5/2024, xuất khẩu tăng 3% so với cùng kỳ, nhập khẩu tăng 4,1% so với tháng trước.",
         ["2023-05-01", "2024-04-01"]),
    ],
)  # fmt: skip
def test_a_list_of_changes_shares_the_comparison_at_its_end(read, body: str, told: list[str]) -> None:
    assert _compared(read(body)) == told


def test_items_of_what_exists_share_the_comparison_of_the_first(read) -> None:
    claims = read(
        "Tại thời điểm 1/4/2024, toàn tỉnh có 9.120 con trâu, giảm 2,1% so với cùng thời điểm năm trước; "
        "31.400 con bò, tăng 1,6%; 205.000 con lợn, giảm 4%."
    )
    assert _compared(claims) == ["2023-01-01"] * 3

"""Who stands above whom, from the posts by which people are named."""

from __future__ import annotations

import pytest

from include.extract.meetings.ranks import (
    DEPARTMENT,
    MINISTRY,
    NATION_TOP,
    PROVINCE,
    rank_of_office,
    rank_of_person,
)


@pytest.mark.parametrize(
    ("title", "rank"),
    [
        ("Phó Thủ tướng", NATION_TOP),
        ("Phó Thủ tướng Chính phủ", NATION_TOP),
        ("Phó Chủ tịch Quốc hội", NATION_TOP),
        ("Thứ trưởng", MINISTRY),
        ("Bộ trưởng Bộ Y tế", MINISTRY),
        ("Phó Chủ tịch UBND tỉnh", PROVINCE),
        ("Giám đốc Sở Y tế", DEPARTMENT),
        ("nghệ nhân", None),
        (None, None),
    ],
)
def test_a_person_stands_where_the_office_does(title: str | None, rank: int | None) -> None:
    assert rank_of_person(title) == rank


def test_offices_are_in_their_order() -> None:
    offices = ["Chính phủ", "Bộ Y tế", "UBND tỉnh", "Sở Y tế", "UBND xã"]
    ranks = [rank_of_office(office) or 0 for office in offices]
    assert ranks == sorted(set(ranks), reverse=True)


def test_a_department_and_a_district_are_beside_each_other() -> None:
    assert rank_of_office("Sở Y tế") == rank_of_office("UBND huyện")

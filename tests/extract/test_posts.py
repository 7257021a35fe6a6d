"""Printed chains of posts are taken apart into posts and the offices they are held in."""

from __future__ import annotations

import pytest

from include.extract.meetings.offices import with_posts
from include.extract.model import Participant
from include.extract.posts import posts_held


@pytest.mark.parametrize(
    ("title", "posts"),
    [
        ("Bí thư Tỉnh ủy", [("Bí thư", "Tỉnh ủy")]),
        ("Phó chủ tịch Thường trực UBND tỉnh", [("Phó Chủ tịch Thường trực", "Ủy ban nhân dân tỉnh")]),
        (
            "Uỷ viên BTV Tỉnh uỷ, Trưởng ban Dân vận Tỉnh uỷ, Phó Trưởng Ban Chỉ đạo",
            [
                ("Ủy viên Ban Thường vụ", "Tỉnh ủy"),
                ("Trưởng Ban", "Ban Dân vận Tỉnh ủy"),
                ("Phó Trưởng Ban", "Ban Chỉ đạo"),
            ],
        ),
        (
            "UVBTV, Trưởng Ban Nội chính Tỉnh ủy",
            [("Ủy viên Ban Thường vụ", "Tỉnh ủy"), ("Trưởng Ban", "Ban Nội chính Tỉnh ủy")],
        ),
        (
            "Ủy viên dự khuyết Ban Chấp hành TƯ Đảng, Bí thư Huyện ủy Mường Ảng",
            [
                ("Ủy viên dự khuyết", "Ban Chấp hành Trung ương Đảng"),
                ("Bí thư", "Huyện ủy Mường Ảng"),
            ],
        ),
        ("Ủy viên T.Ư Đảng", [("Ủy viên", "Ban Chấp hành Trung ương Đảng")]),
        ("Tỉnh ủy viên, Giám đốc Sở NN&PTNT", [
            ("Tỉnh ủy viên", "Tỉnh ủy"), ("Giám đốc", "Sở Nông nghiệp và Phát triển nông thôn"),
        ]),
        ("Giám đốc Sở VH,TT&DL kiêm Trưởng Ban Tổ chức", [
            ("Giám đốc", "Sở Văn hóa, Thể thao và Du lịch"), ("Trưởng Ban", "Ban Tổ chức"),
        ]),
        ("Trưởng Đoàn ĐBQH tỉnh", [("Trưởng Đoàn", "Đoàn Đại biểu Quốc hội tỉnh")]),
        ("Trưởng đoàn đại biểu Quốc hội tỉnh", [("Trưởng Đoàn", "Đoàn Đại biểu Quốc hội tỉnh")]),
        ("Chánh Văn phòng UBND tỉnh", [("Chánh Văn phòng", "Văn phòng Ủy ban nhân dân tỉnh")]),
        ("Cục trưởng Cục Thuế tỉnh", [("Cục trưởng", "Cục Thuế tỉnh")]),
        ("Viện trưởng VKSND tỉnh", [("Viện trưởng", "Viện kiểm sát nhân dân tỉnh")]),
        ("Bộ trưởng Công Thương", [("Bộ trưởng", "Bộ Công Thương")]),
        ("Thứ trưởng Bộ Xây dựng", [("Thứ trưởng", "Bộ Xây dựng")]),
        ("Phó Thủ tướng", [("Phó Thủ tướng", "Chính phủ")]),
        ("TUV, Bí thư Huyện uỷ", [("Tỉnh ủy viên", "Tỉnh ủy"), ("Bí thư", "Huyện ủy")]),
        ("Chính trị viên phó Ban Chỉ huy huyện", [("Chính trị viên phó", "Ban Chỉ huy huyện")]),
        ("Phó chủ tịch huyện", [("Phó Chủ tịch", "huyện")]),
        ("Phó Giám đốc phụ trách kỹ thuật", [("Phó Giám đốc phụ trách", None)]),
        ("Thiếu tướng, Giám đốc Công an tỉnh", [("Giám đốc", "Công an tỉnh")]),
        ("PGS.TS, Viện trưởng Viện Chè", [("Viện trưởng", "Viện Chè")]),
        ("các Phó Chủ tịch HĐND tỉnh", [("Phó Chủ tịch", "Hội đồng nhân dân tỉnh")]),
        ("Chủ tịch LĐLĐ TP.Vĩnh Sơn", [("Chủ tịch", "Liên đoàn Lao động thành phố Vĩnh Sơn")]),
        ("Tiến sĩ", []),
        ("công nhân xưởng chè", []),
        ("cử tri", []),
    ],
)  # fmt: skip
def test_each_post_with_its_office(title: str, posts: list[tuple[str, str | None]]) -> None:
    assert [(one.post, one.organization) for one in posts_held(title)] == posts


def test_what_was_held_once_is_told_from_what_is_held() -> None:
    assert [
        one.is_former for one in posts_held("nguyên Bí thư Huyện ủy, Chủ tịch Hội Người cao tuổi huyện")
    ] == [
        True,
        False,
    ]


def placed(title: str, province: str | None = "Lào Cai") -> Participant:
    return with_posts(Participant("Vi Văn Thắm", title, None, "speaker", 0, 10), province)


@pytest.mark.parametrize(
    ("title", "home"),
    [
        ("Phó Chủ tịch UBND tỉnh", "Lào Cai"),
        ("Bộ trưởng Bộ Y tế", "Việt Nam"),
        # A seat in the party's centre does not make a province's secretary the nation's.
        ("Ủy viên Trung ương Đảng, Bí thư Tỉnh ủy", "Lào Cai"),
        ("Ủy viên Trung ương Đảng", "Việt Nam"),
        ("Chủ tịch UBND tỉnh Sơn La", "Sơn La"),
        ("Đại sứ Nhật Bản", None),
        ("Chủ tịch Quốc hội Lào", None),
        ("chuyên gia", None),
    ],
)
def test_a_person_belongs_where_the_office_is(title: str, home: str | None) -> None:
    assert placed(title).home == home


def test_a_province_named_with_one_office_is_that_of_the_whole_chain() -> None:
    person = placed("Phó Bí thư Tỉnh ủy, Chủ tịch UBND tỉnh Sơn La")
    assert [one.organization.name for one in person.posts if one.organization] == [
        "Tỉnh ủy Sơn La",
        "Ủy ban nhân dân tỉnh Sơn La",
    ]

"""People are found by cue and capital run; places, offices and bylines are not people."""

from __future__ import annotations

import pytest

from include.extract.people import PersonMention, find_people
from include.extract.text import Span, fold


def people_of(text: str) -> list[PersonMention]:
    return find_people(text, fold(text), Span(0, len(text)))


@pytest.mark.parametrize(
    ("text", "name", "title", "organization"),
    [
        (
            "Ông Đinh Khắc Sơn, Ủy viên Ban Thường vụ, Phó Chủ tịch Thường trực UBND tỉnh, Trưởng Ban An.",
            "Đinh Khắc Sơn",
            "Ủy viên Ban Thường vụ, Phó Chủ tịch Thường trực UBND tỉnh, Trưởng Ban An",
            "UBND tỉnh",
        ),
        ("Phó Thủ tướng Tạ Minh Quân nhấn mạnh.", "Tạ Minh Quân", "Phó Thủ tướng", None),
        (
            "Bí thư Tỉnh ủy Sùng Seo Lử kết luận.",
            "Sùng Seo Lử",
            "Bí thư Tỉnh ủy",
            "Tỉnh ủy",
        ),
        ("Ông Mai Đức Trọng – Giám đốc Sở Y tế nói.", "Mai Đức Trọng", "Giám đốc Sở Y tế", "Sở Y tế"),
        (
            "Giám đốc Sở Văn hóa, Thể thao và Du lịch Cù Thị Hoài cho biết.",
            "Cù Thị Hoài",
            "Giám đốc Sở Văn hóa, Thể thao và Du lịch",
            "Sở Văn hóa, Thể thao và Du lịch",
        ),
        (
            "Chủ tịch UBND tỉnh Hà Giang Lưu Văn Thiện dự.",
            "Lưu Văn Thiện",
            "Chủ tịch UBND tỉnh Hà Giang",
            "UBND tỉnh Hà Giang",
        ),
        (
            "Bí thư Huyện ủy Văn Bàn Hà Thị Mơ dự.",
            "Hà Thị Mơ",
            "Bí thư Huyện ủy Văn Bàn",
            "Huyện ủy Văn Bàn",
        ),
        (
            "Bà Lê Thị Gấm (thứ hai từ trái sang) dự.",
            "Lê Thị Gấm",
            None,
            None,
        ),
        (
            "Dự có ông Trịnh Bá Đạt, Trưởng Ban Tổ chức Tỉnh ủy.",
            "Trịnh Bá Đạt",
            "Trưởng Ban Tổ chức Tỉnh ủy",
            "Ban Tổ chức Tỉnh ủy",
        ),
        (
            "Đồng chí LÒ THỊ MẪN, Chủ tịch UBND xã phát biểu.",
            "Lò Thị Mẫn",
            "Chủ tịch UBND xã",
            "UBND xã",
        ),
        ("PGS.TS Ngô Gia Khiêm, Viện trưởng Viện Chè dự.", "Ngô Gia Khiêm", None, "Viện Chè"),
        (
            "Ông Vi Văn Thắm, Giám đốc Sở Thông tin và Truyền thông chủ trì.",
            "Vi Văn Thắm",
            "Giám đốc Sở Thông tin và Truyền thông",
            "Sở Thông tin và Truyền thông",
        ),
        (
            "Ủy viên dự khuyết Ban Chấp hành Trung ương, Bí thư Tỉnh ủy Vi Văn Thắm dự.",
            "Vi Văn Thắm",
            "Ủy viên dự khuyết Ban Chấp hành Trung ương, Bí thư Tỉnh ủy",
            "Tỉnh ủy",
        ),
        (
            "Ông Vi Văn Thắm, Phó trưởng Ban Chỉ đạo phòng, chống cháy rừng chủ trì.",
            "Vi Văn Thắm",
            "Phó trưởng Ban Chỉ đạo phòng, chống cháy rừng",
            "Ban Chỉ đạo phòng, chống cháy rừng",
        ),
        (
            "Bí thư Huyện ủy, Chủ tịch HĐND huyện - Vi Văn Thắm phát biểu.",
            "Vi Văn Thắm",
            "Bí thư Huyện ủy, Chủ tịch HĐND huyện",
            "Huyện ủy",
        ),
        (
            "Ông Vi Văn Thắm, Phó Chủ tịch Quốc hội, đại diện Đại sứ quán một số nước dự.",
            "Vi Văn Thắm",
            "Phó Chủ tịch Quốc hội",
            "Quốc hội",
        ),
        ("Ông Karl Weber – đại diện Công ty Nova dự.", "Karl Weber", "đại diện Công ty Nova", "Công ty Nova"),
        ("Chị Vi Thị Thắm – công nhân xưởng chè nói.", "Vi Thị Thắm", "công nhân xưởng chè", None),
        ("Ông Vi Văn Thắm – TUV, Bí thư Huyện ủy Lác dự.", "Vi Văn Thắm", "TUV, Bí thư Huyện ủy Lác",
         "Huyện ủy Lác"),
        ("Ông Vi Văn Thắm, Trưởng Ban Chỉ đạo Cải cách hành chính (CCHC) của tỉnh chủ trì.", "Vi Văn Thắm",
         "Trưởng Ban Chỉ đạo Cải cách hành chính (CCHC) của tỉnh",
         "Ban Chỉ đạo Cải cách hành chính (CCHC) của tỉnh"),
        ("Cục trưởng Cục Chè (Bộ Công Thương) Vi Văn Thắm nói.", "Vi Văn Thắm",
         "Cục trưởng Cục Chè (Bộ Công Thương)", "Cục Chè (Bộ Công Thương)"),
        ("Phó Chủ tịch Hiệp hội Chè TS. Vi Văn Thắm nói.", "Vi Văn Thắm", "Phó Chủ tịch Hiệp hội Chè TS.",
         "Hiệp hội Chè TS."),
        ("TS. Vi Văn Thắm - Viện Chè trình bày.", "Vi Văn Thắm", "TS., Viện Chè", "Viện Chè"),
        ("Ông Vi Văn Thắm, Phó Trưởng phòng Dân nguyện, Văn phòng HĐND tỉnh nói.", "Vi Văn Thắm",
         "Phó Trưởng phòng Dân nguyện, Văn phòng HĐND tỉnh", "Phòng Dân nguyện, Văn phòng HĐND tỉnh"),
        ("Phó Thủ tướng, Bộ trưởng Bộ Ngoại giao Vi Văn Thắm dự.", "Vi Văn Thắm",
         "Phó Thủ tướng, Bộ trưởng Bộ Ngoại giao", "Bộ Ngoại giao"),
        ("Phó Bí thư Thường trực Tỉnh ủy Vi Văn Thắm dự.", "Vi Văn Thắm", "Phó Bí thư Thường trực Tỉnh ủy",
         "Tỉnh ủy"),
        ("Ông Vi Văn Thắm, Giám đốc Sở Y tế và 40 đại biểu dự.", "Vi Văn Thắm", "Giám đốc Sở Y tế",
         "Sở Y tế"),
    ],
)  # fmt: skip
def test_posts_before_and_after_a_name(
    text: str, name: str, title: str | None, organization: str | None
) -> None:
    (found,) = people_of(text)
    assert fold(text[found.start : found.end]) == fold(name)
    assert (found.name, found.organization) == (name, organization)
    if title is not None:
        assert found.title == title


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("đồng chí Giàng Páo Lềnh dự", "Giàng Páo Lềnh"),
        ("đồng chí Vàng A Chớ dự", "Vàng A Chớ"),
        ("ông Y Nguyên Ayun Kbuôr dự", "Y Nguyên Ayun Kbuôr"),
        ("ông K'Brôi dự", "K'Brôi"),
        ("ông K’Brôi dự", "K’Brôi"),
        ("đồng chí Điểu K'Lung dự", "Điểu K'Lung"),
        ("bà H'Yer Mlô dự", "H'Yer Mlô"),
        ("các đồng chí: Ayun H’Bim - Bí thư Huyện ủy dự", "Ayun H’Bim"),
        ("các đồng chí: On Kao Un A Lom - Phó Tỉnh trưởng dự", "On Kao Un A Lom"),
        ("ngài Tanaka Kenji dự", "Tanaka Kenji"),
        ("bà Maria Fernandes-Silva dự", "Maria Fernandes-Silva"),
        ("Đại sứ Nhật Bản Tanaka Kenji dự", "Tanaka Kenji"),
        ("Chủ tịch Quốc hội Cộng hòa Cu Ba Jorge Alvarez dự", "Jorge Alvarez"),
        ("ông Karl D.Weber dự", "Karl D.Weber"),
        ("ông Karl D. Weber dự", "Karl D. Weber"),
        ("anh Vi Văn Thắm dự", "Vi Văn Thắm"),
        ("Giám đốc Sở Y tế Phương Minh Hải nói", "Phương Minh Hải"),
        ("Giám đốc Sở Y tế Xin Thị Mận nói", "Xin Thị Mận"),
        ("Đại sứ Lào tại Việt Nam Khamphao Ernthavanh dự", "Khamphao Ernthavanh"),
        ("Đại sứ Việt Nam tại Lào Ngô Văn Bé dự", "Ngô Văn Bé"),
        ("đồng chí NGÔ VĂN BÉ dự", "Ngô Văn Bé"),
        ("đồng\u00a0chí Trần\u00a0Văn Kha dự", "Trần Văn Kha"),
    ],
)
def test_names_of_every_kind(text: str, name: str) -> None:
    assert [one.name for one in people_of(text)] == [name]


@pytest.mark.parametrize(
    "text",
    [
        "Trần Minh – Hoài Anh",
        "Ảnh: Hoàng Lan",
        "Khu Công nghiệp Trà Đa và Bộ Công Thương báo cáo.",
        "Xe chạy trên đường Trần Hưng Đạo, qua trường THPT Lê Lợi.",
        "Chủ tịch UBND huyện Lâm Hà cho biết.",
        "Chủ tịch UBND tỉnh Hà Giang cho biết.",
        "Học tập theo tấm gương Chủ tịch Hồ Chí Minh.",
        "Ông Thắng nói thêm.",
        "Doanh nghiệp của Vương quốc Anh Nova Foods đến tỉnh.",
        "ĐỒNG CHÍ TRẦN VĂN KHA THĂM XÃ",
        "Giám đốc BV Bạch Hạc cho biết.",
        "Giám đốc Công ty Phương Nam cho biết.",
        "Các đồng chí đã đến các xã Ninh Gia, Tà Hin và Tà Năng.",
    ],
)
def test_places_offices_bylines_and_given_names_alone_are_nobody(text: str) -> None:
    assert people_of(text) == []


def test_a_list_opened_by_an_honorific_goes_on() -> None:
    text = (
        "Dự có các đồng chí: Trần Văn Kha, Bí thư Tỉnh ủy; Vì Thị Ón, Phó Chủ tịch UBND tỉnh; "
        "các Phó Chủ tịch HĐND tỉnh: Vàng A Páo, Ngô Văn Bé."
    )
    assert [(one.name, one.title) for one in people_of(text)] == [
        ("Trần Văn Kha", "Bí thư Tỉnh ủy"),
        ("Vì Thị Ón", "Phó Chủ tịch UBND tỉnh"),
        ("Vàng A Páo", "Phó Chủ tịch HĐND tỉnh"),
        ("Ngô Văn Bé", "Phó Chủ tịch HĐND tỉnh"),
    ]


def test_two_deputies_share_the_post_named_before_them() -> None:
    text = "Dự có 2 Phó Chủ tịch UBND tỉnh Ngô Văn Bé và Cù Thị Hoài."
    assert [(one.name, one.title) for one in people_of(text)] == [
        ("Ngô Văn Bé", "Phó Chủ tịch UBND tỉnh"),
        ("Cù Thị Hoài", "Phó Chủ tịch UBND tỉnh"),
    ]


def test_a_post_that_a_list_opens_with_is_that_of_all_in_it_beside_their_own() -> None:
    text = (
        "Dự có các đồng chí Ủy viên Ban Thường vụ Tỉnh ủy: Ngô Văn Bé, Giám đốc Công an tỉnh; "
        "Cù Thị Hoài, Trưởng Ban Dân vận."
    )
    assert [one.title for one in people_of(text)] == [
        "Ủy viên Ban Thường vụ Tỉnh ủy, Giám đốc Công an tỉnh",
        "Ủy viên Ban Thường vụ Tỉnh ủy, Trưởng Ban Dân vận",
    ]


def test_one_deputy_shares_nothing_with_the_next_name() -> None:
    text = "Dự có ông Ngô Văn Bé, Phó Chủ tịch UBND tỉnh và bà Cù Thị Hoài."
    assert [one.title for one in people_of(text)] == ["Phó Chủ tịch UBND tỉnh", None]


def test_the_posts_of_one_person_end_where_the_next_begins() -> None:
    text = "Có ông Ngô Văn Bé, Phó Chủ tịch UBND tỉnh, Giám đốc Sở Y tế Cù Thị Hoài dự."
    assert [(one.name, one.title) for one in people_of(text)] == [
        ("Ngô Văn Bé", "Phó Chủ tịch UBND tỉnh"),
        ("Cù Thị Hoài", "Giám đốc Sở Y tế"),
    ]


def test_a_chain_of_posts_has_an_end() -> None:
    (person,) = people_of("Ông Lê An Bình, " + ", ".join(["Giám đốc Sở Y tế"] * 200))
    assert person.title is not None
    assert 100 < len(person.title) <= 1_000

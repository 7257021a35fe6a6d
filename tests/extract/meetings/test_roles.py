"""Who was there and as what."""

from __future__ import annotations

from datetime import date

import pytest

from include.extract.meetings import read_meetings
from include.extract.model import ArticleText

OPENING = "Sáng 9/8, UBND tỉnh tổ chức hội nghị về chè.\n"


def roles_of(body: str) -> dict[str, str]:
    (meeting,) = read_meetings(ArticleText("a1", None, body, None, None), date(2024, 8, 10))
    for one in meeting.participants:
        assert body[one.quote_start : one.quote_end].strip()
        assert one.person_name in body[one.quote_start : one.quote_end]
    return {one.person_name: one.role for one in meeting.participants}


@pytest.mark.parametrize(
    ("sentence", "roles"),
    [
        ("Đồng chí Ngô Văn Bé, Phó Chủ tịch UBND tỉnh chủ trì hội nghị.", {"Ngô Văn Bé": "lead"}),
        ("Hội nghị diễn ra dưới sự chủ trì của Bí thư Tỉnh ủy Ngô Văn Bé.", {"Ngô Văn Bé": "lead"}),
        ("Chủ trì hội nghị có ông Ngô Văn Bé, Chủ tịch UBND tỉnh.", {"Ngô Văn Bé": "lead"}),
        ("Chủ trì hội nghị do bà Cù Thị Hoài, Phó Chủ tịch UBND huyện.", {"Cù Thị Hoài": "lead"}),
        (
            "Chủ trì có các đồng chí: Ngô Văn Bé-Phó Bí thư Tỉnh ủy; Cù Thị Hoài-Phó Chủ tịch UBND tỉnh.",
            {"Ngô Văn Bé": "lead", "Cù Thị Hoài": "lead"},
        ),
        (
            "Các đồng chí: Ngô Văn Bé, Bí thư Tỉnh ủy; Cù Thị Hoài, Chủ tịch UBND tỉnh chủ trì hội nghị.",
            {"Ngô Văn Bé": "lead", "Cù Thị Hoài": "lead"},
        ),
        ("Phát biểu kết luận hội nghị, đồng chí Ngô Văn Bé, Bí thư Tỉnh ủy cảm ơn.", {"Ngô Văn Bé": "lead"}),
        ("Đồng chí Ngô Văn Bé, Bí thư Tỉnh ủy phát biểu kết luận hội nghị.", {"Ngô Văn Bé": "lead"}),
        (
            "Phát biểu khai mạc hội nghị, ông Ngô Văn Bé, Giám đốc Sở Y tế nêu mục đích.",
            {"Ngô Văn Bé": "speaker"},
        ),
        ("Phát biểu tại hội nghị, ông Ngô Văn Bé, Giám đốc Sở Y tế đồng tình.", {"Ngô Văn Bé": "speaker"}),
        ("Ông Ngô Văn Bé, Giám đốc Sở Y tế cho biết chè được giá.", {"Ngô Văn Bé": "speaker"}),
        ("Theo ông Ngô Văn Bé, Giám đốc Sở Y tế, chè được giá.", {"Ngô Văn Bé": "speaker"}),
        ("“Chè được giá”, Giám đốc Sở Y tế Ngô Văn Bé nhấn mạnh.", {"Ngô Văn Bé": "speaker"}),
        (
            "Cùng dự có đồng chí Ngô Văn Bé, Giám đốc Sở Y tế; đồng chí Cù Thị Hoài, Phó Bí thư Tỉnh đoàn.",
            {"Ngô Văn Bé": "attendee", "Cù Thị Hoài": "attendee"},
        ),
        ("Phó Chủ tịch Quốc hội Ngô Văn Bé tham dự hội nghị.", {"Ngô Văn Bé": "attendee"}),
        ("Về phía tỉnh có ông Ngô Văn Bé, Phó Chủ tịch UBND tỉnh.", {"Ngô Văn Bé": "attendee"}),
        (
            "Ông Ngô Văn Bé, Chủ tịch Hội Chè; lãnh đạo các sở; cùng 8 doanh nghiệp tham dự hội nghị.",
            {"Ngô Văn Bé": "attendee"},
        ),
        ("Đó là yêu cầu của Phó Chủ tịch UBND tỉnh Ngô Văn Bé tại hội nghị.", {"Ngô Văn Bé": "speaker"}),
        (
            "Ông Ngô Văn Bé - Ủy viên T.Ư Đảng, Bí thư TP.Lác; bà Cù Thị Hoài - Giám đốc Sở - đồng chủ trì.",
            {"Ngô Văn Bé": "lead", "Cù Thị Hoài": "lead"},
        ),
        (
            "Tại buổi tiếp, Phó Chủ tịch UBND tỉnh Ngô Văn Bé chào đón đoàn.",
            {"Ngô Văn Bé": "speaker"},
        ),
        (
            "Bí thư Tỉnh ủy Ngô Văn Bé cùng 2 Phó Chủ tịch UBND tỉnh Cù Thị Hoài và Vi Thị Thắm chủ trì.",
            {"Ngô Văn Bé": "lead", "Cù Thị Hoài": "lead", "Vi Thị Thắm": "lead"},
        ),
        (
            "Dự có bà Cù Thị Hoài, Giám đốc Sở Y tế.\nTrả lời việc này, bà Cù Thị Hoài hứa sẽ xem lại.",
            {"Cù Thị Hoài": "speaker"},
        ),
        (
            "Anh Vi Văn Thắm - công nhân (CN) xưởng chè - than thở rằng giá thấp.",
            {"Vi Văn Thắm": "speaker"},
        ),
        (
            "Chủ trì hội nghị, Bí thư Tỉnh ủy Ngô Văn Bé; đồng chủ trì, Giám đốc Sở Y tế Cù Thị Hoài.",
            {"Ngô Văn Bé": "lead", "Cù Thị Hoài": "lead"},
        ),
        ("Đó là chỉ đạo của Phó Chủ tịch UBND tỉnh Ngô Văn Bé tại hội nghị.", {"Ngô Văn Bé": "lead"}),
        (
            "Về phía tỉnh, dự hội nghị có ông Ngô Văn Bé, Phó Chủ tịch UBND tỉnh.",
            {"Ngô Văn Bé": "attendee"},
        ),
        (
            "Hội nghị vinh dự đón tiếp đồng chí Ngô Văn Bé, Giám đốc Sở Y tế đến dự và phát biểu chỉ đạo.",
            {"Ngô Văn Bé": "speaker"},
        ),
        ("Bà Cù Thị Hoài, tổ đại biểu huyện Lác chất vấn về giá chè.", {"Cù Thị Hoài": "speaker"}),
        # spoken of, visited, quoted from elsewhere, by-lined
        ("HĐND tỉnh miễn nhiệm chức danh đối với ông Ngô Văn Bé, Giám đốc Sở Y tế.", {}),
        ("“Tôi đã làm việc cùng ông Ngô Văn Bé, Giám đốc Sở Y tế về giá chè.", {}),
        ("Đại biểu dâng hương tại khu tưởng niệm ông Ngô Văn Bé.", {}),
        ("Thực hiện chỉ đạo của Thủ tướng Ngô Văn Bé, tỉnh đã trồng chè.", {}),
        ("Đoàn đã thăm gia đình ông Ngô Văn Bé ở bản Lác.", {}),
        ("Trao đổi với phóng viên, ông Ngô Văn Bé, Giám đốc Sở Y tế cho biết chè được giá.", {}),
        ("Chè bán tại chợ trên đường Ngô Quyền.", {}),
        ("Hội nghị kết thúc.\nNgô Bé", {}),
    ],
)
def test_the_words_around_a_name_give_the_role(sentence: str, roles: dict[str, str]) -> None:
    assert roles_of(OPENING + sentence) == roles


@pytest.mark.parametrize(
    "sentence",
    [
        "Tiếp và làm việc với đoàn có bà Cù Thị Hoài, Phó Chủ tịch UBND tỉnh.",
        "Về phía tỉnh có bà Cù Thị Hoài, Phó Chủ tịch UBND tỉnh.",
        "Phó Chủ tịch UBND tỉnh Cù Thị Hoài, cùng lãnh đạo các sở tiếp và làm việc với đoàn.",
    ],
)
def test_the_receiving_side_of_a_visit_hosts(sentence: str) -> None:
    body = f"Ngày 9/8, Thứ trưởng Ngô Văn Bé thăm và làm việc tại tỉnh. {sentence}"
    assert roles_of(body) == {"Ngô Văn Bé": "lead", "Cù Thị Hoài": "host"}


def test_who_only_came_to_a_visit_does_not_lead_it() -> None:
    body = (
        "Cùng dự buổi làm việc có ông Ngô Văn Bé, Bí thư Tỉnh ủy.\nTại buổi làm việc, ông Ngô Văn Bé cảm ơn."
    )
    assert roles_of(body) == {"Ngô Văn Bé": "speaker"}


def test_the_head_of_a_delegation_leads_and_the_receiving_side_hosts() -> None:
    assert roles_of(
        "Ngày 9/8, Đoàn công tác của Bộ Y tế do Thứ trưởng Ngô Văn Bé làm Trưởng đoàn đã làm việc với tỉnh. "
        "Tiếp và làm việc với Đoàn có đồng chí Cù Thị Hoài - Phó Chủ tịch UBND tỉnh."
    ) == {"Ngô Văn Bé": "lead", "Cù Thị Hoài": "host"}


@pytest.mark.parametrize(
    "head",
    [
        # the posts go on in words that no chain knows
        "ông Ngô Văn Bé - Bí thư Tỉnh ủy, Trưởng Tiểu ban An ninh, Trật tự và Y tế làm trưởng đoàn",
        "ông Ngô Văn Bé, Phó Chủ tịch Quốc hội, nhiệm kỳ 2021 - 2026 làm Trưởng đoàn",
        "ông Ngô Văn Bé, Phó Chủ tịch HĐND tỉnh, trưởng đoàn",
    ],
)
def test_the_head_of_a_delegation_leads_however_long_the_posts(head: str) -> None:
    body = f"Ngày 9/8, Đoàn giám sát do {head} đã làm việc với huyện Lác."
    assert roles_of(body) == {"Ngô Văn Bé": "lead"}


def test_who_comes_with_the_head_of_a_delegation_does_not_lead() -> None:
    body = (
        "Ngày 9/8, Đoàn giám sát do ông Ngô Văn Bé, Trưởng Ban Pháp chế, trưởng đoàn cùng các ông bà "
        "Cù Thị Hoài, Phó Trưởng Ban Dân tộc HĐND tỉnh; Vi Văn Thắm, Trưởng phòng Dân nguyện, Văn phòng HĐND "
        "tỉnh làm việc với huyện Lác."
    )
    assert roles_of(body) == {"Ngô Văn Bé": "lead", "Cù Thị Hoài": "attendee", "Vi Văn Thắm": "attendee"}


@pytest.mark.parametrize(
    "body",
    [
        # the last word, where nobody chairs
        OPENING + "Kết thúc hội nghị, ông Ngô Văn Bé, Giám đốc Sở Y tế đề nghị các phòng giữ giá.",
        # the only one named at an inspection
        "Trong buổi kiểm tra chợ Lác ngày 9/8, ông Ngô Văn Bé, Phó Chủ tịch UBND tỉnh giao chợ cho huyện.",
        # the post alone is the subject
        "Chủ tịch UBND huyện tiếp công dân định kỳ.\nDự có ông Ngô Văn Bé, Chủ tịch UBND huyện.",
    ],
)
def test_without_a_chair_the_one_who_acts_leads(body: str) -> None:
    assert roles_of(body) == {"Ngô Văn Bé": "lead"}


def test_the_last_word_of_several_leads_nothing_and_a_chair_stays_the_lead() -> None:
    two = OPENING + (
        "Kết thúc hội nghị, ông Ngô Văn Bé, Giám đốc Sở Y tế cảm ơn.\n"
        "Kết thúc hội nghị, bà Cù Thị Hoài, Giám đốc Sở Tài chính cảm ơn."
    )
    assert set(roles_of(two).values()) == {"speaker"}
    chaired = OPENING + (
        "Bí thư Tỉnh ủy Vi Văn Thắm chủ trì hội nghị.\n"
        "Kết thúc hội nghị, ông Ngô Văn Bé, Giám đốc Sở Y tế cảm ơn."
    )
    assert roles_of(chaired) == {"Vi Văn Thắm": "lead", "Ngô Văn Bé": "speaker"}


def test_who_leads_a_delegation_leads_where_it_goes_on_to() -> None:
    body = (
        "Ngày 9/8, Đoàn giám sát của HĐND tỉnh do ông Ngô Văn Bé, Phó Chủ tịch HĐND tỉnh làm trưởng đoàn đã "
        "đến tiếp xúc cử tri tại xã Lác.\nBuổi chiều cùng ngày, Đoàn giám sát làm việc với huyện Mường Lý "
        "về trồng chè.\nÔng Ngô Văn Bé, Phó Chủ tịch HĐND tỉnh ghi nhận kết quả của huyện."
    )
    day = date(2024, 8, 10)
    first, second = read_meetings(ArticleText("a1", None, body, day, None), day)
    assert (first.lead_name, first.session) == ("Ngô Văn Bé", None)
    assert (second.lead_name, second.session, second.topic) == ("Ngô Văn Bé", "afternoon", "trồng chè")


def test_at_a_dialogue_whoever_is_quoted_has_the_floor() -> None:
    body = (
        "Sáng 9/8, UBND huyện tổ chức hội nghị đối thoại với công nhân.\n"
        "Chị Vi Thị Thắm (xưởng Lác) mong có nhà trẻ."
    )
    assert roles_of(body) == {"Vi Thị Thắm": "speaker"}


def test_a_guest_who_is_received_does_not_lead() -> None:
    assert roles_of("Ngày 9/8, Chủ tịch UBND tỉnh Ngô Văn Bé tiếp Đại sứ Nhật Bản Tanaka Kenji.") == {
        "Ngô Văn Bé": "lead",
        "Tanaka Kenji": "attendee",
    }


def test_one_person_is_one_row_with_the_fullest_posts_and_the_highest_role() -> None:
    body = OPENING + (
        "Đồng chí Ngô Văn Bé, Ủy viên Ban Thường vụ Tỉnh ủy, Phó Chủ tịch UBND tỉnh dự.\n"
        "Phó Chủ tịch UBND tỉnh Ngô Văn Bé phát biểu.\nKết luận hội nghị, đồng chí Ngô Văn Bé cảm ơn."
    )
    (meeting,) = read_meetings(ArticleText("a1", None, body, None, None), date(2024, 8, 10))
    (person,) = meeting.participants
    assert (person.role, person.person_title) == (
        "lead",
        "Ủy viên Ban Thường vụ Tỉnh ủy, Phó Chủ tịch UBND tỉnh",
    )
    assert (meeting.lead_name, meeting.lead_title) == (person.person_name, person.person_title)
    assert body[person.quote_start : person.quote_end].startswith("Kết luận hội nghị")


def test_who_concludes_by_post_alone_leads() -> None:
    assert roles_of(
        OPENING
        + "Dự có đồng chí Ngô Văn Bé, Bí thư Tỉnh ủy.\nKết luận hội nghị, Bí thư Tỉnh ủy yêu cầu giữ giá."
    ) == {"Ngô Văn Bé": "lead"}


def test_an_office_holder_spoken_of_before_the_verb_does_not_lead() -> None:
    body = (
        "Thực hiện ý kiến của Chủ tịch UBND huyện, ban tiếp công dân xã Lác tiếp công dân định kỳ.\n"
        "Dự có ông Ngô Văn Bé, Chủ tịch UBND huyện."
    )
    assert roles_of(body) == {"Ngô Văn Bé": "attendee"}


def test_who_comes_with_a_delegation_leads_it() -> None:
    roles = roles_of(
        "Chiều 9/8, Phó Thủ tướng Ngô Văn Bé cùng đoàn công tác đã có buổi làm việc với Tỉnh ủy về chè."
    )
    assert roles == {"Ngô Văn Bé": "lead"}

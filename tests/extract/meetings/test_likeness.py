"""What a meeting is recognised by in another report: pairs of syllables, names, numbers of a series."""

from __future__ import annotations

from datetime import date

import pytest

from include.extract.meetings import read_meetings
from include.extract.meetings.likeness import find_edition, subject_names, subject_words
from include.extract.model import ArticleText, Meeting


def meeting_of(body: str, title: str | None = None) -> Meeting:
    article = ArticleText("a", title, body, date(2024, 8, 10), "Sơn La")
    (meeting,) = read_meetings(article, article.published_on)
    return meeting


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Sáng 9/8, UBND tỉnh tổ chức hội nghị về nông thôn mới", ["nông thôn", "thôn mới"]),
        ("cuộc họp về giá chè, giá sắn", ["giá chè", "giá sắn"]),
        ("chè và sắn", []),
        ("hội nghị triển khai nhiệm vụ năm 2024 và phương hướng 6 tháng cuối năm", []),
        ("phòng bệnh dại tại Sơn La trong quý III", ["bệnh dại"]),
        ("sản xuất - kinh doanh", ["sản xuất", "kinh doanh"]),
        ("UỶ BAN bàn về hoá chất", ["hóa chất"]),
    ],
)
def test_words_are_pairs_of_neighbours_that_not_every_meeting_has(text: str, words: list[str]) -> None:
    assert list(subject_words(text, "Sơn La")) == words


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("làm việc với UBND huyện Mường Khe", ["district:mường khe"]),
        ("làm việc với Thành ủy Bản Lác", ["district:bản lác"]),
        ("tại thành phố Sơn La", []),
        ("khảo sát tại xã Nậm Tha và phường Tô Ma", ["commune:nậm tha", "commune:tô ma"]),
        ("tiếp Công ty cổ phần Mộc Sơn Việt Nam", ["firm:mộc sơn"]),
        ("làm việc với Ngân hàng Nhà nước", []),
        ("kiểm tra Khu công nghiệp Bản Lác", ["site:bản lác"]),
        ("làm việc với Sở Y tế về giá thuốc", ["office:sở y tế"]),
        ("Giám đốc Sở Y tế báo cáo", []),
        ("tiếp Đại sứ Nhật Bản tại Việt Nam", ["country:nhật bản"]),
        ("tiếp Đại sứ Lào", ["country:lào"]),
        ("họp ở Lào Cai", ["province:lào cai"]),
        ("cô Anh và ông Đức", []),
        ("hội thảo “Giữ nếp nhà sàn”", ["title:giữ nếp nhà sàn"]),
        ("Kỳ họp thứ 7, HĐND tỉnh", ["organ:hội đồng nhân dân tỉnh"]),
        ("HĐND TP Huế", ["organ:hội đồng nhân dân thành phố", "district:huế", "province:huế"]),
        ("Đại hội Đảng bộ xã", ["organ:đảng bộ xã"]),
    ],
)
def test_names_come_with_what_they_are_names_of(text: str, names: list[str]) -> None:
    assert sorted(subject_names(text, text, home="Sơn La")) == sorted(names)


@pytest.mark.parametrize(
    ("folded", "kind", "edition"),
    [
        ("khai mạc kỳ họp thứ 7, hđnd tỉnh khóa x", "session", "kỳ họp 7"),
        ("kỳ họp thường lệ giữa năm, lần thứ mười hai", "session", "kỳ họp 12"),
        ("kỳ họp thứ nhất hđnd", "session", "kỳ họp 1"),
        ("phiên họp thứ tư của ban chỉ đạo", "session", "phiên 4"),
        ("đại hội đại biểu đảng bộ tỉnh lần thứ xxiv", "congress", "đại hội 24"),
        ("hội nghị ban chấp hành lần thứ 9", "conference", "hội nghị 9"),
        ("hội nghị quán triệt nghị quyết đại hội lần thứ xiii", "conference", None),
        ("hội nghị triển khai nghị quyết hội nghị lần thứ tám", "conference", None),
        ("phiên họp thường kỳ tháng 05", "session", "thường kỳ 5"),
        ("hội thảo lần thứ 3", "seminar", None),
        ("hđnd tỉnh họp kỳ họp thứ 7", "meeting", "kỳ họp 7"),
        ("phiên họp diễn ra chiều thứ sáu", "meeting", None),
        ("kỳ họp thứ bảy", "congress", None),
        ("kỳ họp thứ trưởng phát biểu", "session", None),
    ],
)
def test_the_number_of_a_series_belongs_to_the_meeting_itself(
    folded: str, kind: str, edition: str | None
) -> None:
    assert find_edition(folded, kind) == edition


def test_a_meeting_is_recognised_by_its_sentence_its_topic_and_the_headline() -> None:
    meeting = meeting_of(
        "Sáng 9/8, Chủ tịch UBND tỉnh Ngô Văn Bé tiếp ông Kim Do Yun, Tổng Giám đốc Tập đoàn Hanbi.",
        "Chủ tịch UBND tỉnh Ngô Văn Bé bàn chuyện điện gió với khách",
    )
    assert meeting.subject_names == ("firm:hanbi",)
    assert meeting.subject_words == ("chuyện điện", "điện gió")
    assert meeting.edition is None


def test_the_headline_speaks_for_the_first_meeting_only() -> None:
    body = (
        "Sáng 9/8, Chủ tịch UBND tỉnh Ngô Văn Bé chủ trì hội nghị về thu gom rác thải.\n"
        "Chiều cùng ngày, Chủ tịch UBND tỉnh Ngô Văn Bé tiếp Đại sứ Thái Lan Somchai Prem."
    )
    article = ArticleText("a", "Dồn sức cho vệ sinh môi trường", body, date(2024, 8, 10), "Sơn La")
    first, second = read_meetings(article, article.published_on)
    assert "môi trường" in first.subject_words
    assert second.subject_words == ()
    assert second.subject_names == ("country:thái lan",)

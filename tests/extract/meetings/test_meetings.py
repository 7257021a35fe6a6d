"""Which meetings an article reports, when, of which kind, about what, and what it only mentions."""

from __future__ import annotations

from datetime import date

import pytest

from include.extract.meetings import read_meetings
from include.extract.model import ArticleText, Meeting

PUBLISHED = date(2024, 8, 10)


def meetings_of(
    body: str, published_on: date | None = PUBLISHED, title: str | None = None, province: str | None = None
) -> tuple[Meeting, ...]:
    return read_meetings(ArticleText("a1", title, body, published_on, province), published_on)


def meeting_of(body: str, published_on: date | None = PUBLISHED, title: str | None = None) -> Meeting:
    (meeting,) = meetings_of(body, published_on, title)
    return meeting


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("Sáng 9/8, UBND tỉnh họp về thu ngân sách.", "meeting"),
        ("Sáng 9/8, UBND tỉnh tổ chức cuộc họp bàn về thu ngân sách.", "meeting"),
        ("Sáng 9/8, ông Ngô Văn Bé, Chủ tịch UBND tỉnh có buổi làm việc với Sở Y tế.", "working_session"),
        ("Sáng 9/8, ông Ngô Văn Bé, Chủ tịch UBND tỉnh làm việc với Sở Y tế.", "working_session"),
        ("Tổng Bí thư Ngô Văn Bé thăm và làm việc tại tỉnh Sơn La vào sáng 9/8.", "working_session"),
        ("Sáng 9/8, Tỉnh ủy tổ chức hội nghị sơ kết công tác dân vận.", "conference"),
        ("Sáng 9/8, HĐND tỉnh khai mạc kỳ họp thứ 12.", "session"),
        ("Sáng 9/8, UBND tỉnh tổ chức phiên họp thường kỳ tháng 8.", "session"),
        ("Sáng 9/8, Sở Du lịch tổ chức hội thảo về du lịch hồ.", "seminar"),
        ("Sáng 9/8, Hội Nông dân tổ chức tọa đàm về giống chè.", "seminar"),
        ("Sáng 9/8, Chủ tịch UBND tỉnh Ngô Văn Bé tiếp Đại sứ Nhật Bản Tanaka Kenji.", "reception"),
        ("Sáng 9/8, Chủ tịch UBND tỉnh Ngô Văn Bé kiểm tra tiến độ cầu Bản Lác.", "inspection"),
        ("Sáng 9/8, UBND tỉnh tổ chức Lễ khởi công đường tránh.", "ceremony"),
        ("Sáng 9/8, UBND huyện tổ chức hội nghị đối thoại với thanh niên.", "dialogue"),
        ("Sáng 9/8, Đảng bộ Sở Y tế tổ chức Đại hội lần thứ V.", "congress"),
        ("Sáng 9/8, Ban Thường vụ Tỉnh ủy làm việc với Ban Thường vụ Thành ủy Lác.", "working_session"),
        ("Sáng 9/8, Ban Chỉ đạo trồng rừng tỉnh tiếp tục họp và giao việc.", "meeting"),
        ("Sáng 9/8, Đoàn công tác của Sở Y tế làm việc về phòng dịch.", "working_session"),
        ("Sáng 9/8, ông Ngô Văn Bé, Chủ tịch UBND tỉnh tiếp và làm việc với đoàn Canada.", "reception"),
        ("Sáng 9/8, Bảo tàng Chè đã vinh dự đón tiếp ngài Tanaka Kenji - Đại sứ Nhật Bản.", "reception"),
        ("Sáng 9/8, Tỉnh đoàn tổ chức lễ báo công tại huyện Lác.", "ceremony"),
        ("Sáng 9/8, các ban HĐND tỉnh tổ chức buổi thẩm tra báo cáo thu ngân sách.", "meeting"),
        ("Sáng 9/8, Đại hội Đảng bộ huyện lần thứ V đã tiến hành bầu Ban Chấp hành.", "congress"),
        (
            "Sáng 9/8, tại phiên bế mạc Đại hội Đảng bộ huyện, ông Ngô Văn Bé phát biểu.",
            "congress",
        ),
        ("Sáng 9/8, UBND tỉnh tổ chức họp mặt doanh nghiệp tiêu biểu.", "reception"),
        ("Sáng 9/8, UBND tỉnh tổ chức tiệc chiêu đãi đoàn ngoại giao.", "reception"),
        (
            "Sáng 9/8, tiếp tục chương trình Đại hội Đảng bộ huyện Lác, ông Ngô Văn Bé đọc báo cáo.",
            "congress",
        ),
        ("Sáng 9/8, tại buổi lễ, ông Ngô Văn Bé, Bí thư Tỉnh ủy trao quyết định.", "ceremony"),
        ("Sáng 9/8, Sở Du lịch tổ chức khai mạc Lễ hội Chè Lác.", "ceremony"),
        ("Sáng 9/8, Đoàn công tác của tỉnh đã sang thăm, chúc Tết cán bộ tỉnh bạn.", "working_session"),
    ],
)
def test_the_word_for_the_meeting_gives_its_kind(body: str, kind: str) -> None:
    meeting = meeting_of(body)
    assert (meeting.meeting_kind, meeting.meeting_date, meeting.session) == (
        kind,
        date(2024, 8, 9),
        "morning",
    )
    assert meeting.date_basis == "inferred"
    assert body[meeting.quote_start : meeting.quote_end] == body


@pytest.mark.parametrize(
    "body",
    [
        # to come
        "Tỉnh sẽ tổ chức hội nghị xúc tiến đầu tư vào ngày 20/8 tới.",
        "Dự kiến hội nghị do Phó Chủ tịch UBND tỉnh Ngô Văn Bé chủ trì diễn ra ngày 20/8.",
        "Ngày 20/8, UBND tỉnh tổ chức hội nghị xúc tiến đầu tư.",
        # mentioned, remembered, quoted
        "Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XV xác định chè là cây trồng chính.",
        "Giá chè tăng.\nTrước đó, tại hội nghị ngày 2/3, Chủ tịch UBND tỉnh Ngô Văn Bé đã hứa mở chợ.",
        "Trong phiên họp tháng 5, Giám đốc Sở Tài chính Cù Thị Hoài từng cảnh báo hụt thu.",
        "Ngành đã tổ chức nhiều hội nghị tập huấn. Năm 2023, xã tổ chức hội nghị biểu dương hộ giỏi.",
        "Sáng 9/8, hai tỉnh bàn việc hợp tác, đoàn đi chợ họp đông vui.",
        # police, sport, firms
        "Tại buổi làm việc với cơ quan điều tra sáng 9/8, đối tượng khai nhận đã trộm 5 xe máy.",
        "Đại hội Thể thao toàn tỉnh khai mạc tối 9/8. Vận động viên Vi Thị Ngần giành huy chương vàng.",
        "Tại buổi họp báo trước trận đấu sáng 9/8, HLV Ngô Văn Bé tỏ ra tự tin.",
        "Quyết định được đưa ra sau cuộc họp của hội đồng quản trị ngày 8/8.",
        "Anh Ngô Văn Bé đang làm việc tại khu công nghiệp từ ngày 9/8.",
        "Lực lượng chức năng kiểm tra 40 cơ sở trong ngày 9/8.",
        "Sáng 9/8, xã nghỉ lễ lớn, chợ họp đông.",
        # an office's work, and somebody without a post
        "Công an tỉnh kiểm tra 40 cơ sở.",
        "Ông Ngô Văn Bé kiểm tra vườn chè mỗi sáng.",
        # a programme of visits
        "Sở Y tế thành lập 2 đoàn công tác. Các đoàn công tác kiểm tra các trạm y tế trong tháng.",
        # no meeting at all
        "Chỉ số sản xuất công nghiệp tháng 7 tăng 4%.",
        "",
    ],
)
def test_articles_that_report_no_meeting_give_none(body: str) -> None:
    assert meetings_of(body) == ()


def test_a_meeting_is_known_by_reference_when_somebody_named_speaks_there() -> None:
    meeting = meeting_of(
        "Tại hội nghị triển khai nhiệm vụ năm 2025, ông Ngô Văn Bé - Bí thư Tỉnh ủy cho biết thu tăng."
    )
    assert (meeting.meeting_kind, meeting.topic) == ("conference", "triển khai nhiệm vụ năm 2025")
    assert (meeting.meeting_date, meeting.date_basis, meeting.date_latest) == (None, "unknown", PUBLISHED)
    assert (meeting.lead_name, [one.role for one in meeting.participants]) == (None, ["speaker"])


def test_a_second_meeting_of_the_same_day_stands_by_itself() -> None:
    first, second = meetings_of(
        "Sáng 9/8, Ban Thường vụ Tỉnh ủy họp cho ý kiến về quy hoạch. Bí thư Tỉnh ủy Ngô Văn Bé chủ trì.\n"
        "Chiều cùng ngày, đồng chí Ngô Văn Bé đi kiểm tra kè sông Mã tại huyện Mường Lý."
    )
    assert (first.meeting_kind, first.session, first.topic) == (
        "meeting",
        "morning",
        "cho ý kiến về quy hoạch",
    )
    assert (second.meeting_kind, second.session, second.location) == (
        "inspection",
        "afternoon",
        "huyện Mường Lý",
    )
    assert first.meeting_date == second.meeting_date == date(2024, 8, 9)
    assert [one.person_title for one in second.participants] == ["Bí thư Tỉnh ủy"]


@pytest.mark.parametrize(
    ("body", "held_on"),
    [
        ("Chiều 12/10, Đại hội Đảng bộ huyện lần thứ V, nhiệm kỳ 2020 - 2025 khai mạc.", date(2020, 10, 12)),
        ("Sáng 30/6, HĐND xã tổ chức kỳ họp thứ nhất, nhiệm kỳ 2021 - 2026.", date(2021, 6, 30)),
        ("Sáng 30/6, HĐND xã nhiệm kỳ 2021 - 2026 tổ chức kỳ họp thứ nhất.", date(2021, 6, 30)),
        # The resolution of a congress is carried out for years, at any meeting.
        ("Chiều 12/10, UBND huyện họp về Nghị quyết Đại hội Đảng bộ huyện nhiệm kỳ 2020 - 2025.", None),
        ("Chiều 12/10, UBND huyện họp. Đại hội Đảng bộ huyện lần thứ V, nhiệm kỳ 2020 - 2025 đề ra.", None),
    ],
)
def test_a_congress_is_dated_by_the_term_that_it_opens(body: str, held_on: date | None) -> None:
    assert meeting_of(body, None).meeting_date == held_on


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("Sở Y tế vừa tổ chức hội nghị tổng kết năm 2023.", "conference"),
        ("Mới đây, Cục Thống kê tổ chức họp báo về số liệu 6 tháng.", "meeting"),
        ("Chủ tịch UBND huyện tiếp công dân định kỳ.\nDự có ông Ngô Văn Bé, Bí thư Huyện ủy.", "reception"),
        ("Thu tăng 4%.\nTại buổi gặp mặt, UBND tỉnh đã thông tin về thu.", "reception"),
        ("Đại hội Đảng bộ tỉnh lần thứ V đã hoàn thành chương trình và bế mạc.", "congress"),
        ("Ông Ngô Văn Bé, Chủ tịch UBND tỉnh kiểm tra việc giữ giá chè tại xã Lác.", "inspection"),
    ],
)  # fmt: skip
def test_news_of_a_meeting_needs_no_day(body: str, kind: str) -> None:
    meeting = meeting_of(body)
    assert (meeting.meeting_kind, meeting.meeting_date, meeting.date_latest) == (kind, None, PUBLISHED)


def test_a_day_whose_year_stays_open_is_news_too() -> None:
    meeting = meeting_of("Chiều 30/9, UBND tỉnh tổ chức họp báo về chè.", None)
    assert (meeting.meeting_kind, meeting.meeting_date, meeting.session) == ("meeting", None, "afternoon")


def test_a_meeting_told_without_day_people_or_more_of_it_is_no_row() -> None:
    assert meetings_of("Hằng tháng, Sở Y tế tổ chức hội nghị tổng kết.") == ()


@pytest.mark.parametrize(
    "second",
    [
        "* Chiều 9/8, ông Cù Văn Thắm, Chủ tịch UBND tỉnh chủ trì cuộc họp về thu ngân sách.",
        "Liên quan việc này, chiều cùng ngày, tại Sở Y tế, ông Cù Văn Thắm, Bí thư chủ trì buổi làm việc.",
    ],
)
def test_two_reports_under_one_headline_are_two_meetings(second: str) -> None:
    first = "Sáng 9/8, Tỉnh ủy tổ chức cuộc họp về chè. Ông Ngô Văn Bé, Bí thư Tỉnh ủy chủ trì."
    assert [one.lead_name for one in meetings_of(f"{first}\n{second}")] == ["Ngô Văn Bé", "Cù Văn Thắm"]


def test_a_delegations_programme_is_not_the_meeting() -> None:
    meeting = meeting_of(
        "Trong chương trình làm việc chiều 9/8, Đại hội Đảng bộ tỉnh lần thứ V đã bầu Bí thư."
    )
    assert meeting.meeting_kind == "congress"


def test_a_day_printed_in_full_is_stated_and_several_days_have_an_end() -> None:
    stated = meeting_of("Ngày 8 tháng 8 năm 2024, UBND huyện tổ chức hội nghị về chè.")
    assert (stated.meeting_date, stated.date_basis) == (date(2024, 8, 8), "stated")
    several = meeting_of("Trong 2 ngày 8-9/8, HĐND tỉnh tổ chức kỳ họp thứ 9.")
    assert (several.meeting_date, several.meeting_end_date) == (date(2024, 8, 8), date(2024, 8, 9))


@pytest.mark.parametrize(
    "body",
    [
        # the meeting stands in the second sentence, the day opens the first
        "Ngày 8-8, hai huyện Lác và Mường Lý gặp nhau. Ông Ngô Văn Bé, Bí thư Tỉnh ủy chủ trì buổi làm việc.",
        # another clock's day beside the day itself
        "Hôm nay 8/8 (tức chiều cùng ngày giờ Hà Nội), Chủ tịch UBND tỉnh Ngô Văn Bé làm việc với Sở Y tế.",
    ],
)
def test_the_day_that_dates_the_report_dates_the_meeting(body: str) -> None:
    assert meeting_of(body).meeting_date == date(2024, 8, 8)


def test_a_long_chain_of_posts_does_not_hide_who_chairs() -> None:
    meeting = meeting_of(
        "Sáng 9/8, nhiều xã mất mùa. Cuộc họp do ông Ngô Văn Bé, Ủy viên Ban Chấp hành Đảng bộ tỉnh, Phó Chủ "
        "tịch UBND tỉnh Sơn La, Phó trưởng Ban thường trực Ban Chỉ đạo phòng, chống cháy rừng tỉnh Sơn La "
        "chủ trì."
    )
    assert (meeting.lead_name, meeting.session) == ("Ngô Văn Bé", "morning")


def test_without_any_date_the_day_is_null_with_the_bounds_that_the_text_sets() -> None:
    meeting = meeting_of(
        "Ông Ngô Văn Bé, Phó Chủ tịch UBND tỉnh chủ trì hội nghị.\nNăm 2021, thu ngân sách đạt 40 tỷ đồng.",
        None,
    )
    assert (meeting.meeting_date, meeting.date_basis, meeting.session) == (None, "unknown", None)
    assert (meeting.date_earliest, meeting.date_latest) == (date(2021, 1, 1), date(2022, 12, 31))


@pytest.mark.parametrize(
    ("body", "topic"),
    [
        ("Sáng 9/8, UBND tỉnh họp về giá chè, giá sắn.", "giá chè, giá sắn"),
        ("Sáng 9/8, UBND tỉnh tổ chức cuộc họp đánh giá kết quả trồng rừng.", "đánh giá kết quả trồng rừng"),
        (
            "Sáng 9/8, ông Ngô Văn Bé, Chủ tịch UBND tỉnh làm việc với huyện Mường Lý về trồng rừng.",
            "trồng rừng",
        ),
        (
            "Sáng 9/8, ông Ngô Văn Bé, Bí thư Tỉnh ủy làm việc với huyện Mường Lý, đánh giá việc trồng rừng.",
            "đánh giá việc trồng rừng",
        ),
        (
            "Sáng 9/8, ông Ngô Văn Bé, Chủ tịch UBND tỉnh có buổi làm việc với huyện Mường Lý.",
            "làm việc với huyện Mường Lý",
        ),
        (
            "Cuộc họp do ông Ngô Văn Bé, Phó Chủ tịch UBND tỉnh chủ trì chiều nay (9/8) về giá chè, giá sắn.",
            "giá chè, giá sắn",
        ),
        ("Hội thảo “Rừng và nước” do Sở Du lịch tổ chức sáng 9/8.", "Rừng và nước"),
        (
            "Tại cuộc họp đánh giá việc trồng rừng vào chiều 9/8, UBND tỉnh nêu khó khăn.",
            "đánh giá việc trồng rừng",
        ),
        # without a subject: the name of the meeting, or who was met
        ("Sáng 9/8, HĐND tỉnh khai mạc kỳ họp thứ 12.", "kỳ họp thứ 12"),
        ("Sáng 9/8, Đại hội Đảng bộ tỉnh lần thứ V đã khai mạc.", "Đại hội Đảng bộ tỉnh lần thứ V"),
        ("Sáng 9/8, UBND tỉnh tổ chức đối thoại với 40 doanh nghiệp.", "đối thoại với 40 doanh nghiệp"),
        (
            "Sáng 9/8, UBND tỉnh tổ chức phiên họp thường kỳ thảo luận một số nội dung quan trọng.",
            "phiên họp thường kỳ thảo luận một số nội dung quan trọng",
        ),
        (
            "Sáng 9/8, ông Ngô Văn Bé, Bí thư Tỉnh ủy kiểm tra các dự án chè tại Lác.",
            "kiểm tra các dự án chè tại Lác",
        ),
        (
            "Sáng 9/8, Sở Du lịch tổ chức Hội thảo khoa học với chủ đề: “Rừng và nước”.",
            "Rừng và nước",
        ),
        (
            "Sáng 9/8, Sở Du lịch tổ chức Diễn đàn Đất Chè với chủ đề “Rừng và nước”.",
            "Đất Chè với chủ đề “Rừng và nước",
        ),
        (
            "Sáng 9/8, UBND xã họp. Tại cuộc họp, các đại biểu đã tham gia thảo luận việc giữ giá chè.",
            "thảo luận việc giữ giá chè",
        ),
        (
            "Tại buổi họp mặt đầu năm, tỉnh hứa.\nSáng 9/8, UBND tỉnh tổ chức họp mặt doanh nghiệp chè.",
            "họp mặt doanh nghiệp chè",
        ),
        # the purpose stands behind the circumstances
        (
            "Ông Ngô Văn Bé, Bí thư có buổi làm việc với huyện Lác vào chiều 9/8 nhằm đánh giá vụ chè.",
            "đánh giá vụ chè",
        ),
    ],
)
def test_the_topic_is_in_the_words_of_the_text(body: str, topic: str) -> None:
    found = meeting_of(body).topic or ""
    assert found == topic


def test_who_else_came_is_no_topic() -> None:
    body = "Sáng 9/8, UBND tỉnh họp.\nDự cuộc họp còn có ông Ngô Văn Bé, Giám đốc Sở Y tế."
    assert meeting_of(body).topic is None


def test_a_session_is_called_as_the_title_numbers_it() -> None:
    body = "Đồng chí Ngô Văn Bé, Chủ tịch HĐND tỉnh chủ trì kỳ họp sáng 9/8."
    assert meeting_of(body, title="Bế mạc kỳ họp thứ 7, HĐND tỉnh").topic == "kỳ họp thứ 7, HĐND tỉnh"


def test_the_topic_may_stand_in_the_title_alone() -> None:
    body = "Đồng chí Ngô Văn Bé, Phó Chủ tịch UBND tỉnh chủ trì cuộc họp sáng 9/8."
    assert meeting_of(body, title="UBND tỉnh họp về giá chè").topic == "giá chè"


@pytest.mark.parametrize(
    ("body", "host", "location"),
    [
        (
            "Sáng 9/8, tại Trung tâm Hội nghị tỉnh, UBND tỉnh tổ chức hội nghị về chè.",
            "UBND tỉnh",
            "Trung tâm Hội nghị tỉnh",
        ),
        (
            "Sáng 9/8, tại TP Sơn La, Bộ Công Thương phối hợp với UBND tỉnh tổ chức hội nghị về chè.",
            "Bộ Công Thương",
            "TP Sơn La",
        ),
        (
            "Tại phiên họp thường kỳ của UBND TP.HCM chiều 9/8, ông Ngô Văn Bé, Giám đốc Sở Y tế nói.",
            "UBND TP.HCM",
            None,
        ),
        (
            "Sáng 9/8, Trung tâm Giống (TTG) phối hợp Hiệp hội Chè (HHC) tổ chức hội nghị về chè.",
            "Trung tâm Giống (TTG)",
            None,
        ),
        ("Sáng 9/8, Cụm thi đua số 2 đã tổ chức hội nghị về chè.", "Cụm thi đua số 2", None),
        (
            "Sáng 9/8, Ban Chỉ đạo phát triển chè tỉnh họp đánh giá vụ thu.",
            "Ban Chỉ đạo phát triển chè tỉnh",
            None,
        ),
        (
            "Ngày 9/8, Đoàn giám sát của HĐND tỉnh do ông Ngô Văn Bé làm trưởng đoàn đã làm việc với xã.",
            "Đoàn giám sát của HĐND tỉnh",
            None,
        ),
        ("Chiều 9/8, BTV Thị ủy Lác tổ chức hội nghị về chè.", "BTV Thị ủy Lác", None),
        ("Sáng 9/8, kỳ họp thứ 7 HĐND tỉnh khóa XII đã khai mạc.", "HĐND tỉnh", None),
        ("Sáng 9/8, ông Ngô Văn Bé chủ trì phiên họp UBND tỉnh thường kỳ tháng 8.", "UBND tỉnh", None),
        ("Hội thảo về “Rừng và nước”, do Sở Du lịch tổ chức sáng 9/8.", "Sở Du lịch", None),
        (
            "Sáng 9/8, Đoàn công tác của Sở Y tế do ông Ngô Văn Bé dẫn đầu đã có buổi làm việc với xã.",
            "Đoàn công tác của Sở Y tế",
            None,
        ),
        (
            "Tại buổi họp mặt đầu năm, tỉnh hứa giữ giá.\nSáng 9/8, UBND tỉnh tổ chức họp mặt doanh nhân.",
            "UBND tỉnh",
            None,
        ),
    ],
)
def test_host_and_location(body: str, host: str, location: str | None) -> None:
    meeting = meeting_of(body)
    assert (meeting.host_organization, meeting.location) == (host, location)


def test_a_province_is_named_only_where_it_is_not_the_articles_own() -> None:
    body = "Sáng 9/8, tại tỉnh Hòa Bình, Bộ Công Thương tổ chức hội nghị về chè."
    (own,) = meetings_of(body, province="Hòa Bình")
    (other,) = meetings_of(body, province="Sơn La")
    assert (own.province_name, other.province_name) == (None, "Hòa Bình")


def test_people_of_the_articles_own_province_stay_so_at_a_meeting_elsewhere() -> None:
    body = (
        "Sáng 9/8, tại Hà Nội, Bộ Công Thương tổ chức hội nghị. Ông Ngô Văn Bé, Chủ tịch UBND tỉnh phát biểu."
    )
    (meeting,) = meetings_of(body, province="Sơn La")
    (person,) = meeting.participants
    assert (meeting.province_name, person.home) == ("Hà Nội", "Sơn La")


def test_reading_twice_gives_the_same() -> None:
    body = "Sáng 9/8, UBND tỉnh họp về giá chè. Ông Ngô Văn Bé, Giám đốc Sở Y tế phát biểu."
    assert meetings_of(body) == meetings_of(body)


def test_a_damaged_page_costs_no_time_and_the_prose_around_it_is_read() -> None:
    table = "Dự có ông Ngô Văn Bé, Bí thư Tỉnh ủy, " * 4000
    meeting = meeting_of(f"Sáng 9/8, UBND tỉnh họp về giá chè.\n{table}")
    # Too long a sentence is read in pieces; whoever a piece names is a name that stands there.
    assert meeting.topic == "giá chè"
    assert {one.person_name for one in meeting.participants} <= {"Ngô Văn Bé"}

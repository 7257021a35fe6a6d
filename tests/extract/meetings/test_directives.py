"""Tasks, who is to do them, and by when."""

from __future__ import annotations

from datetime import date

import pytest

from include.extract.meetings import read_meetings
from include.extract.meetings.deadlines import find_deadline
from include.extract.model import ArticleText, Directive
from include.extract.text import Span, fold

OPENING = (
    "Sáng 9/8, UBND tỉnh tổ chức cuộc họp về chè.\n"
    "Đồng chí Ngô Văn Bé, Phó Chủ tịch UBND tỉnh chủ trì cuộc họp.\n"
)


def directives_of(body: str) -> tuple[Directive, ...]:
    (meeting,) = read_meetings(ArticleText("a1", None, body, None, None), date(2024, 8, 10))
    return meeting.directives


@pytest.mark.parametrize(
    ("words", "on"),
    [
        ("chậm nhất trong quý III phải xong quy hoạch", date(2024, 9, 30)),
        ("hoàn thành trước ngày 30/9", date(2024, 9, 30)),
        ("hoàn thành trước ngày 15/2", date(2025, 2, 15)),
        ("hoàn thành trước ngày 15/9/2025", date(2025, 9, 15)),
        ("báo cáo ngay trong tháng 8", date(2024, 8, 31)),
        ("hoàn thành trong tháng 2", date(2025, 2, 28)),
        ("hoàn thành đến hết năm 2025", date(2025, 12, 31)),
        ("hoàn thành trong quý I/2025", date(2025, 3, 31)),
        ("hoàn thành ngay trong tháng này", date(2024, 8, 31)),
        ("hoàn thành ngay trong tuần này", date(2024, 8, 11)),
        ("hoàn thành trong tháng 9-2024", date(2024, 9, 30)),
        ("đến năm 2026, cơ bản xong các trạm", date(2026, 12, 31)),
        ("ban hành trong quý I-2025", date(2025, 3, 31)),
        ("trong 6 tháng cuối năm 2024, sở sẽ mở lớp", date(2024, 12, 31)),
        ("báo cáo trước 17h ngày 20/8", date(2024, 8, 20)),
        ("báo cáo trong vòng 10 ngày", date(2024, 8, 19)),
        ("phải xong trong hai tuần", date(2024, 8, 23)),
        ("phải xong trong 6 tháng tới", date(2025, 2, 9)),
        ("xong trong vòng một tháng", date(2024, 9, 9)),
        ("hoàn thành giải phóng mặt bằng trước ngày 30/9", date(2024, 9, 30)),
        ("hoàn tất trước giữa tháng 12", date(2024, 12, 15)),
        ("xây dựng kế hoạch di dời trước ngày 30/9", date(2024, 9, 30)),
        ("đôn đốc nhà thầu để hồ chứa vào vận hành trong quý IV", date(2024, 12, 31)),
    ],
)
def test_a_deadline_is_the_last_day_of_what_is_told(words: str, on: date) -> None:
    deadline = find_deadline(fold(words), Span(0, len(words)), date(2024, 8, 9))
    assert deadline is not None
    assert deadline.on == on
    assert words[deadline.start : deadline.end] in words


@pytest.mark.parametrize(
    "words",
    [
        "những tháng cuối năm cần tập trung",
        "trong năm 2023 đã đạt kết quả",
        "thời gian tới cần cố gắng",
        "từ ngày 1/9",
        "trước 30/6 hằng năm",
        "trước ngày 30/6/2023 đã xong",
        "trong 9 tháng đầu năm phải đạt",
        "trong 10 ngày qua",
        "trình Chính phủ duyệt quy hoạch điện đến năm 2035",
    ],
)
def test_times_that_bind_nobody_are_no_deadlines(words: str) -> None:
    assert find_deadline(fold(words), Span(0, len(words)), date(2024, 8, 9)) is None


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("giải quyết trong thời gian sớm nhất", "trong thời gian sớm nhất"),
        ("xong trước Tết Nguyên đán", "trước Tết Nguyên đán"),
        ("sớm hoàn thiện hồ sơ", "sớm"),
        ("trả lời trong vòng 5 ngày làm việc", "trong vòng 5 ngày làm việc"),
    ],
)
def test_words_that_set_no_day_are_kept_with_the_day_left_open(words: str, text: str) -> None:
    deadline = find_deadline(fold(words), Span(0, len(words)), date(2024, 8, 9))
    assert deadline is not None
    assert (words[deadline.start : deadline.end], deadline.on) == (text, None)


def test_a_deadline_without_reference_keeps_its_words_and_no_day() -> None:
    words = "hoàn thành trước ngày 30/9"
    deadline = find_deadline(fold(words), Span(0, len(words)), None)
    assert deadline is not None
    assert deadline.on is None


def test_what_a_request_is_about_is_not_who_it_goes_to() -> None:
    (one,) = directives_of(
        OPENING
        + "Tỉnh kiến nghị Bộ Công Thương một số khó khăn như: Chỉ đạo các đơn vị phối hợp, sớm bố trí đủ vốn."
    )
    assert (one.directive_kind, one.assigned_to) == ("request", "Bộ Công Thương")
    assert one.action == "Chỉ đạo các đơn vị phối hợp, sớm bố trí đủ vốn"


def test_duties_shared_out_without_a_deed_are_no_task() -> None:
    found = directives_of(
        OPENING
        + "Phó Chủ tịch UBND tỉnh yêu cầu các đại biểu góp ý, nghiên cứu quy chế để ban hành và phân công "
        "nhiệm vụ cho từng thành viên."
    )
    assert len(found) == 1


@pytest.mark.parametrize(
    ("told", "who"),
    [
        ("Chủ tịch UBND tỉnh cũng lưu ý các địa phương bố trí cán bộ trực", "các địa phương"),
        ("Yêu cầu Sở Tài chính trước ngày 15/9 tham mưu phương án", "Sở Tài chính"),
        ("Yêu cầu ngành công thương hoàn tất phương án bến bãi", "ngành công thương"),
    ],
)
def test_who_is_told_is_neither_who_tells_nor_by_when(told: str, who: str) -> None:
    body = OPENING + "Phó Chủ tịch UBND tỉnh yêu cầu các sở rà soát dự án chậm. " + told + "."
    assert directives_of(body)[-1].assigned_to == who


@pytest.mark.parametrize(("to", "kind"), [("các xã", "order"), ("UBND tỉnh", "request")])
def test_what_a_department_asks_of_those_below_it_is_an_order(to: str, kind: str) -> None:
    told = f"Bà Lò Thị Mai, Giám đốc Sở Y tế đề nghị {to} rà soát các trạm y tế."
    (one,) = directives_of(OPENING + told)
    assert (one.issued_by, one.assigned_to, one.directive_kind) == ("Lò Thị Mai", to, kind)


def test_a_room_of_an_office_is_told_apart_from_the_rooms_of_houses() -> None:
    body = OPENING + (
        "Phó Chủ tịch UBND tỉnh giao các chi cục rà soát hộ kinh doanh trước ngày 31/8; "
        "Phòng Quản lý nợ phân loại lại các khoản nợ; phòng chống dịch theo phương án đã duyệt."
    )
    assert [(one.assigned_to, one.deadline_on) for one in directives_of(body)] == [
        ("các chi cục", date(2024, 8, 31)),
        ("Phòng Quản lý nợ", None),
    ]


def test_each_task_of_an_order_is_a_row_with_the_whole_sentence() -> None:
    order = (
        "Phó Chủ tịch UBND tỉnh yêu cầu Sở Y tế rà soát các trạm, báo cáo trước ngày 30/9; "
        "giao Ban Quản lý dự án tỉnh đẩy nhanh thi công."
    )
    body = OPENING + order
    first, second = directives_of(body)
    assert (first.issued_by, first.assigned_to, first.deadline_on) == (
        "Ngô Văn Bé",
        "Sở Y tế",
        date(2024, 9, 30),
    )
    assert first.deadline_text == "trước ngày 30/9"
    assert (second.assigned_to, second.deadline_on) == ("Ban Quản lý dự án tỉnh", None)
    for one in (first, second):
        assert body[one.quote_start : one.quote_end] == order


@pytest.mark.parametrize(
    "sentence",
    [
        "Phó Chủ tịch UBND tỉnh lưu ý: Các huyện cần giữ giá chè.",
        "Đồng chí Ngô Văn Bé nhấn mạnh, các huyện phải giữ giá chè.",
        "Ông Bé đề nghị các huyện giữ giá chè.",
    ],
)
def test_the_lead_orders_by_name_by_post_or_by_given_name(sentence: str) -> None:
    (one,) = directives_of(OPENING + sentence)
    assert (one.issued_by, one.assigned_to) == (
        "Ngô Văn Bé",
        "các huyện" if "Các" not in sentence else "Các huyện",
    )


@pytest.mark.parametrize(
    "sentence",
    [
        "Phó Chủ tịch UBND tỉnh nhấn mạnh kết quả đạt được là rất tốt.",
        # words of ordering as nouns, and told of somebody else's time
        "Ông Bé ghi nhận các kiến nghị của huyện và đánh giá cao việc trồng chè.",
        "Theo yêu cầu của Phó Chủ tịch UBND tỉnh, chè được giữ giá.",
        "Trước đó, đồng chí Ngô Văn Bé yêu cầu các huyện giữ giá chè.",
        "Giao các huyện giữ giá chè",
        "Ông Bé ghi nhận công tác chỉ đạo, điều hành của huyện.",
        "UBND tỉnh đã giao các huyện giữ giá chè từ năm ngoái.",
        "Ông Trịnh Bá Đạt, Giám đốc Sở Y tế đề xuất nhiều nội dung, giải pháp giữ giá chè.",
        # a deputy without a name may be anybody
        "Phó Bí thư Tỉnh ủy yêu cầu các huyện giữ giá chè.",
        # a surname
        "Dự có ông Hứa Văn Thắm, Giám đốc Sở Y tế.",
    ],
)
def test_what_binds_nobody_is_no_directive(sentence: str) -> None:
    assert directives_of(OPENING + sentence) == ()


@pytest.mark.parametrize(
    ("sentence", "kind", "by", "to"),
    [
        ("Ông Trịnh Bá Đạt, Giám đốc Sở Y tế đề nghị tỉnh bố trí vốn.", "request", "Trịnh Bá Đạt", "tỉnh"),
        ("UBND huyện Mường Lý kiến nghị Chính phủ hỗ trợ giống chè.", "request", "UBND huyện Mường Lý",
         "Chính phủ"),
        # the lead asks upward, orders downward
        ("Ông Bé đề nghị Bộ Công Thương xem xét bổ sung quy hoạch.", "request", "Ngô Văn Bé",
         "Bộ Công Thương"),
        ("Ông Bé đề nghị Sở Công Thương xem xét bổ sung quy hoạch.", "order", "Ngô Văn Bé",
         "Sở Công Thương"),
        ("Phó Chủ tịch UBND tỉnh Cù Thị Hoài yêu cầu các huyện giữ giá chè.", "order", "Cù Thị Hoài",
         "các huyện"),
        ("Bà Cù Thị Hoài, Bí thư Tỉnh ủy đề nghị các huyện giữ giá chè.", "order", "Cù Thị Hoài",
         "các huyện"),
        ("Sau đó, đoàn công tác đã yêu cầu Công ty Chè Lác khắc phục sự cố.", "order", "đoàn công tác",
         "Công ty Chè Lác"),
        ("Lãnh đạo tỉnh yêu cầu các huyện giữ giá chè.", "order", "Ngô Văn Bé", "các huyện"),
        ("Lãnh đạo huyện đề nghị tỉnh mở chợ chè mới.", "request", "Lãnh đạo huyện", "tỉnh"),
        ("Doanh nghiệp đề nghị tỉnh giảm thuế cho xưởng chè.", "request", "Doanh nghiệp", "tỉnh"),
        ("Đồng chí Ngô Văn Bé khẳng định, tỉnh sẽ mở chợ chè trong quý IV.", "promise", "Ngô Văn Bé", None),
        ("Ông Trịnh Bá Đạt, Giám đốc Công ty Chè cam kết trả lương đúng hạn.", "promise", "Trịnh Bá Đạt",
         None),
    ],
)  # fmt: skip
def test_orders_go_down_requests_go_up_and_promises_bind_the_speaker(
    sentence: str, kind: str, by: str, to: str | None
) -> None:
    (one,) = directives_of(OPENING + sentence)
    assert (one.directive_kind, one.issued_by, one.assigned_to) == (kind, by, to)


def test_what_another_office_will_do_is_no_promise_of_the_speaker() -> None:
    assert directives_of(OPENING + "Đồng chí Ngô Văn Bé cho biết, Chính phủ sẽ ban hành nghị định.") == ()


@pytest.mark.parametrize(
    "sentence",
    [
        "“Các huyện phải giữ giá chè trước 30/9”, ông Bé nhấn mạnh.",
        "“Các huyện phải giữ giá chè trước 30/9” - Phó Chủ tịch UBND tỉnh yêu cầu.",
    ],
)
def test_the_speaker_may_stand_behind_the_words(sentence: str) -> None:
    (one,) = directives_of(OPENING + sentence)
    assert (one.issued_by, one.assigned_to, one.deadline_on) == (
        "Ngô Văn Bé",
        "Các huyện",
        date(2024, 9, 30),
    )
    assert "nhấn mạnh" not in one.action


def test_the_speaker_behind_a_quotation_spoke_all_its_sentences() -> None:
    found = directives_of(
        OPENING
        + "“Các xã phải xong sổ chè trước 30/9. Các huyện phải giữ giá chè ngay trong tháng 8.” - ông Bé nói."
    )
    assert [(one.issued_by, one.assigned_to, one.deadline_on) for one in found] == [
        ("Ngô Văn Bé", "Các xã", date(2024, 9, 30)),
        ("Ngô Văn Bé", "Các huyện", date(2024, 8, 31)),
    ]


def test_the_speaker_behind_a_closed_sentence_is_in_its_paragraph() -> None:
    quotation = "“Các huyện phải giữ giá chè.”"
    (one,) = directives_of(OPENING + quotation + " - ông Bé nhấn mạnh.")
    assert (one.issued_by, one.assigned_to) == ("Ngô Văn Bé", "Các huyện")
    assert directives_of(OPENING + quotation + "\n- Ông Bé nhấn mạnh.") == ()


def test_words_given_according_to_the_lead_bind() -> None:
    (one,) = directives_of(OPENING + "Theo ông Ngô Văn Bé, tỉnh sẽ mở chợ chè trong quý IV.")
    assert (one.directive_kind, one.issued_by) == ("promise", "Ngô Văn Bé")


def test_words_of_somebody_who_was_not_there_bind_nobody() -> None:
    assert directives_of(OPENING + "Theo ông Lò Văn Tư, các huyện phải giữ giá chè.") == ()


def test_one_sentence_may_bind_several_offices() -> None:
    found = directives_of(
        OPENING
        + "Đồng chí Ngô Văn Bé giao Sở Y tế rà soát các trạm, yêu cầu huyện Lác lập phương án trước ngày "
        "20-10; đồng thời giao Sở Tài chính hướng dẫn thủ tục."
    )
    assert [(one.assigned_to, one.deadline_on) for one in found] == [
        ("Sở Y tế", None),
        ("huyện Lác", date(2024, 10, 20)),
        ("Sở Tài chính", None),
    ]


def test_a_list_of_things_is_one_task() -> None:
    (one,) = directives_of(
        OPENING + "Đồng chí Ngô Văn Bé yêu cầu huyện Lác bàn giao mặt bằng cho các dự án như: cầu số 3; "
        "khu nhà ở; bến xe khách."
    )
    assert one.action.endswith("bến xe khách")


def test_tasks_go_on_through_the_paragraph() -> None:
    found = directives_of(
        OPENING + "Đồng chí Ngô Văn Bé yêu cầu các huyện giữ giá chè. Bên cạnh đó, cần tập trung mở chợ mới."
    )
    assert [one.action for one in found] == ["giữ giá chè", "cần tập trung mở chợ mới"]


def test_a_conclusion_goes_on_over_paragraphs_until_somebody_else_speaks() -> None:
    found = directives_of(
        OPENING + "Đồng chí Ngô Văn Bé yêu cầu các huyện giữ giá chè.\n"
        "Sở Y tế khẩn trương rà soát các trạm.\n"
        "Đối với huyện Lác phải xong trước ngày 30/9.\n"
        "Sở Giao thông đã hoàn thành hai cầu.\n"
        "Sở Tài chính khẩn trương cấp vốn."
    )
    assert [one.assigned_to for one in found] == ["các huyện", "Sở Y tế", "huyện Lác"]


def test_tasks_go_on_into_a_paragraph_that_opens_with_a_duty() -> None:
    order = OPENING + "Đồng chí Ngô Văn Bé yêu cầu các huyện giữ giá chè.\n"
    found = directives_of(order + "Đặc biệt, ngành y tế phải xong việc ngay trong tối nay.")
    assert [(one.deadline_text, one.deadline_on) for one in found[1:]] == [
        ("ngay trong tối nay", date(2024, 8, 9))
    ]
    assert len(directives_of(order + "Xưởng chè phải đóng cửa từ tháng 5.")) == 1


def test_a_deputy_is_not_taken_for_the_head_whose_post_the_title_contains() -> None:
    opening = OPENING.replace("Phó Chủ tịch", "Chủ tịch")
    assert directives_of(opening + "Phó Chủ tịch UBND tỉnh yêu cầu các huyện giữ giá chè.") == ()
    assert len(directives_of(opening + "Chủ tịch UBND tỉnh yêu cầu các huyện giữ giá chè.")) == 1

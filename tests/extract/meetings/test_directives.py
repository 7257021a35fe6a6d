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
    ],
)
def test_times_that_bind_nobody_are_no_deadlines(words: str) -> None:
    assert find_deadline(fold(words), Span(0, len(words)), date(2024, 8, 9)) is None


def test_a_deadline_without_reference_keeps_its_words_and_no_day() -> None:
    words = "hoàn thành trước ngày 30/9"
    deadline = find_deadline(fold(words), Span(0, len(words)), None)
    assert deadline is not None
    assert deadline.on is None


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
        # another speaker asks, the lead only praises
        "Ông Trịnh Bá Đạt, Giám đốc Sở Y tế đề nghị tỉnh bố trí vốn.",
        "Phó Chủ tịch UBND tỉnh nhấn mạnh kết quả đạt được là rất tốt.",
        "Huyện đề nghị tỉnh hỗ trợ giống chè.",
        # a deputy's title holds the post of nobody else
        "Phó Chủ tịch UBND tỉnh Cù Thị Hoài yêu cầu các huyện giữ giá chè.",
    ],
)
def test_what_others_ask_and_what_binds_nobody_is_no_directive(sentence: str) -> None:
    assert directives_of(OPENING + sentence) == ()


def test_tasks_go_on_through_the_paragraph() -> None:
    found = directives_of(
        OPENING + "Đồng chí Ngô Văn Bé yêu cầu các huyện giữ giá chè. Bên cạnh đó, cần tập trung mở chợ mới."
    )
    assert [one.action for one in found] == ["giữ giá chè", "Bên cạnh đó, cần tập trung mở chợ mới"]


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

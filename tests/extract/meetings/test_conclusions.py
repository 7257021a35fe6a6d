"""What a meeting came to, in the words of the text."""

from __future__ import annotations

from datetime import date

import pytest

from include.extract.meetings import read_meetings
from include.extract.model import ArticleText

OPENING = "Sáng 9/8, UBND tỉnh tổ chức hội nghị về chè do Bí thư Tỉnh ủy Ngô Văn Bé chủ trì.\n"


def conclusion_of(text: str) -> str | None:
    body = OPENING + text
    (meeting,) = read_meetings(ArticleText("a1", None, body, None, None), date(2024, 8, 10))
    if meeting.conclusion_start is None:
        return None
    return body[meeting.conclusion_start : meeting.conclusion_end]


@pytest.mark.parametrize(
    "sentence",
    [
        "Kết luận hội nghị, đồng chí Ngô Văn Bé nhấn mạnh giá chè phải giữ.",
        "Phát biểu kết luận, Bí thư Tỉnh ủy yêu cầu các huyện giữ giá chè.",
        "Các đại biểu đã thống nhất giữ giá chè đến hết vụ.",
        "100% đại biểu dự kỳ họp biểu quyết thông qua nghị quyết về chè.",
    ],
)
def test_the_sentence_of_the_conclusion_is_given_whole(sentence: str) -> None:
    assert conclusion_of(f"Chè được giá.\n{sentence} Chợ vẫn đông.") == sentence


def test_the_leads_word_goes_before_a_resolution() -> None:
    lead = "Kết luận hội nghị, Bí thư Tỉnh ủy ghi nhận các ý kiến."
    assert conclusion_of(f"Hội nghị nhất trí giữ giá chè.\n{lead}") == lead


@pytest.mark.parametrize(
    "sentence",
    [
        "Đồng chí Ngô Văn Bé phát biểu kết luận hội nghị.",  # without what was said
        "Theo kết luận thanh tra, hai xưởng chè đã yêu cầu hoàn thuế.",
        "Kỳ họp sẽ thông qua nghị quyết về chè.",
        "Dự kiến đại hội bầu Ban Chấp hành.",
        "Tại hội nghị, ông Ngô Văn Bé trình bày tờ trình về việc thông qua đề án chè.",
        "Chè được giá.",
    ],
)
def test_without_a_conclusion_there_is_none(sentence: str) -> None:
    assert conclusion_of(sentence) is None

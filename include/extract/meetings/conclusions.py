"""The sentence in which a meeting comes to its conclusion: what its lead concluded, or what it resolved."""

from __future__ import annotations

import re

from include.extract.cues import Cued
from include.extract.meetings.page import Page
from include.extract.meetings.segments import Segment
from include.extract.text import Span

# "Kết luận hội nghị, đồng chí ... nhấn mạnh ...": a conclusion without a word of what was said is none.
_CONCLUDES = Cued(
    r"(?<!\w)(?:phát biểu\s+(?:chỉ đạo(?:,|\s+và)\s+)?)?kết luận(?!\s+(?:của|thanh tra|kiểm tra|điều tra|số))"
    r"[^.]{0,240}?(?<!\w)(?:nhấn mạnh|yêu cầu|đề nghị|khẳng định|ghi nhận|đánh giá|biểu dương|giao|"
    r"thống nhất|"
    r"cho rằng|cho biết|lưu ý|chỉ đạo|nêu rõ|chỉ rõ|tiếp thu|đồng ý|cảm ơn)(?!\w)"
)
_BODY = (
    r"(?:hội nghị|cuộc họp|phiên họp|kỳ họp|đại hội|hội thảo|buổi làm việc|hai bên|"
    r"(?:các\s+)?(?:đại biểu|thành viên|đồng chí)|hđnd|ban thường vụ|ban chấp hành|ubnd)"
)
_RESOLVES = Cued(
    rf"(?<!\w){_BODY}(?:\s[^.,;:]{{0,60}}?)?\s(?<!việc )(?<!để )(?:đã\s+)?(?:cơ bản\s+)?"
    r"(?:thống nhất(?!\s+chủ trì)|nhất trí|biểu quyết|tán thành|quyết nghị|thông qua|bầu(?!\s+cử))(?!\w)"
)
_TO_COME = re.compile(r"(?<!\w)(?:sẽ|dự kiến)(?!\w)")


def find_conclusion(page: Page, segment: Segment) -> Span | None:
    """Give the sentence with the conclusion: the lead's word before a resolution; null if untold."""
    for rule in (_CONCLUDES, _RESOLVES):
        for sentence in segment.sentences:
            told = rule.search(page.folded, sentence.span.start, sentence.span.end)
            if told is not None and not _TO_COME.search(page.folded, sentence.span.start, told.end()):
                return sentence.span
    return None

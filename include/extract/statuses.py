"""Whether a number tells what was, what is estimated or what is aimed at."""

from __future__ import annotations

import re

from include.extract.periods import Period
from include.extract.timeline import Timeline

_ESTIMATE = re.compile(r"\bước|sơ bộ")
_EXPECTED = re.compile(r"dự kiến|dự báo|dự tính|ước tính")
_TARGET = re.compile(
    r"mục tiêu(?! kép)|phấn đấu|\bsẽ\b|định hướng|quyết tâm|đặt ra|khả năng (?:hoàn thành|đạt)"
    r"|năm tiếp theo|giai đoạn tiếp theo|thời gian tới"
    r"|năm tới|giai đoạn tới|chỉ tiêu (?:đặt ra|đề ra|đến|giao|phấn đấu|năm 20)|kế hoạch (?:đề ra|năm"
    r"|giao|bán|đến|giai đoạn)"
    r"|dự toán (?:giao|năm)|kêu gọi đầu tư|kêu gọi,? (?:thu hút|xúc tiến)|khi (?:dự án |nhà máy "
    r"|công trình |khu công nghiệp )?(?:đi vào|hoàn thành|hoàn thiện|lấp đầy)|đang tham mưu|đề xuất|dự thảo"
)
# "hoàn thành vượt mục tiêu, …": what is spoken of has been reached.
_REACHED = re.compile(r"(?:hoàn thành|vượt|so với|%|chưa đạt)\s(?:\w+\s){0,2}\Z")
_IS_THE_PLAN = re.compile(
    r"(?:kế hoạch|mục tiêu|chỉ tiêu|dự toán)(?:[^,;%]{0,60}\slà|\s?:|\s\(|(?:\sgiao|\snăm)?)\s*(?:\w+\s)?\Z"
)
_AFTER_REFORM = re.compile(r"sau (?:khi )?(?:sắp xếp|sáp nhập|hợp nhất|hình thành)")
_BACK_TO_FACTS = re.compile(r"\bđã\b|hiện(?: nay| có|,)|đến nay|thực tế|trước khi|trong khi")


def _aims(text: str) -> bool:
    """Whether words of aim stand in `text`, other than of an aim that was reached."""
    return any(not _REACHED.search(text[: found.start()]) for found in _TARGET.finditer(text))


def own_status(clause: str, period: Period, timeline: Timeline) -> str | None:
    """The status that the number's own clause (folded, up to the number) tells, else null.

    A time still to come outranks "ước đạt"; "dự kiến" of a time past or running out is an estimate.
    """
    if timeline.is_to_come(period) or _aims(clause) or _IS_THE_PLAN.search(clause):
        return "target"
    if _AFTER_REFORM.search(clause) and not re.search(r"\bđã\b", clause):
        return "target"
    if _ESTIMATE.search(clause) or _EXPECTED.search(clause):
        return "estimate"
    return "actual" if _BACK_TO_FACTS.search(clause) else None


def head_status(head: str) -> str | None:
    """The status that the words introducing a sentence's or list's numbers set for all of them."""
    if _aims(head):
        return "target"
    return "estimate" if _EXPECTED.search(head) else None

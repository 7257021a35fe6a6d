"""Whether a number tells what was, what is estimated or what is aimed at."""

from __future__ import annotations

import re
from functools import lru_cache

from include.extract.cues import Cued
from include.extract.periods import Period
from include.extract.timeline import Timeline

_ESTIMATE = Cued(r"\bước|sơ bộ")
# "Ước đến cuối tháng 8, …": an estimate that opens a sentence is for all its numbers.
_OPENS_ESTIMATE = re.compile(r"(?:[-+*]\s*)?ước (?:đến|tính|thực hiện|cả|năm|trong|quý|tháng|\d)")
# "Dự ước cả năm, … sẽ tăng 8%": for a time running out.
_SOON = Cued(r"\b(?:dự ước|ước|dự kiến|dự báo)\b[^;]*\bsẽ\s(?:tăng|giảm|đạt)\b")
_EXPECTED = Cued(r"dự kiến|dự báo|dự tính|ước tính")
_TARGET = re.compile(
    r"mục tiêu(?<!chương trình mục tiêu)(?<!ctr mục tiêu)(?<!ct mục tiêu)(?<!phục vụ mục tiêu)"
    r"(?<!giữ vững mục tiêu)(?<!bám sát mục tiêu)"
    r"(?! kép| quốc gia| chương trình)|phấn đấu|sẽ\b(?<!\wsẽ)"
    r"|định hướng|quyết tâm|đặt ra|khả năng (?:hoàn thành|đạt)"
    r"|năm tiếp theo|giai đoạn tiếp theo|thời gian tới"
    r"|năm tới|giai đoạn tới|thống nhất (?:các )?(?:mức|chỉ tiêu|mục tiêu)"
    r"|chỉ tiêu(?<!thực hiện chỉ tiêu)(?<!thực hiện các chỉ tiêu)(?<!kết quả các chỉ tiêu)"
    r"(?<!nhiều chỉ tiêu) (?:[^\W\d]+ ){0,4}?"
    r"(?:đặt ra|đề ra|đến|giao|phấn đấu|năm 20\d\d)(?!(?: \w+)? (?:đều|đã|đạt|hoàn thành))"
    r"|(?:đề ra|đặt ra|xác định|giao|thông qua) (?:[^\W\d]+ ){0,4}?(?:chỉ tiêu|mục tiêu)"
    r"|kế hoạch (?:đề ra|năm|giao|bán|đến|giai đoạn)"
    r"|dự toán (?:giao|năm)|giao (?:dự toán|kế hoạch|chỉ tiêu|thu|nhiệm vụ thu)|nhiệm vụ thu"
    r"|kêu gọi đầu tư|kêu gọi,? (?:thu hút|xúc tiến)|khi (?:dự án |nhà máy "
    r"|công trình |khu công nghiệp )?(?:đi vào|hoàn thành|hoàn thiện|lấp đầy)|đang tham mưu|đề xuất|dự thảo"
)
_AIM_WORDS = (
    "mục tiêu", "phấn đấu", "sẽ", "định hướng", "quyết tâm", "đặt ra", "khả năng", "tiếp theo", "tới",
    "chỉ tiêu", "kế hoạch", "dự toán", "giao ", "nhiệm vụ thu", "kêu gọi", "khi ", "tham mưu", "đề xuất",
    "dự thảo", "thống nhất",
)  # fmt: skip
# "hoàn thành vượt mục tiêu, …": what is spoken of has been reached.
_REACHED = re.compile(
    r"(?:hoàn thành|đảm bảo|bảo đảm|vượt|so với|%|chưa đạt"
    r"|tiến độ|(?<!phấn đấu )(?<!quyết tâm )(?<!để )(?<!nhằm )đạt"
    r"|hụt|bằng)\s(?:\w+\s){0,4}\Z"
)
_IS_THE_PLAN = Cued(
    r"(?:kế hoạch|mục tiêu|chỉ tiêu|dự toán)(?:[^,;%]{0,60}\slà|\s?:|\s\(|(?:\sgiao|\snăm)?)\s*(?:\w+\s)?\Z"
    r"|(?:kế hoạch|chỉ tiêu|dự toán|mục tiêu|nghị quyết)[^();%]{0,120}"
    r"\(\s*(?:tăng|giảm)?\s*(?:gần|hơn|trên|khoảng)?\s*\Z"
    r"|\((?:kế hoạch|mục tiêu|chỉ tiêu|dự toán|kh|nq)(?:\s\w+){0,3}\s\Z"
)
_FOLLOW = re.compile(
    r"cụ thể|như sau|sau đây|\bgồm\b|chủ yếu|:\s*\Z|(?:mục tiêu|chỉ tiêu|phấn đấu)[^.;:]{0,60}:"
)
_AFTER_REFORM = Cued(r"sau (?:khi )?(?:sắp xếp|sáp nhập|hợp nhất|hình thành)")
_BACK_TO_FACTS = Cued(
    r"(?<!xã )(?<!huyện )(?<!đơn vị )(?<!dự án )(?<!vùng )\bđã\b|hiện(?: nay| có|,)|đến nay|thực tế"
    r"|trước khi|trong khi|khối lượng thực hiện|thực hiện (?:được|đạt)|vốn giải ngân|giải ngân (?:được|đạt)"
)


@lru_cache(maxsize=16)  # one sentence's words are asked about again for its list, its aims and its numbers
def _aims(text: str) -> bool:
    """Whether words of aim stand in `text`, other than of an aim that was reached."""
    for word in _AIM_WORDS:
        if word in text:
            break
    else:
        return False  # the pattern is long, and most clauses hold none of its words
    for found in _TARGET.finditer(text):  # noqa: SIM110 - a generator costs more than the few turns
        if not _REACHED.search(text[: found.start()]):
            return True
    return False


_UNTIL_NOW = Cued(r"\b(?:đến nay|tới nay|hiện nay|hiện tại|thực tế)\b")


def own_status(clause: str, period: Period, timeline: Timeline) -> str | None:
    """The status that the number's own clause (folded, up to the number) tells, else null.

    A time still to come outranks "ước đạt"; "dự kiến" of a time past or running out is an estimate.
    """
    if period.start is not None and not timeline.is_to_come(period) and _SOON.search(clause):
        return "estimate"
    if (now := list(_UNTIL_NOW.finditer(clause))) and not timeline.is_to_come(period):
        # "Với quyết tâm cao, …, đến nay xã đạt …": the aim is what moved them, not what is told.
        clause = clause[now[-1].start() :]
    if timeline.is_to_come(period) or _aims(clause) or _IS_THE_PLAN.search(clause):
        return "target"
    if _AFTER_REFORM.search(clause) and not re.search(r"\bđã\b", clause):
        return "target"
    if _ESTIMATE.search(clause) or _EXPECTED.search(clause):
        return "estimate"
    return "actual" if _BACK_TO_FACTS.search(clause) else None


def announces_aims(words: str, *, dated: bool) -> bool:
    """Whether a sentence without numbers tells that aims follow: for a time, or "như sau", "cụ thể"."""
    return _aims(words) and (dated or bool(_FOLLOW.search(words)))


def enumerates(words: str) -> bool:
    """Whether a sentence opens a list of aims, which the next paragraphs may go on with."""
    return bool(_FOLLOW.search(words)) and _aims(words)


def head_status(head: str) -> str | None:
    """The status that the words introducing a sentence's or list's numbers set for all of them."""
    if _aims(head):
        return "target"
    return "estimate" if _EXPECTED.search(head) or _OPENS_ESTIMATE.match(head) else None

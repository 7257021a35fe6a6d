"""Who held a meeting and where: read from the sentence that introduces it."""

from __future__ import annotations

import re

from include.extract.cues import Cued
from include.extract.meetings.page import Page
from include.extract.meetings.segments import Segment
from include.extract.meetings.wording import OFFICE, QUOTED, printed

_HOLDS = Cued(
    rf"(?<!\w)(?<!tại )(?P<host>{OFFICE}(?!\w)(?:[^.;:\"()]|\([^()]{{1,40}}\)){{0,140}}?)\s+"
    r"(?:(?:đã|vừa|cùng|long trọng)\s+)*"
    r"(?:(?:chủ trì,?\s+)?phối hợp\s+[^.;:\"]{3,160}?\s+)?(?:tổ chức|khai mạc|tiến hành|họp|mở|"
    r"triệu tập)(?!\w)"
)
_NEXT_OFFICE = re.compile(rf",\s+(?={OFFICE}(?!\w))")
_HELD_OF = re.compile(
    rf"[^.;:,\"]{{0,120}}?\s(?:của|do)\s+(?P<host>{OFFICE}(?!\w)[^.;:,\"()]{{0,100}}?)"
    r"(?=\s+(?:tổ chức|phối hợp|chủ trì|vào|sáng|chiều|tối|ngày|đã|diễn ra|về)|[,;.]|\Z)"
)


# "Đoàn giám sát của HĐND tỉnh [do ông ... làm trưởng đoàn] đã làm việc": who does it holds it.
_SUBJECT_OFFICE = re.compile(
    rf"(?P<host>(?:đoàn (?:công tác|giám sát|kiểm tra)|{OFFICE})(?!\w)[^.;:,\"()]{{0,100}}?)"
    r"(?:\s+do\s[^.;:\"]{3,240})?\s*(?:(?:đã|vừa|có|đến|tiến hành)\s+)*\Z"
)


def _behind_commas(page: Page, start: int, end: int) -> int:
    """Where the subject of a sentence begins, behind the day and place that open it."""
    while start < end and page.folded[start] in " ,.:()-":
        start += 1
    place = re.compile(r"tại\s[^,;:]{2,80},\s*").match(page.folded, start, end)
    return start if place is None else place.end()


# 'Hội nghị trực tuyến về "...", do Bộ Y tế tổ chức': behind a title in quotes.
_ORGANIZED_BY = re.compile(
    rf"[^.;:]{{0,240}}?,?\s+do\s+(?P<host>{OFFICE}(?!\w)[^.;:,\"()]{{0,100}}?)\s+(?:tổ chức|phối hợp)"
)


def find_host(page: Page, segment: Segment) -> str | None:
    """Give who held the meeting: the office that "tổ chức" it, or whose meeting it is; null if unsaid."""
    sentence, event = segment.anchor, segment.event
    start = max((day.end for day in sentence.days if day.end <= event.start), default=sentence.span.start)
    holds = list(_HOLDS.finditer(page.folded, start, min(event.end + 1, sentence.span.end)))
    if holds:
        start, end = holds[0].span("host")
        while (comma := _NEXT_OFFICE.search(page.folded, start, end)) is not None:
            start = comma.end()
        text = printed(page, start, end)
        if text and not re.search(r"chủ trì|làm trưởng|tại ", text.casefold()):
            return text
    subject = _SUBJECT_OFFICE.match(page.folded, _behind_commas(page, start, event.start), event.start)
    if event.is_verb and subject is not None:
        return printed(page, subject.start("host"), subject.end("host"))
    quoted = QUOTED.match(page.folded, event.end, sentence.span.end)
    behind = event.end if quoted is None else quoted.end()
    after = _HELD_OF.match(page.folded, behind, sentence.span.end) or _ORGANIZED_BY.match(
        page.folded, behind, sentence.span.end
    )
    if after is not None:
        return printed(page, after.start("host"), after.end("host"))
    return None


_PLACE = Cued(
    r"(?<!\w)tại\s+(?P<place>(?:trung tâm|hội trường|trụ sở|nhà|phòng họp|văn phòng|tp|thành phố|tỉnh|"
    r"huyện|thị xã|xã|phường|"
    r"thị trấn|thủ đô|khách sạn|khu|cụm|công ty|trường|điểm cầu|ubnd|tỉnh ủy|hà nội|đà nẵng|cửa khẩu|cảng|"
    r"nhà máy)"
    r"(?!\w)[^,.;:()\n\"]{0,80}?|[^\W\d_]\S*\s[^,.;:()\n\"]{2,40}?)(?=\s*[,.;:()\n\"]|\s+(?:đã|với|do|dưới|"
    r"diễn ra|tổ chức|thu hút|nhằm|cho|đến|tiếp|làm|về|vào|sáng|chiều|có|để|nhằm)\s|\Z)"
)
_NO_PLACE = re.compile(
    r"(?:hội nghị|cuộc|buổi|phiên|kỳ|hội thảo|diễn đàn|tọa đàm|lễ|đây|địa phương|đại hội|các|nghị|quyết|kế)"
)


def find_location(page: Page, segment: Segment) -> str | None:
    """Give where the meeting was held as worded in the sentence that introduces it, null if unsaid."""
    span = segment.anchor.span
    for found in _PLACE.finditer(page.folded, span.start, span.end):
        if (
            _NO_PLACE.match(found["place"])
            or not page.body[found.start("place") : found.end("place")].strip()
        ):
            continue
        text = printed(page, found.start("place"), found.end("place"))
        if text and any(c.isupper() for c in text):
            return text
    return None

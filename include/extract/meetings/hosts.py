"""Who held a meeting and where: read from the sentence that introduces it."""

from __future__ import annotations

import re

from include.extract.cues import Cued
from include.extract.meetings.events import EventMention
from include.extract.meetings.page import Page, Sentence
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


_AT_A_PLACE = re.compile(r"tại\s[^,;:]{2,80},\s*")


def _behind_commas(page: Page, start: int, end: int) -> int:
    """Where the subject of a sentence begins, behind the day and place that open it."""
    while start < end and page.folded[start] in " ,.:()-":
        start += 1
    place = _AT_A_PLACE.match(page.folded, start, end)
    return start if place is None else place.end()


# 'Hội nghị trực tuyến về "...", do Bộ Y tế tổ chức': behind a title in quotes.
_ORGANIZED_BY = re.compile(
    rf"[^.;:]{{0,240}}?,?\s+do\s+(?P<host>{OFFICE}(?!\w)[^.;:,\"()]{{0,100}}?)\s+(?:tổ chức|phối hợp)"
)


# "kỳ họp thứ 7 HĐND tỉnh khóa XII", "phiên họp UBND tỉnh thường kỳ": the body whose meeting it is.
_OWN_KINDS = frozenset({"session", "meeting"})
_OWN_MEETING = re.compile(
    r"(?:\s+(?:(?:lần\s+)?thứ\s+\S+|thường kỳ|chuyên đề|bất thường))*,?\s+(?P<host>(?:hđnd|"
    r"hội đồng nhân dân|ubnd|"
    r"ủy ban nhân dân|quốc hội|chính phủ|ban chỉ đạo|ban tổ chức|ban chấp hành|ban thường vụ|tỉnh ủy|"
    r"thành ủy)(?!\w)"
    r"[^.;:,\"()]{0,60}?)(?=\s+(?:khóa|nhiệm kỳ|thường kỳ|lần|tháng|đã|lễ|về|để|vào|sáng|chiều|diễn ra|"
    r"khai mạc)"
    r"(?!\w)|\s*[,.;:()]|\s*\Z)"
)


def find_host(page: Page, segment: Segment) -> str | None:
    """Give who held the meeting: the office that "tổ chức" it, or whose meeting it is; null if unsaid.

    Where the sentence that introduces it tells none, another that reports the same kind of meeting may.
    """
    told = ((segment.anchor, segment.event),)
    again = (
        (sentence, event)
        for sentence in segment.sentences
        for event in sentence.events
        if event.is_reported and event.kind == segment.event.kind and event is not segment.event
    )
    hosts = (_host_in(page, sentence, event) for sentence, event in (*told, *again))
    return next((host for host in hosts if host is not None), None)


def _host_in(page: Page, sentence: Sentence, event: EventMention) -> str | None:
    start = max((day.end for day in sentence.days if day.end <= event.start), default=sentence.span.start)
    return _holder(page, sentence, event, start) or _holder_behind(page, sentence, event)


def _holder(page: Page, sentence: Sentence, event: EventMention, start: int) -> str | None:
    """The office before the event that "tổ chức" it, or whose deed it is."""
    holds = next(_HOLDS.finditer(page.folded, start, min(event.end + 1, sentence.span.end)), None)
    if holds is not None:
        begin, end = holds.span("host")
        while (comma := _NEXT_OFFICE.search(page.folded, begin, end)) is not None:
            begin = comma.end()
        text = printed(page, begin, end)
        if text and not re.search(r"chủ trì|làm trưởng|tại ", text.casefold()):
            return text
    goes_there = event.is_verb or page.folded.endswith("có ", 0, event.start)
    subject = _SUBJECT_OFFICE.match(page.folded, _behind_commas(page, start, event.start), event.start)
    return None if subject is None or not goes_there else printed(page, *subject.span("host"))


def _holder_behind(page: Page, sentence: Sentence, event: EventMention) -> str | None:
    """The office behind the event: "hội nghị của UBND tỉnh", "hội thảo “...” do Bộ Y tế tổ chức"."""
    quoted = QUOTED.match(page.folded, event.end, sentence.span.end)
    behind = event.end if quoted is None else quoted.end()
    if event.kind in _OWN_KINDS:
        own = _OWN_MEETING.match(page.folded, event.end, sentence.span.end)
        if own is not None:
            return printed(page, *own.span("host"))
    for pattern in (_HELD_OF, _ORGANIZED_BY):
        after = pattern.match(page.folded, behind, sentence.span.end)
        if after is not None:
            return printed(page, *after.span("host"))
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

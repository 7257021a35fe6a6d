"""One article prepared for the rules of this room: sentences with their days, people and meetings."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from include.extract.calendar import DayMention, find_days
from include.extract.meetings.events import EventMention, find_events
from include.extract.model import ArticleText
from include.extract.people import PersonMention, find_people
from include.extract.reported_years import YearEvidence, reported_years
from include.extract.text import Span, fold, paragraphs, sentences, without_inner_stops


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence; `paragraph` counts from 0."""

    span: Span
    paragraph: int
    days: tuple[DayMention, ...]
    people: tuple[PersonMention, ...]
    events: tuple[EventMention, ...]


@dataclass(frozen=True)
class Page:
    """The article read sentence by sentence.

    folded: `text.fold` of the body, same offsets, without the stops that end no sentence.
    """

    article: ArticleText
    body: str
    folded: str
    folded_title: str
    sentences: tuple[Sentence, ...]

    @cached_property
    def years(self) -> list[YearEvidence]:
        """The years that title and body report on; read only where a date needs them."""
        return reported_years(self.folded_title + "\n" + self.folded)

    def folded_of(self, sentence: Sentence) -> str:
        """The sentence in folded spelling."""
        return self.folded[sentence.span.start : sentence.span.end]


# Every noun and verb of a meeting has one of these in it: an article without them is done at once.
_TRIGGERS = (
    "họp", "làm việc", "hội nghị", "hội thảo", "tọa đàm", "diễn đàn", "tiếp", "gặp", "kiểm tra", "khảo sát",
    "giám sát", "thị sát", "lễ ", "đại hội", "đối thoại", "phiên", "hội kiến", "giao ban", "thẩm tra",
    "báo cáo", "khai mạc", "thăm", "chiêu đãi", "buổi lễ", "chào xã giao",
)  # fmt: skip
_DELEGATION = re.compile(r"đoàn\s+(?:công tác|giám sát|kiểm tra|khảo sát|đại biểu|lãnh đạo)[^.;:\"]{0,160}\Z")
_OFFICE_MEETS = re.compile(
    r"(?:ubnd|hđnd|ủy ban|ban|thường trực|thường vụ|tỉnh ủy|thành ủy|huyện ủy|đảng ủy|chính phủ|quốc hội|"
    r"hội đồng|"
    r"bộ|sở|tổ công tác|lãnh đạo|tiểu ban)\b[^.;:\"]{0,90}\Z"
)
# "Sáng 5/4, Bảo tàng ... đã vinh dự đón tiếp Đại sứ": any body may receive a guest.
_HOST_RECEIVES = re.compile(
    r",\s+[^.;:,\"]{3,80}\s(?:đã\s+)?(?:vinh dự|long trọng|trân trọng)\s+(?:đón\s+)?\Z"
)
# "Làm việc với ..., Thứ trưởng ... yêu cầu": who opens the report by a deed stands behind it.
_DOES_BEHIND = re.compile(
    r"\s*(?:đã\s+|cũng\s+)?(?:yêu cầu|đề nghị|nhấn mạnh|cho biết|khẳng định|chỉ đạo|giao|ghi nhận)"
)
_ADVERBS_LENGTH = 24  # "đã trực tiếp đi "
# What an office holds without a person named for it; "Công an tỉnh kiểm tra 40 cơ sở" is its daily work.
_OFFICES_HOLD = frozenset({"meeting", "working_session", "reception", "dialogue"})
_OTHER_DEED = re.compile(
    r"(?<!\w)(?:yêu cầu|đề nghị|giao|(?<!ban )chỉ đạo|phối hợp|tăng cường|cho biết|nhấn mạnh|việc)(?!\w)"
)


def _has_subject(
    folded: str, span: Span, event: EventMention, people: list[PersonMention], *, needs_person: bool
) -> bool:
    """Whether somebody stands before a verb who can have held the meeting.

    needs_person: without a day only a person with a post will do; what an office does may be its work.
    """
    before = folded[span.start : event.start]
    person = next((one for one in reversed(people) if one.finish <= event.start), None)
    if person is not None:
        gap = folded[person.finish : event.start]
        if len(gap) <= 60 and not re.search(r"[;:\"“]", gap) and not _OTHER_DEED.search(gap):
            return not needs_person or (person.title is not None and len(gap) <= _ADVERBS_LENGTH)
    if _DELEGATION.search(before) and not _OTHER_DEED.search(before):
        return True
    if not before.strip(' -"*•(') and event.kind in _OFFICES_HOLD:
        return any(one.title and _DOES_BEHIND.match(folded, one.finish) for one in people)
    is_citizens = folded.startswith(("tiếp công dân", "tiếp xúc cử tri"), event.start)
    if event.kind not in _OFFICES_HOLD or _OTHER_DEED.search(before) or (needs_person and not is_citizens):
        return False
    if _OFFICE_MEETS.search(before):
        return True
    return event.kind == "reception" and _HOST_RECEIVES.search(before) is not None


# No sentence of prose is longer; what is comes from a table or a damaged page, has no meeting told in it,
# and would cost time with the square of its length. Calibrated: the longest of the labelled articles has
# 1,341 code points.
_LONGEST_SENTENCE = 4000


def _events_of(folded: str, span: Span, days: list[DayMention], opens: bool) -> list[EventMention]:
    text = folded[span.start : span.end]
    for word in _TRIGGERS:
        if word in text:
            return find_events(folded, span, days, opens=opens)
    return []


def _days_by_sentence(folded: str, spans: list[Span]) -> list[list[DayMention]]:
    """The days of each of the spans, which are in order and do not overlap; days elsewhere are left."""
    days: list[list[DayMention]] = [[] for _ in spans]
    starts = [span.start for span in spans]
    for day in find_days(folded):
        at = bisect_right(starts, day.start) - 1
        if at >= 0 and day.start < spans[at].end:
            days[at].append(day)
    return days


def read_page(article: ArticleText) -> Page | None:
    """Prepare an article; null where nothing in it can stand for a meeting."""
    body = article.body
    folded = fold(body)
    if not any(word in folded for word in _TRIGGERS):
        return None
    places = [
        (number, span)
        for number, paragraph in enumerate(paragraphs(body))
        for span in sentences(body, paragraph)
        if span.end - span.start <= _LONGEST_SENTENCE
    ]
    folded = without_inner_stops(folded, [span for _, span in places])
    days = _days_by_sentence(folded, [span for _, span in places])
    events = [_events_of(folded, span, days[at], opens=at == 0) for at, (_, span) in enumerate(places)]
    if not any(events):
        return None
    read = []
    for at, (number, span) in enumerate(places):
        people = find_people(body, folded, span)
        needs_person = at == 0 and not days[at]
        held = [
            one
            for one in events[at]
            if not one.is_verb or _has_subject(folded, span, one, people, needs_person=needs_person)
        ]
        read.append(Sentence(span, number, tuple(days[at]), tuple(people), tuple(held)))
    if not any(sentence.events for sentence in read):
        return None
    return Page(article, body, folded, fold(article.title or ""), tuple(read))

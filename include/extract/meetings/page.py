"""One article prepared for the rules of this room: sentences with their days, people and meetings."""

from __future__ import annotations

import re
from dataclasses import dataclass

from include.extract.calendar import DayMention, YearEvidence, find_days, reported_years
from include.extract.meetings.events import EventMention, find_events
from include.extract.model import ArticleText
from include.extract.people import PersonMention, find_people
from include.extract.text import Span, fold, paragraphs, sentences


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence; `paragraph` counts from 0."""

    span: Span
    paragraph: int
    days: tuple[DayMention, ...]
    people: tuple[PersonMention, ...]
    events: tuple[EventMention, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """The article read sentence by sentence. folded: `text.fold` of the body, same offsets."""

    article: ArticleText
    body: str
    folded: str
    folded_title: str
    sentences: tuple[Sentence, ...]
    years: tuple[YearEvidence, ...]

    def folded_of(self, sentence: Sentence) -> str:
        """The sentence in folded spelling."""
        return self.folded[sentence.span.start : sentence.span.end]


# Every noun and verb of a meeting has one of these in it: an article without them is done at once.
_TRIGGERS = (
    "họp", "làm việc", "hội nghị", "hội thảo", "tọa đàm", "diễn đàn", "tiếp", "gặp", "kiểm tra", "khảo sát",
    "giám sát", "thị sát", "lễ ", "đại hội", "đối thoại", "phiên", "hội kiến", "giao ban",
)  # fmt: skip
_DELEGATION = re.compile(r"đoàn\s+(?:công tác|giám sát|kiểm tra|khảo sát|đại biểu|lãnh đạo)[^.;:\"]{0,160}\Z")
_OFFICE_MEETS = re.compile(
    r"(?:ubnd|hđnd|ủy ban|ban|thường trực|thường vụ|tỉnh ủy|thành ủy|huyện ủy|đảng ủy|chính phủ|quốc hội|"
    r"hội đồng|"
    r"bộ|sở|tổ công tác|lãnh đạo|tiểu ban)\b[^.;:\"]{0,90}\Z"
)
_OTHER_DEED = re.compile(
    r"(?<!\w)(?:yêu cầu|đề nghị|giao|(?<!ban )chỉ đạo|phối hợp|tăng cường|cho biết|nhấn mạnh|việc)(?!\w)"
)


def _has_subject(folded: str, span: Span, event: EventMention, people: list[PersonMention]) -> bool:
    """Whether somebody stands before a verb who can have held the meeting."""
    before = folded[span.start : event.start]
    person = next((one for one in reversed(people) if one.finish <= event.start), None)
    if person is not None:
        gap = folded[person.finish : event.start]
        if len(gap) <= 60 and not re.search(r"[;:\"“]", gap) and not _OTHER_DEED.search(gap):
            return True
    if _DELEGATION.search(before) and not _OTHER_DEED.search(before):
        return True
    return event.kind == "meeting" and bool(_OFFICE_MEETS.search(before)) and not _OTHER_DEED.search(before)


def _read_sentence(body: str, folded: str, span: Span, paragraph: int) -> Sentence:
    days = find_days(folded, span.start, span.end)
    people = find_people(body, folded, span)
    text = folded[span.start : span.end]
    if not any(word in text for word in _TRIGGERS):
        return Sentence(span, paragraph, tuple(days), tuple(people), ())
    events = [
        event
        for event in find_events(folded, span, days)
        if not event.is_verb or _has_subject(folded, span, event, people)
    ]
    return Sentence(span, paragraph, tuple(days), tuple(people), tuple(events))


def read_page(article: ArticleText) -> Page | None:
    """Prepare an article; null where no word in it can stand for a meeting."""
    body = article.body
    folded = fold(body)
    if not any(word in folded for word in _TRIGGERS):
        return None
    folded_title = fold(article.title or "")
    read = [
        _read_sentence(body, folded, span, number)
        for number, paragraph in enumerate(paragraphs(body))
        for span in sentences(body, paragraph)
    ]
    if not any(sentence.events for sentence in read):
        return None
    years = reported_years(folded_title + "\n" + folded)
    return Page(article, body, folded, folded_title, tuple(read), tuple(years))

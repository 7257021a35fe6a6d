"""Which meetings an article reports, and which of its sentences belong to each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from include.extract.calendar import DayMention, resolve_day
from include.extract.meetings.events import EventMention
from include.extract.meetings.page import Page, Sentence


@dataclass(frozen=True, slots=True)
class Segment:
    """One reported meeting: the sentence and event that introduce it, and the sentences about it."""

    anchor: Sentence
    event: EventMention
    sentences: tuple[Sentence, ...]
    is_first: bool


# A report names its meeting at its head; further down a meeting is background, unless it is dated to
# the days before publication.
_HEAD_PARAGRAPHS = 3
_HEAD_LENGTH = 1500
_FRESH = timedelta(days=10)
# Older than this on the day of publication, a meeting is remembered, not reported.
_STALE = timedelta(days=60)
# A sentence that opens so tells what was before the story, or sums up a longer time.
_LOOKS_BACK = re.compile(
    r"\W*(?:trước đó|trước đây|(?:trong\s+)?(?:năm|quý|giai đoạn|những năm|nhiều năm|thời gian qua|"
    r"nhiệm kỳ)\b|"
    r"(?:trong\s+)?\d+\s+(?:tháng|năm)\b|hàng năm|hằng năm)"
)
_NEXT_MEETING = re.compile(
    r"\W*(?:trước đó|sau đó|tiếp đó|tiếp theo|cùng ngày|cũng trong|"
    r"(?:buổi\s+)?(?:sáng|chiều|tối)\s+cùng ngày|cùng thời gian|"
    r"[^.;:\"]{0,60}?(?<!\w)(?:sáng|chiều|tối)\s+cùng ngày|"
    r"trong khuôn khổ|tiếp tục chương trình|trong chương trình|(?:trước|sau|kết thúc)\s+(?:buổi|cuộc|"
    r"hội nghị|khi))"
)


# "Buổi chiều cùng ngày, Đoàn giám sát làm việc với ...": who leads it was said before.
_DELEGATION = re.compile(r"(?<!\w)đoàn(?:\s+(?:công tác|giám sát|kiểm tra|khảo sát))?(?!\w)")


def event_day(sentence: Sentence, event: EventMention) -> DayMention | None:
    """The day that dates an event in its sentence: the one nearest to it that bounds nothing."""
    days = [day for day in sentence.days if day.bound is None]
    if not days:
        return None
    # "hôm nay 4/7 (chiều cùng ngày theo giờ Việt Nam)": a day of its own dates before one that refers back.
    return min(
        days,
        key=lambda day: (
            day.is_same_day,
            day.start > event.end + 200,
            abs(day.start - event.start),
            day.start,
        ),
    )


def _date_of(page: Page, sentence: Sentence, event: EventMention, published_on: date | None) -> date | None:
    day = event_day(sentence, event)
    return None if day is None else resolve_day(day, published_on, page.years)


def _is_remembered(page: Page, sentence: Sentence, event: EventMention, published_on: date | None) -> bool:
    held = _date_of(page, sentence, event, published_on)
    if held is None or published_on is None:
        return False
    return held > published_on or published_on - held > _STALE


def _is_head(sentence: Sentence) -> bool:
    return sentence.paragraph <= _HEAD_PARAGRAPHS and sentence.span.start <= _HEAD_LENGTH


def _first_anchor(page: Page, published_on: date | None) -> tuple[int, EventMention] | None:
    references: list[tuple[int, EventMention]] = []
    for number, sentence in enumerate(page.sentences):
        if _LOOKS_BACK.match(page.folded, sentence.span.start):
            continue
        for event in sentence.events:
            if _is_remembered(page, sentence, event, published_on):
                continue
            if event.is_reported and (_is_head(sentence) or _is_fresh(page, sentence, event, published_on)):
                return _earlier_reference(references, event) or (number, event)
            if event.is_reference:
                references.append((number, event))
    return _by_references(page, references)


# "Tại buổi gặp mặt, UBND tỉnh đã thông tin ...": the office that held it speaks.
_OFFICE_TELLS = re.compile(
    r"\s*,\s*(?:lãnh đạo\s+)?(?:ubnd|hđnd|tỉnh ủy|thành ủy|bộ|sở|ban|cục)\s[^.;:,\"]{0,80}?"
    r"(?:thông tin|báo cáo|công bố|thông báo|trình bày|cho biết)(?!\w)"
)


def office_tells(page: Page, event: EventMention) -> bool:
    """Whether the office that held a meeting is told to speak at it."""
    return _OFFICE_TELLS.match(page.folded, event.end) is not None


def _earlier_reference(
    references: list[tuple[int, EventMention]], event: EventMention
) -> tuple[int, EventMention] | None:
    same = [one for one in references if one[1].kind == event.kind]
    return same[0] if same else None


def _is_fresh(page: Page, sentence: Sentence, event: EventMention, published_on: date | None) -> bool:
    held = _date_of(page, sentence, event, published_on)
    return held is not None and published_on is not None and published_on - held <= _FRESH


def _by_references(page: Page, references: list[tuple[int, EventMention]]) -> tuple[int, EventMention] | None:
    """A meeting that the text never introduces but reports from: somebody named speaks at it in the head."""
    head = [(number, event) for number, event in references if _is_head(page.sentences[number])]
    if not head:
        return None
    number, event = head[0]
    named = any(page.sentences[at].people or office_tells(page, one) for at, one in head)
    return (number, event) if named or len(references) >= 2 else None


def _other_part_of_day(page: Page, sentence: Sentence, first: EventMention) -> bool:
    """Whether a sentence goes on to another part of the day than the one that dates the first meeting."""
    told = next((one for one in page.sentences if first in one.events), None)
    before = None if told is None else event_day(told, first)
    later = next((day.session for day in sentence.days if day.is_same_day), None)
    return before is not None and None not in (before.session, later) and before.session != later


def _starts_another(page: Page, sentence: Sentence, first: EventMention, first_on: date | None,
                    published_on: date | None) -> EventMention | None:  # fmt: skip
    """The event with which a further meeting begins in this sentence, null where it is the same one."""
    opens = _NEXT_MEETING.match(page.folded, sentence.span.start) is not None
    # "* Chiều 7/2, ông ... chủ trì cuộc họp": a report of its own under one headline.
    is_apart = page.body[sentence.span.start] == "*"
    for event in sentence.events:
        if (
            not event.is_reported
            or (event.is_reference and not (opens or is_apart))
            or _is_remembered(page, sentence, event, published_on)
        ):
            continue
        held = _date_of(page, sentence, event, published_on)
        if held is not None and first_on is not None and abs(held - first_on) > _FRESH:
            continue
        other_day = held is not None and first_on is not None and held != first_on
        somebody = sentence.people or _DELEGATION.search(page.folded, sentence.span.start, event.start)
        other_kind = event.kind != first.kind or _other_part_of_day(page, sentence, first)
        if (opens and other_kind and somebody) or (other_day and _is_head(sentence)):
            return event
        if is_apart and somebody:
            return event
    return None


def find_segments(page: Page, published_on: date | None) -> list[Segment]:
    """Give the meetings that the article reports, in the order of the text; none where it reports none."""
    start = _first_anchor(page, published_on)
    if start is None:
        return []
    number, event = start
    first_on = _date_of(page, page.sentences[number], event, published_on)
    starts = [start]
    for at in range(number + 1, len(page.sentences)):
        another = _starts_another(page, page.sentences[at], starts[-1][1], first_on, published_on)
        if another is not None:
            starts.append((at, another))
    cuts = [0, *(at for at, _ in starts[1:]), len(page.sentences)]
    return [
        Segment(page.sentences[at], one, page.sentences[cuts[i] : cuts[i + 1]], is_first=i == 0)
        for i, (at, one) in enumerate(starts)
    ]

"""The meetings that one article reports, with their people and tasks."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from include.extract.calendar import DayMention, resolve_day, resolve_end
from include.extract.cues import Cued
from include.extract.meetings.conclusions import find_conclusion
from include.extract.meetings.directives import find_directives
from include.extract.meetings.hosts import find_host, find_location
from include.extract.meetings.likeness import find_likeness
from include.extract.meetings.offices import with_posts
from include.extract.meetings.page import Page, read_page
from include.extract.meetings.roles import find_participants
from include.extract.meetings.segments import Segment, event_day, find_segments, office_tells
from include.extract.meetings.topics import find_topic
from include.extract.model import ArticleText, Meeting, Participant
from include.extract.names import PROVINCE_NAMES
from include.extract.organizations import organization_named
from include.extract.reported_years import term_begun


def _day_of(page: Page, segment: Segment) -> DayMention | None:
    """The day that dates the meeting: where it is introduced, else spoken of, else the dateline."""
    day = event_day(segment.anchor, segment.event)
    if day is not None:
        return day
    for sentence in segment.sentences:
        for event in sentence.events:
            day = event_day(sentence, event)
            if day is not None:
                return day
    if segment.is_first and page.sentences:
        return next((one for one in page.sentences[0].days if _is_dateline(page, one)), None)
    return None


def _is_dateline(page: Page, day: DayMention) -> bool:
    """Whether a day of the first sentence dates the report: "Chiều nay", or "Ngày 17/5, ..." opening it."""
    if day.days_ago is not None or day.session is not None:
        return True
    return day.bound is None and not page.body[page.sentences[0].span.start : day.start].strip()


def _bounds(page: Page, published_on: date | None) -> tuple[date | None, date | None]:
    """What bounds a day unnamed: the year that the text reports on began, the article appeared."""
    newest = max((one.year for one in page.years), default=None)
    if published_on is not None:
        earliest = date(newest, 1, 1) if newest is not None and newest <= published_on.year else None
        return earliest, published_on
    if newest is None:
        return None, None
    return date(newest, 1, 1), date(newest + 1, 12, 31)


def _province_of(page: Page, host: str | None, location: str | None) -> str | None:
    """A province named with the meeting's host or place, null where it is the article's own."""
    for text in (location, host):
        if text is None:
            continue
        named = [name for name in sorted(PROVINCE_NAMES) if name in text]
        if named:
            name = PROVINCE_NAMES[max(named, key=len)]
            return None if name == page.article.province_name else name
    return None


# "Chiều cùng ngày, Đoàn giám sát làm việc với ...": the delegation of the meeting told before.
_SAME_DELEGATION = re.compile(
    r"(?<!\w)đoàn(?:\s+(?:công tác|giám sát|kiểm tra|khảo sát))?\s+(?:đã\s+|tiếp tục\s+)*\Z"
)


def _led_as_before(
    page: Page, segment: Segment, people: list[Participant], before: Meeting | None
) -> list[Participant]:
    """Where the delegation goes on to a further meeting, its lead, if heard there, leads there too."""
    start, event = segment.anchor.span.start, segment.event
    goes_on = before is not None and _SAME_DELEGATION.search(page.folded, start, event.start)
    if not goes_on or before is None or any(person.role == "lead" for person in people):
        return people
    return [
        replace(person, role="lead") if person.person_name == before.lead_name else person
        for person in people
    ]


_OPEN_A_TERM = frozenset({"congress", "session"})


def _read_segment(page: Page, segment: Segment, published_on: date | None, before: Meeting | None) -> Meeting:
    day = _day_of(page, segment)
    held_on = before.meeting_date if before is not None and day is not None and day.is_same_day else None
    if day is not None and held_on is None:
        held_on = resolve_day(day, published_on, page.years)
        if held_on is None and segment.event.kind in _OPEN_A_TERM:
            held_on = resolve_day(day, None, term_begun(page.folded_title + "\n" + page.folded))
    stated = held_on is not None and day is not None and day.year is not None
    earliest, latest = (held_on, held_on) if held_on is not None else _bounds(page, published_on)
    people = _led_as_before(page, segment, find_participants(page, segment), before)
    leads = [person for person in people if person.role == "lead"]
    host, location = find_host(page, segment), find_location(page, segment)
    named = _province_of(page, host, location)
    # Who is "Chủ tịch UBND tỉnh" without more is of the article's own province, wherever they meet.
    province = page.article.province_name or named
    topic = find_topic(page, segment)
    likeness, conclusion = find_likeness(page, segment, topic), find_conclusion(page, segment)
    return Meeting(
        meeting_date=held_on,
        meeting_end_date=resolve_end(day, held_on) if day is not None else None,
        date_basis="stated" if stated else "inferred" if held_on is not None else "unknown",
        date_earliest=earliest,
        date_latest=latest,
        session=day.session if day is not None else None,
        meeting_kind=segment.event.kind,
        topic=topic,
        host_organization=host,
        location=location,
        lead_name=leads[0].person_name if leads else None,
        lead_title=leads[0].person_title if leads else None,
        quote_start=segment.anchor.span.start,
        quote_end=segment.anchor.span.end,
        province_name=named,
        host_office=None if host is None else organization_named(host, province),
        conclusion_start=None if conclusion is None else conclusion.start,
        conclusion_end=None if conclusion is None else conclusion.end,
        participants=tuple(with_posts(person, province) for person in people),
        directives=tuple(find_directives(page, segment, people, held_on or published_on)),
        subject_words=likeness.subject_words,
        subject_names=likeness.subject_names,
        edition=likeness.edition,
    )


# "Sở Y tế vừa tổ chức hội nghị", "Mới đây, ...": news, whatever else is told.
_JUST_HELD = Cued(
    r"(?<!\w)(?:vừa(?!\s+(?:và|phải|làm|là))|mới đây|tuần qua|(?:sáng|chiều|tối|hôm)\s+(?:nay|qua))(?!\w)"
)


def _is_told(page: Page, segment: Segment, meeting: Meeting) -> bool:
    """Whether the article says more of a meeting than that it was: when, who was there, or what went on."""
    if meeting.meeting_date is not None or meeting.participants:
        return True
    if event_day(segment.anchor, segment.event) is not None:
        return True
    if segment.event.is_reported and segment.event.kind in _OPEN_A_TERM:
        return True
    if sum(len(sentence.events) for sentence in segment.sentences) >= 2 or office_tells(page, segment.event):
        return True
    start = max(segment.anchor.span.start, segment.event.start - 160)
    return (
        segment.event.is_reported and _JUST_HELD.search(page.folded, start, segment.event.start) is not None
    )


def read_meetings(article: ArticleText, published_on: date | None) -> tuple[Meeting, ...]:
    """Give the meetings that `article` reports as held, in the order of the text.

    published_on: the day of publication, from the page or inferred from the text
    (`calendar.infer_published_on`), null where unknown. Meetings that the article only announces,
    remembers or quotes are not given. Offsets are into `article.body`; quotes are whole sentences.
    """
    page = read_page(article)
    if page is None:
        return ()
    meetings: list[Meeting] = []
    for segment in find_segments(page, published_on):
        meeting = _read_segment(page, segment, published_on, meetings[-1] if meetings else None)
        if _is_told(page, segment, meeting):
            meetings.append(meeting)
    return tuple(meetings)

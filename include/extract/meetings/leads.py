"""Who led a meeting that names nobody as chairing it: told by who had the last word, or whose post acted."""

from __future__ import annotations

import re
from dataclasses import replace

from include.extract.cues import Cued
from include.extract.meetings.floor import referred
from include.extract.meetings.page import Page
from include.extract.meetings.segments import Segment
from include.extract.meetings.wording import ADVERBS, name_key
from include.extract.model import Participant
from include.extract.text import fold

_CONCLUDED_BY_POST = Cued(
    r"(?:^|[.,;]\s*)\W*(?:phát biểu\s+)?kết luận(?!\s+của)[^.;:\"]{0,90},\s*(?:đồng\s*chí\s+)?"
    r"(?P<post>[^.;:,\"]{6,60}?)"
    r"(?=\s+(?:đã|nhấn mạnh|yêu cầu|đề nghị|khẳng định|cho rằng|lưu ý|giao|ghi nhận|đánh giá|biểu dương|"
    r"chỉ đạo|nêu|cho biết))"
)
_ADVERBS_ONLY = re.compile(rf"\s*{ADVERBS}\Z")
_ATTENDS = re.compile(r"(?<!\w)dự\s+\Z")
_ON_THE_SPOT = frozenset({"inspection", "working_session"})


def with_lead(
    page: Page, segment: Segment, people: list[Participant], closing: set[str]
) -> list[Participant]:
    """Give `people` with the lead that the text leaves to be understood, if none is named as leading.

    closing: the names (`name_key`) of those who had the word at the end of the meeting.
    """
    if any(person.role == "lead" for person in people):
        return people
    at = _concluding_post(page, segment, people)
    at = at if at is not None else _subject_post(page, segment, people)
    at = at if at is not None else _visitor(page, segment, people)
    at = at if at is not None else _closing_word(people, closing)
    return people if at is None else [*people[:at], replace(people[at], role="lead"), *people[at + 1 :]]


def _concluding_post(page: Page, segment: Segment, people: list[Participant]) -> int | None:
    """The one whose post concluded: "Kết luận hội nghị, Bí thư Tỉnh ủy yêu cầu"."""
    for sentence in segment.sentences:
        found = _CONCLUDED_BY_POST.search(page.folded_of(sentence))
        if found is None:
            continue
        for at, person in enumerate(people):
            if person.person_title and found["post"] in fold(person.person_title):
                return at
    return None


def _subject_post(page: Page, segment: Segment, people: list[Participant]) -> int | None:
    """The one whose post is the subject of the meeting's verb: "Chủ tịch UBND huyện tiếp công dân"."""
    if not segment.event.is_verb:
        return None
    start, end = segment.anchor.span.start, segment.event.start
    for at, person in enumerate(people):
        for named in referred(person.person_name, person.person_title).finditer(page.folded, start, end):
            if _ADVERBS_ONLY.match(page.folded, named.end(), end):
                return at
    return None


def _visitor(page: Page, segment: Segment, people: list[Participant]) -> int | None:
    """An inspection is led by the only one named where it is told, if that one speaks there."""
    start = segment.anchor.span.start
    if segment.event.kind not in _ON_THE_SPOT or _ATTENDS.search(page.folded, start, segment.event.start):
        return None
    named = {name_key(person.name) for person in segment.anchor.people}
    there = [at for at, person in enumerate(people) if name_key(person.person_name) in named]
    is_one = len(named) == 1 and len(there) == 1
    return there[0] if is_one and people[there[0]].role == "speaker" else None


def _closing_word(people: list[Participant], closing: set[str]) -> int | None:
    """The one who had the last word at the end of the meeting, if it is one."""
    last = [at for at, person in enumerate(people) if name_key(person.person_name) in closing]
    return last[0] if len(last) == 1 else None

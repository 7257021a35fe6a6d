"""Tasks told at a meeting: who orders, promises or asks what of whom, and by when."""

from __future__ import annotations

import re
from datetime import date

from include.extract.cues import Cued
from include.extract.meetings.binding import Told, kind_of, may_order, own_will, tasks_given
from include.extract.meetings.deadlines import find_deadline
from include.extract.meetings.floor import Floor, Voice
from include.extract.meetings.orders import (
    Giving,
    Task,
    bare_imperative,
    givings_in,
    is_heading,
    is_joined,
    opens_with,
    told_as_due,
)
from include.extract.meetings.page import Page, Sentence
from include.extract.meetings.segments import Segment
from include.extract.model import Directive, Participant
from include.extract.text import Span

_SAYS = Cued(
    r"(?:đánh giá|biểu dương|ghi nhận|cảm ơn|bày tỏ|phát biểu|thống nhất|nêu|chỉ ra|cho biết|cho rằng|"
    r"khẳng định|nhấn mạnh|chỉ rõ|kết luận)(?!\w)"
)
_LOOKS_BACK = re.compile(r"\W*(?:trước đó|trước đây|theo báo cáo|theo thống kê|tại lễ|dự kiến)(?!\w)")
_SHORTEST_ACTION = 8


def find_directives(
    page: Page, segment: Segment, people: list[Participant], reference: date | None
) -> list[Directive]:
    """Give the tasks told at the meeting, one each; reference: the day from which deadlines count.

    A task is what somebody at the meeting orders, asks for or promises, or what a sentence that goes on
    with an order says is due. An order of somebody lower to somebody higher is a request.
    """
    rows = (
        _row(page, sentence, told, reference)
        for sentence, told in _Listener(page, people).tasks_in(segment.sentences)
    )
    return [row for row in rows if row is not None]


class _Listener:
    """Goes through a meeting's sentences and keeps who has the floor, and whether that one gave orders."""

    def __init__(self, page: Page, people: list[Participant]) -> None:
        self.page = page
        self.floor = Floor(page, people)
        self.voice: Voice | None = None
        self.has_ordered = False
        self.paragraph = -1

    def tasks_in(self, sentences: tuple[Sentence, ...]) -> list[tuple[Sentence, Told]]:
        found: list[tuple[Sentence, Told]] = []
        quoted = self.floor.quoting(sentences)
        for at, sentence in enumerate(sentences):
            if _LOOKS_BACK.match(self.page.folded, sentence.span.start):
                self.voice, self.has_ordered, self.paragraph = None, False, -1
            elif not is_heading(self.page, sentence):
                found += [(sentence, told) for told in self._told(sentence, quoted.get(at))]
        return found

    def _told(self, sentence: Sentence, quoted: Voice | None) -> list[Told]:
        behind = (quoted, sentence.span.end) if quoted is not None else self.floor.said_behind(sentence)
        end = sentence.span.end if behind is None else behind[1]
        speaker = None if behind is None else behind[0]
        return self._given(sentence, end, speaker) or self._due(sentence, end, speaker)

    def _given(self, sentence: Sentence, end: int, behind: Voice | None) -> list[Told]:
        """The tasks behind the verbs of one sentence that order, ask or promise."""
        told: list[Told] = []
        voice: Voice | None = None
        last: Giving | None = None
        givings = [one for one in givings_in(self.page, sentence.span) if one.end < end]
        for at, giving in enumerate(givings):
            if last is not None and not is_joined(self.page, last, giving):
                continue
            voice = behind or self._subject(sentence, giving) or voice
            if voice is None:
                continue
            further = (one.start for one in givings[at + 1 :] if is_joined(self.page, giving, one))
            stop = min([end, *further])
            kind = kind_of(self.page, giving, voice, stop)
            if kind is not None:
                last = giving
                told += tasks_given(self.page, kind, voice, giving, stop)
        if voice is not None:
            is_order = any(one.kind == "order" for one in told)
            self._speaks(voice, sentence, has_ordered=is_order or (self.has_ordered and self.voice == voice))
        return told

    def _subject(self, sentence: Sentence, giving: Giving) -> Voice | None:
        """Who gives what a verb gives; without a subject the one who has the floor."""
        said = self.floor.subject_of(sentence, giving.start, self.voice)
        if said is None and self._has_the_floor(sentence) and opens_with(self.page, sentence, giving):
            return self.voice
        return said

    def _due(self, sentence: Sentence, end: int, behind: Voice | None) -> list[Told]:
        """The tasks of a sentence without such a verb: a speech that goes on, or one that is attributed."""
        spoken = behind or self.floor.according_to(sentence)
        voice = spoken or self._goes_on(sentence, end)
        if voice is None:
            return []
        will = own_will(self.page, sentence.span.start, end, voice)
        if will is not None and (spoken is not None or self._is_near(sentence)):
            self._speaks(voice, sentence, has_ordered=self.has_ordered)
            return [Told("promise", voice, Task(Span(sentence.span.start, end), will.end(), None))]
        task = told_as_due(self.page, sentence)
        if task is None and (spoken is not None or self.has_ordered):
            task = bare_imperative(self.page, sentence)
        binds = self.has_ordered or (task and may_order(voice, task, is_attributed=spoken is not None))
        if task is None or not binds:
            return []
        self._speaks(voice, sentence, has_ordered=True)
        piece = Span(task.piece.start, end)
        return [Told("order", voice, Task(piece, min(task.begin, end), task.assigned_to))]

    def _goes_on(self, sentence: Sentence, end: int) -> Voice | None:
        """The one who had the floor, where this sentence still is theirs; a new speaker takes it."""
        says = _SAYS.search(self.page.folded, sentence.span.start, end)
        speaker = None if says is None else self.floor.subject_of(sentence, says.start(), self.voice)
        if speaker is not None and speaker != self.voice:
            self._speaks(speaker, sentence, has_ordered=False)
            return None
        if sentence.people or self.voice is None:
            self.has_ordered = self.has_ordered and not sentence.people
            return None
        promises = own_will(self.page, sentence.span.start, end, self.voice) is not None
        return self.voice if self._has_the_floor(sentence) or (promises and self._is_near(sentence)) else None

    def _has_the_floor(self, sentence: Sentence) -> bool:
        """Whether the last speaker still speaks: in the paragraph, or in the next one while ordering."""
        is_same = sentence.paragraph == self.paragraph
        return is_same or (self.has_ordered and self._is_near(sentence))

    def _is_near(self, sentence: Sentence) -> bool:
        return sentence.paragraph - self.paragraph <= 1

    def _speaks(self, voice: Voice, sentence: Sentence, *, has_ordered: bool) -> None:
        self.voice, self.has_ordered, self.paragraph = voice, has_ordered, sentence.paragraph


def _row(page: Page, sentence: Sentence, told: Told, reference: date | None) -> Directive | None:
    task = told.task
    action = " ".join(page.body[task.begin : task.piece.end].split()).strip(' ,.;:–-“”"')
    if len(action) < _SHORTEST_ACTION:
        return None
    deadline = find_deadline(page.folded, task.piece, reference)
    return Directive(
        directive_kind=told.kind,
        issued_by=told.voice.name,
        assigned_to=task.assigned_to,
        action=action,
        deadline_on=deadline.on if deadline else None,
        deadline_text=page.body[deadline.start : deadline.end] if deadline else None,
        quote_start=sentence.span.start,
        quote_end=sentence.span.end,
    )

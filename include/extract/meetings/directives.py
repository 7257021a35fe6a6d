"""Tasks told at a meeting: who orders, promises or asks what of whom, and by when."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from include.extract.cues import Cued
from include.extract.meetings.deadlines import find_deadline
from include.extract.meetings.floor import Floor, Voice
from include.extract.meetings.orders import (
    ASKS,
    DUTY,
    ORDERS,
    PROMISES,
    Giving,
    Task,
    bare_imperative,
    givings_in,
    is_heading,
    is_joined,
    opens_with,
    pieces_of,
    task_of,
    told_as_due,
)
from include.extract.meetings.page import Page, Sentence
from include.extract.meetings.ranks import DEPARTMENT, PRIVATE, PROVINCE, rank_of_office
from include.extract.meetings.segments import Segment
from include.extract.model import Directive, Participant
from include.extract.text import Span

# "Sở sẽ", "tỉnh sẽ", "chúng tôi sẽ": a promise where the subject is the speaker's own office.
_OWN_WILL = Cued(
    r"(?<!\w)(?P<who>(?:tôi|chúng tôi|tỉnh|thành phố|bộ|sở|ngành|ubnd|chính phủ|lãnh đạo|huyện|công ty|"
    r"ngân hàng|đơn vị|tập đoàn|công an|doanh nghiệp|ban|xã)(?:\s[^.;:,]{0,50}?)?)\s(?:sẽ|quyết tâm|"
    r"cam kết)\s+"
)
_SAYS = Cued(
    r"(?:đánh giá|biểu dương|ghi nhận|cảm ơn|bày tỏ|phát biểu|thống nhất|nêu|chỉ ra|cho biết|cho rằng|"
    r"khẳng định|nhấn mạnh|chỉ rõ|kết luận)(?!\w)"
)
_LOOKS_BACK = re.compile(r"\W*(?:trước đó|trước đây|theo báo cáo|theo thống kê|tại lễ|dự kiến)(?!\w)")
_SHORTEST_ACTION = 8


@dataclass
class _Speech:
    """The floor as the text goes on: who speaks, whether an order was given, and where last."""

    voice: Voice | None = None
    has_ordered: bool = False
    paragraph: int = -1


def find_directives(
    page: Page, segment: Segment, people: list[Participant], reference: date | None
) -> list[Directive]:
    """Give the tasks told at the meeting, one each; reference: the day from which deadlines count.

    A task is what somebody at the meeting orders, asks for or promises, or what a sentence that goes on
    with an order says is due. An order of somebody lower to somebody higher is a request.
    """
    floor, speech = Floor(page, people), _Speech()
    found: list[Directive] = []
    quoted = floor.quoting(segment.sentences)
    for at, sentence in enumerate(segment.sentences):
        if _LOOKS_BACK.match(page.folded, sentence.span.start):
            speech = _Speech()
        elif not is_heading(page, sentence):
            found += _directives_in(page, floor, sentence, speech, quoted.get(at), reference)
    return found


def _directives_in(
    page: Page,
    floor: Floor,
    sentence: Sentence,
    speech: _Speech,
    quoted: Voice | None,
    reference: date | None,
) -> list[Directive]:
    behind = (quoted, sentence.span.end) if quoted is not None else floor.said_behind(sentence)
    end = sentence.span.end if behind is None else behind[1]
    givings = [one for one in givings_in(page, sentence.span) if one.end < end]
    told = _given(page, floor, sentence, givings, end, behind[0] if behind else None, speech)
    if not told:
        told = _going_on(page, floor, sentence, end, behind[0] if behind else None, speech)
    rows = []
    for kind, voice, task in told:
        row = _row(page, sentence, kind, voice, task, reference)
        if row is not None:
            rows.append(row)
    return rows


_Told = tuple[str, Voice, Task]


def _given(
    page: Page, floor: Floor, sentence: Sentence, givings: list[Giving], end: int, behind: Voice | None,
    speech: _Speech,
) -> list[_Told]:  # fmt: skip
    """The tasks behind the verbs of one sentence that order, ask or promise."""
    told: list[_Told] = []
    voice: Voice | None = None
    last: Giving | None = None
    for at, giving in enumerate(givings):
        said = behind or floor.subject_of(sentence, giving.start, speech.voice)
        if last is not None and not is_joined(page, last, giving):
            continue
        if said is None and (opens_with(page, sentence, giving) and _holds_the_floor(speech, sentence)):
            said = speech.voice
        said = said or voice
        if said is None:
            continue
        further = (one for one in givings[at + 1 :] if is_joined(page, giving, one))
        stop = min([end, *(one.start for one in further)])
        kind = _kind_of(page, giving, said, stop)
        voice = said
        if kind is None:
            continue
        last = giving
        told += _tasks(page, kind, said, giving, stop)
    if voice is not None:
        is_order = any(kind == "order" for kind, _, _ in told)
        speech.has_ordered = is_order or (speech.has_ordered and speech.voice == voice)
        speech.voice, speech.paragraph = voice, sentence.paragraph
    return told


_JOINT = re.compile(r"(?:[\s,;:–-]|(?<!\w)(?:và|đồng thời|cũng|đã|qua đó|bên cạnh đó)(?!\w))+\Z")


def _tasks(page: Page, kind: str, voice: Voice, giving: Giving, stop: int) -> list[_Told]:
    joint = _JOINT.search(page.folded, giving.end, stop)
    end = stop if joint is None else joint.start()
    if kind == "promise":
        will = _will(page, giving.end, end, voice)
        begin = giving.end if will is None else will.end()
        return [("promise", voice, Task(Span(giving.end, end), begin, None))]
    begin = giving.end if giving.verb in ORDERS | ASKS else _due_clause(page, giving.end, end)
    tasks = (task_of(page, piece) for piece in pieces_of(page, begin, end))
    return [(_final_kind(kind, voice, task), voice, task) for task in tasks]


def _kind_of(page: Page, giving: Giving, voice: Voice, stop: int) -> str | None:
    """Whether a verb orders, asks or promises here; null where it only says something."""
    if giving.verb in PROMISES:
        return "promise"
    if giving.verb in ORDERS:
        return "order" if voice.rank != PRIVATE else "request"
    if giving.verb in ASKS:
        may_order = voice.is_lead or (voice.rank or PRIVATE) >= PROVINCE
        return "order" if giving.verb == "đề nghị" and may_order else "request"
    if _will(page, giving.end, stop, voice) is not None:
        return "promise"
    is_due = voice.is_lead and DUTY.search(page.folded, giving.end, stop)
    return "order" if is_due else None


def _due_clause(page: Page, start: int, end: int) -> int:
    """Where the clause begins that says what is due; what is said before it is a reason."""
    duty = DUTY.search(page.folded, start, end)
    if duty is None:
        return start
    breaks = [at for at in range(start, duty.start()) if page.folded[at] in ",;:"]
    told = task_of(page, Span(start, end))
    return start if told.assigned_to is not None or not breaks else breaks[-1] + 1


def _will(page: Page, start: int, end: int, voice: Voice) -> re.Match[str] | None:
    """Where a speaker says what the own office will do, null where it is another's."""
    found = _OWN_WILL.search(page.folded, start, end)
    if found is None or found["who"].startswith(("tôi", "chúng tôi", "lãnh đạo", "đơn vị", "ban", "ngành")):
        return found
    return found if rank_of_office(found["who"]) == voice.rank else None


def _final_kind(kind: str, voice: Voice, task: Task) -> str:
    """A request that goes down is an order, an order that goes up is a request."""
    if kind == "promise" or task.assigned_to is None or voice.rank is None:
        return kind
    rank = rank_of_office(task.assigned_to)
    if rank is None:
        return kind
    if rank > voice.rank:
        return "request"
    is_down = rank < voice.rank and voice.rank > PRIVATE
    return "order" if is_down and (voice.is_lead or voice.rank >= DEPARTMENT) else kind


def _going_on(
    page: Page, floor: Floor, sentence: Sentence, end: int, behind: Voice | None, speech: _Speech
) -> list[_Told]:
    """The tasks of a sentence without such a verb: a speech that goes on, or one attributed at its end."""
    voice = behind or floor.according_to(sentence)
    is_attributed = voice is not None
    voice = voice or speech.voice
    if not is_attributed:
        said = _SAYS.search(page.folded, sentence.span.start, end)
        speaker = None if said is None else floor.subject_of(sentence, said.start(), speech.voice)
        if speaker is not None and speaker != speech.voice:
            speech.voice, speech.has_ordered, speech.paragraph = speaker, False, sentence.paragraph
            return []
        is_promise = voice is not None and _will(page, sentence.span.start, end, voice) is not None
        is_next = sentence.paragraph - speech.paragraph <= 1
        if sentence.people or not (_holds_the_floor(speech, sentence) or (is_promise and is_next)):
            speech.has_ordered = speech.has_ordered and not sentence.people
            return []
    if voice is None:
        return []
    will = _will(page, sentence.span.start, end, voice)
    if will is not None and (is_attributed or sentence.paragraph - speech.paragraph <= 1):
        speech.voice, speech.paragraph = voice, sentence.paragraph
        return [("promise", voice, Task(Span(sentence.span.start, end), will.end(), None))]
    task = told_as_due(page, sentence)
    if task is None and (is_attributed or speech.has_ordered):
        task = bare_imperative(page, sentence)
    if task is None or not (speech.has_ordered or _may_order(voice, task, is_attributed=is_attributed)):
        return []
    speech.voice, speech.has_ordered, speech.paragraph = voice, True, sentence.paragraph
    piece = Span(task.piece.start, end)
    return [("order", voice, Task(piece, min(task.begin, end), task.assigned_to))]


def _may_order(voice: Voice, task: Task, *, is_attributed: bool) -> bool:
    """Whether what somebody says is due binds: the lead's word, or that of somebody high to those below."""
    rank = voice.rank or PRIVATE
    if voice.is_lead or (is_attributed and rank >= PROVINCE):
        return True
    bound = None if task.assigned_to is None else rank_of_office(task.assigned_to)
    return rank >= PROVINCE and bound is not None and bound < rank


def _holds_the_floor(speech: _Speech, sentence: Sentence) -> bool:
    """Whether the last speaker still speaks: in the paragraph, or in the next one while ordering."""
    return sentence.paragraph == speech.paragraph or (
        speech.has_ordered and sentence.paragraph - speech.paragraph <= 1
    )


def _row(
    page: Page, sentence: Sentence, kind: str, voice: Voice, task: Task, reference: date | None
) -> Directive | None:
    action = " ".join(page.body[task.begin : task.piece.end].split()).strip(' ,.;:–-“”"')
    if len(action) < _SHORTEST_ACTION:
        return None
    deadline = find_deadline(page.folded, task.piece, reference)
    return Directive(
        directive_kind=kind,
        issued_by=voice.name,
        assigned_to=task.assigned_to,
        action=action,
        deadline_on=deadline.on if deadline else None,
        deadline_text=page.body[deadline.start : deadline.end] if deadline else None,
        quote_start=sentence.span.start,
        quote_end=sentence.span.end,
    )

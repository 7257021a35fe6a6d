"""What words at a meeting bind to: whether a verb orders, asks or promises, by the speaker's rank."""

from __future__ import annotations

import re
from dataclasses import dataclass

from include.extract.cues import Cued
from include.extract.meetings.floor import Voice
from include.extract.meetings.orders import (
    ASKS,
    DUTY,
    ORDERS,
    PROMISES,
    Giving,
    Task,
    opens_with_task,
    pieces_of,
    task_of,
)
from include.extract.meetings.page import Page
from include.extract.meetings.ranks import DEPARTMENT, PRIVATE, PROVINCE, rank_of_office
from include.extract.text import Span


@dataclass(frozen=True, slots=True)
class Told:
    """One task as somebody told it. kind: `order`, `promise` or `request`."""

    kind: str
    voice: Voice
    task: Task


# "Sở sẽ", "tỉnh sẽ", "chúng tôi sẽ": a promise where the subject is the speaker's own office.
_OWN_WILL = Cued(
    r"(?<!\w)(?P<who>(?:tôi|chúng tôi|tỉnh|thành phố|bộ|sở|ngành|ubnd|chính phủ|lãnh đạo|huyện|công ty|"
    r"ngân hàng|đơn vị|tập đoàn|công an|doanh nghiệp|ban|xã)(?:\s[^.;:,]{0,50}?)?)\s(?:sẽ|quyết tâm|"
    r"cam kết)\s+"
)
_NEEDS_A_DEED = frozenset({"đề xuất", "kiến nghị", "phân công"})
_JOINT = re.compile(r"(?:[\s,;:–-]|(?<!\w)(?:và|đồng thời|cũng|đã|qua đó|bên cạnh đó)(?!\w))+\Z")


def tasks_given(page: Page, kind: str, voice: Voice, giving: Giving, stop: int) -> list[Told]:
    """The tasks behind one verb, up to `stop`; kind: what `kind_of` made of the verb."""
    joint = _JOINT.search(page.folded, giving.end, stop)
    end = stop if joint is None else joint.start()
    if kind == "promise":
        will = own_will(page, giving.end, end, voice)
        begin = giving.end if will is None else will.end()
        return [Told("promise", voice, Task(Span(giving.end, end), begin, None))]
    begin = giving.end if giving.verb in ORDERS | ASKS else _due_clause(page, giving.end, end)
    tasks = [task_of(page, piece) for piece in pieces_of(page, begin, end)]
    if giving.verb in _NEEDS_A_DEED:
        # "đề xuất nhiều giải pháp", "phân công nhiệm vụ cho từng người": nothing told that somebody is to do.
        tasks = [task for task in tasks if task.assigned_to is not None or opens_with_task(page, task)]
    return [Told(_final_kind(kind, voice, task), voice, task) for task in tasks]


def kind_of(page: Page, giving: Giving, voice: Voice, stop: int) -> str | None:
    """Whether a verb orders, asks or promises here; null where it only says something."""
    if giving.verb in PROMISES:
        return "promise"
    if giving.verb in ORDERS:
        return "order" if voice.rank != PRIVATE else "request"
    if giving.verb in ASKS:
        is_high = voice.is_lead or (voice.rank or PRIVATE) >= PROVINCE
        return "order" if giving.verb == "đề nghị" and is_high else "request"
    if own_will(page, giving.end, stop, voice) is not None:
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


def own_will(page: Page, start: int, end: int, voice: Voice) -> re.Match[str] | None:
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


def may_order(voice: Voice, task: Task, *, is_attributed: bool) -> bool:
    """Whether what somebody says is due binds: the lead's word, or that of somebody high to those below."""
    rank = voice.rank or PRIVATE
    if voice.is_lead or (is_attributed and rank >= PROVINCE):
        return True
    bound = None if task.assigned_to is None else rank_of_office(task.assigned_to)
    return rank >= PROVINCE and bound is not None and bound < rank

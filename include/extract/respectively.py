""" "A, B và C lần lượt đạt x, y và z": which of the things listed before each number is of.

All functions take folded text and give spans of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from include.extract.cues import Cued
from include.extract.naming import own_words
from include.extract.quantities import Quantity
from include.extract.text import Span

_RESPECTIVELY = Cued(r"\b(?:lần lượt|tương ứng)(?!\w)")
# Between two numbers of one list: "5%, 7% và 2%", "12 tấn, đạt 15 tấn".
_BETWEEN = re.compile(r"\s*(?:[,;]|và|,\svà)\s*(?:(?:tăng|giảm|đạt|là|gần|hơn|trên|khoảng|xấp xỉ|ước)\s*)*\Z")
# Between the word and its first number.
_UP_TO_FIRST = re.compile(
    r"\s*(?:(?:tăng|giảm|đạt|là|còn|chiếm|ước|ước đạt|ở mức|có|với|khoảng|gần|hơn|trên|bằng|thêm|được"
    r"|tăng trưởng|:)\s*)*\Z"
)
_VERBS_BEFORE = re.compile(
    r"(?:\s*(?:cũng|đều|đã|ước|có|đạt|tăng|giảm|là|chiếm|còn|tăng trưởng|với|số lượng|thêm|hiện))*\s*\Z"
)
_AND = re.compile(r",\s(?:và\s)?|\svà\s")
_SEMICOLON = re.compile(r"\s*;\s*(?:và\s)?")
_OPENS = re.compile(r"[:(]|\b(?:trong đó|gồm|như|của các|đối với)\b(?:\s:)?")
_COMPARES = re.compile(r"\W*so (?:với|cùng)\b")
_YEAR = re.compile(r"(?:\A|\bnăm\s)(?P<year>(?:19|20)\d\d)\Z")
_PART_OF_YEAR = re.compile(
    r"(?:\A|\s)(?:qu[ýí] (?:iv|i{1,3}|[1-4])|tháng \d\d?|\d\d? tháng)(?:(?:\s?/\s?| năm )(?:19|20)\d\d)?\Z"
)
_LONGEST_THING = 60  # characters; longer stretches are clauses


@dataclass(frozen=True, slots=True)
class InTurn:
    """The thing that a number of such a list is of, and the index of the list's first number."""

    thing: Span
    first: int


def pair_up(text: str, sentence: Span, quantities: Sequence[Quantity]) -> dict[int, InTurn]:
    """The thing that each number of a list told with "lần lượt" or "tương ứng" is of, by the number's index.

    Numbers without such words, and lists whose lengths do not agree, are left out.
    """
    pairs: dict[int, InTurn] = {}
    for word in _RESPECTIVELY.finditer(text, sentence.start, sentence.end):
        listed = _numbers_after(text, word.end(), quantities)
        begin = max((q.end for q in quantities if q.end <= word.start()), default=sentence.start)
        things = _things_before(text, begin, word.start())
        things = things[-len(listed) :] if listed else []
        if len(listed) > 1 and len(things) == len(listed) and _are_things(text, things):
            pairs.update(
                (index, InTurn(thing, listed[0])) for index, thing in zip(listed, things, strict=True)
            )
    return pairs


def places_in_turn(
    text: str, sentence: Span, quantities: Sequence[Quantity], provinces: Sequence[tuple[int, str]]
) -> dict[int, str]:
    """The province that each number of such a list is of, by the number's offset.

    provinces: those that the sentence names, with their offsets: "Hà Nội và Hải Phòng lần lượt đạt 5 tỷ đồng
    và 3 tỷ đồng". Empty where their count is another.
    """
    turns: dict[int, str] = {}
    for word in _RESPECTIVELY.finditer(text, sentence.start, sentence.end) if len(provinces) > 1 else ():
        listed = _numbers_after(text, word.end(), quantities)
        begin = max((q.end for q in quantities if q.end <= word.start()), default=sentence.start)
        named = [name for start, name in sorted(provinces) if begin <= start < word.start()]
        if len(named) == len(listed) == len(set(named)):
            turns.update((quantities[index].start, name) for index, name in zip(listed, named, strict=True))
    return turns


def _are_things(text: str, things: list[Span]) -> bool:
    """Whether each is a name (behind the first, which may have a preamble, a short one) or a time."""
    if any(thing.end - thing.start > _LONGEST_THING for thing in things[1:]):
        return False
    return all(
        own_words(text, thing.start, thing.end)
        or year_named(text, thing) is not None
        or _PART_OF_YEAR.search(thing.of(text))
        for thing in things
    )


def year_named(text: str, thing: Span) -> int | None:
    """The year that is the whole of a listed thing ("năm 2021, 2022 và 2023 lần lượt là …")."""
    year = _YEAR.search(thing.of(text))
    return int(year["year"]) if year else None


def _numbers_after(text: str, position: int, quantities: Sequence[Quantity]) -> list[int]:
    listed: list[int] = []
    for index, quantity in enumerate(quantities):
        if quantity.start < position:
            continue
        joint = _BETWEEN if listed else _UP_TO_FIRST
        since = quantities[listed[-1]].end if listed else position
        if not joint.match(text[since : quantity.start]):
            break
        listed.append(index)
    return listed


def _things_before(text: str, begin: int, end: int) -> list[Span]:
    """What is listed in `text[begin:end]`, in order; semicolons part it where there are any."""
    opens = [found.end() for found in _OPENS.finditer(text, begin, end)]
    begin = opens[-1] if opens else begin
    while begin < end and text[begin] in " ;,.":
        begin += 1
    end -= len(_VERBS_BEFORE.search(text[begin:end]).group())  # type: ignore[union-attr]
    joint = _SEMICOLON if ";" in text[begin:end] else _AND
    things, start = [], begin
    for found in [*joint.finditer(text, begin, end), None]:
        stop = found.start() if found else end
        words = text[start:stop]
        if words.strip(" .,;") and not _COMPARES.match(words):
            lead = len(words) - len(words.lstrip(" .,;"))
            things.append(Span(start + lead, start + len(words.rstrip())))
        start = found.end() if found else end
    return things

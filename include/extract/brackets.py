"""Round brackets of a sentence: asides, whose numbers and periods do not govern what follows them."""

from __future__ import annotations

import re

from include.extract.text import Span

_SIGN = re.compile(r"[()]")


def brackets(text: str, sentence: Span) -> list[Span]:
    """The closed brackets of a sentence, in order, with their signs; of nested ones the outer."""
    if text.find("(", sentence.start, sentence.end) < 0:
        return []
    opened: list[int] = []
    closed: list[Span] = []
    for sign in _SIGN.finditer(text, sentence.start, sentence.end):
        if sign.group() == "(":
            opened.append(sign.start())
        elif opened:
            begin = opened.pop()
            closed = [*(span for span in closed if span.start < begin), Span(begin, sign.end())]
    return closed


def enclosing(position: int, spans: list[Span]) -> Span | None:
    """The bracket that `position` stands in."""
    for span in spans:
        if span.start < position < span.end:
            return span
    return None


def closed_between(position: int, later: int, spans: list[Span]) -> bool:
    """Whether `position` is inside a bracket that is closed before `later`."""
    span = enclosing(position, spans)
    return span is not None and span.end <= later


def without(text: str, sentence: Span, spans: list[Span]) -> str:
    """The whole text with the given stretches of one sentence as blanks; same offsets."""
    pieces, begin = [text[: sentence.start]], sentence.start
    for span in sorted(spans, key=lambda span: span.start):
        if span.start < begin:
            continue
        pieces += [text[begin : span.start], " " * (span.end - span.start)]
        begin = span.end
    return "".join([*pieces, text[begin:]])

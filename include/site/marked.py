"""A text cut where something in it is marked: the numbers of a sentence, the claims of an article."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a text; mark: what it is marked as, None where it is plain."""

    text: str
    mark: str | None = None


def pieces(text: str, marks: Iterable[tuple[int, int, str]]) -> list[Piece]:
    """Cut `text` at the marks (start, end, key), offsets in code points; joined, the pieces are the text.

    Where two marks overlap, the one that begins first keeps its place and the other begins after it, or
    is left out where nothing remains of it: every piece has one mark at most.
    """
    cut: list[Piece] = []
    at = 0
    for start, end, key in sorted(marks):
        first, last = max(start, at), min(end, len(text))
        if first >= last:
            continue
        if first > at:
            cut.append(Piece(text[at:first]))
        cut.append(Piece(text[first:last], key))
        at = last
    if at < len(text):
        cut.append(Piece(text[at:]))
    return cut

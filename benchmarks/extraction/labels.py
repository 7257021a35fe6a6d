"""The labelled sentences: what a careful reader takes from each, with offsets into its text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

SENTENCES = Path(__file__).with_name("sentences.yml")


class LabelError(ValueError):
    """A labelled sentence that cannot be scored; the message says which and why."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit: code points `start` to `end`, end exclusive.

    high: second end of a range, else null. unit: a code of the units seed; null where a tool names none.
    """

    start: int
    end: int
    value: float
    high: float | None
    unit: str | None


@dataclass(frozen=True, slots=True)
class Period:
    """A labelled stretch of time: every pair of first and last day that is a right answer for it."""

    start: int
    end: int
    answers: tuple[tuple[date, date], ...]
    optional: bool


@dataclass(frozen=True, slots=True)
class Sentence:
    """One labelled sentence.

    implied: stretches that the sentence means without printing them; neither asked for nor spurious.
    """

    text: str
    published_on: date
    quantities: tuple[Quantity, ...]
    periods: tuple[Period, ...]
    implied: tuple[tuple[date, date], ...]


def _spans(text: str, printed: list[str]) -> list[tuple[int, int]]:
    """Where each of the printed pieces stands, searched in the order of the text."""
    spans, position = [], 0
    for piece in printed:
        start = text.find(piece, position)
        if start < 0:
            raise LabelError(f"{piece!r} does not stand, in this order, in {text!r}: correct sentences.yml")
        position = start + len(piece)
        spans.append((start, position))
    return spans


def _stretch(row: dict[str, Any]) -> tuple[date, date]:
    first, last = row["first"], row["last"]
    if not (isinstance(first, date) and isinstance(last, date) and first <= last):
        raise LabelError(f"{row} is no stretch of time: first and last are days, in this order")
    return first, last


def sentence_of(row: dict[str, Any]) -> Sentence:
    """Read one entry of sentences.yml. Raises LabelError for text or days that cannot be."""
    text = row["text"]
    quantities = [
        Quantity(start, end, float(one["value"]), float(one["high"]) if "high" in one else None, one["unit"])
        for one, (start, end) in zip(
            row["quantities"], _spans(text, [one["text"] for one in row["quantities"]]), strict=True
        )
    ]
    periods = []
    spans = _spans(text, [one["text"] for one in row["periods"]])
    for one, (start, end) in zip(row["periods"], spans, strict=True):
        answers = [_stretch(one), *([_stretch(one["also"])] if "also" in one else [])]
        periods.append(Period(start, end, tuple(answers), one.get("optional", False)))
    implied = tuple(_stretch(one) for one in row.get("implied", []))
    return Sentence(text, row["published_on"], tuple(quantities), tuple(periods), implied)


def load_sentences(path: Path = SENTENCES) -> list[Sentence]:
    """Every labelled sentence, in the order of the file."""
    return [sentence_of(row) for row in yaml.safe_load(path.read_text(encoding="utf-8"))]

"""Scores of one tool on the labelled sentences. Pure: labels and answers in, counts out."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from benchmarks.extraction.labels import Quantity, Sentence


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days `first` to `last` that a tool read; start, end: where, null where it does not tell."""

    first: date
    last: date
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class QuantityScore:
    """Counts of labelled quantities, and of a tool's answers that touch none (`spurious`).

    found: some answer touches it. value: the answer that covers most of it has its value, for a range
    both ends. value_and_unit: its unit too.
    """

    labelled: int
    found: int
    value: int
    value_and_unit: int
    spurious: int

    def __add__(self, other: QuantityScore) -> QuantityScore:
        """Scores of two sets of sentences as one."""
        return QuantityScore(
            self.labelled + other.labelled,
            self.found + other.found,
            self.value + other.value,
            self.value_and_unit + other.value_and_unit,
            self.spurious + other.spurious,
        )


@dataclass(frozen=True, slots=True)
class PeriodScore:
    """Counts of labelled periods, and of a tool's answers that are none of them (`wrong`).

    found: some answer touches it; null for a tool that does not say where. right: first and last day
    both. Answers of one sentence count once each, however often they are given.
    """

    labelled: int
    found: int | None
    right: int
    wrong: int

    def __add__(self, other: PeriodScore) -> PeriodScore:
        """Scores of two sets of sentences as one."""
        both = self.found is not None and other.found is not None
        return PeriodScore(
            self.labelled + other.labelled,
            (self.found or 0) + (other.found or 0) if both else None,
            self.right + other.right,
            self.wrong + other.wrong,
        )


def _overlap(one: Quantity, other: Quantity) -> int:
    return min(one.end, other.end) - max(one.start, other.start)


def _same(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return math.isclose(one, other, rel_tol=1e-9)


def _unit_is_right(label: Quantity, answer: Quantity, counted: Collection[str]) -> bool:
    """A tool that has no units for counted things is right to name none."""
    return answer.unit == label.unit or (answer.unit is None and label.unit in counted)


def score_quantities(
    labels: Sequence[Quantity], answers: Sequence[Quantity], counted: Collection[str]
) -> QuantityScore:
    """Score the answers for one sentence. counted: codes of units that are no measures (people, projects)."""
    found = value = unit = 0
    for label in labels:
        touching = [answer for answer in answers if _overlap(label, answer) > 0]
        if not touching:
            continue
        best = max(touching, key=lambda answer: _overlap(label, answer))
        right = _same(best.value, label.value) and _same(best.high, label.high)
        found += 1
        value += right
        unit += right and _unit_is_right(label, best, counted)
    spurious = sum(all(_overlap(label, answer) <= 0 for label in labels) for answer in answers)
    return QuantityScore(len(labels), found, value, unit, spurious)


def _touches(answer: Stretch, start: int, end: int) -> bool:
    return answer.start is not None and answer.end is not None and answer.start < end and answer.end > start


def score_periods(sentence: Sentence, answers: Iterable[Stretch], *, tells_where: bool) -> PeriodScore:
    """Score the answers for one sentence. tells_where: the tool gives offsets; else `found` is null."""
    answers = list(answers)
    given = {(answer.first, answer.last) for answer in answers}
    asked = [period for period in sentence.periods if not period.optional]
    held_right = {pair for period in sentence.periods for pair in period.answers} | set(sentence.implied)
    found = sum(any(_touches(answer, period.start, period.end) for answer in answers) for period in asked)
    return PeriodScore(
        labelled=len(asked),
        found=found if tells_where else None,
        right=sum(not given.isdisjoint(period.answers) for period in asked),
        wrong=len(given - held_right),
    )

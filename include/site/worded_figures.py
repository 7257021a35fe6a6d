"""A figure in words, as tables and the marks of charts say it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from include.site.marked import Piece, pieces
from include.site.shown import SCALED_UNITS, STEPS, Shown
from include.site.words import say

# How much of a sentence stands beside a figure: code points on either side of the number.
ROOM: Final = 140
KNOWN_COMPARISONS: Final = frozenset({"none", "12m", "1m", "3m", "24m", "60m"})


def in_language(shown: Shown, names: tuple[str, str]) -> str:
    """The one of two names, Vietnamese and English, that `shown` speaks."""
    return names[shown.language == "en"]


def figure(shown: Shown, row: Mapping[str, Any]) -> str:
    """ "hơn 16.900 tỷ đồng", "15 – 20%" from value, value_high, unit_code and approximation."""
    amount = shown.amount(row["value"], row["unit_code"])
    if row["value_high"] is not None:
        amount += f" – {shown.amount(row['value_high'], row['unit_code'])}"
    if row["approximation"] == "exact":
        return amount
    return f"{say('approximation.' + row['approximation'], shown.language)} {amount}"


def step(values: Sequence[float], unit_code: str) -> float:
    """What the numbers on an axis are divided by: 1e9 for money in billions, 1 for counted things."""
    largest = max(abs(value) for value in values)
    if unit_code in SCALED_UNITS:
        for least, divisor, _ in STEPS:
            if largest >= least:
                return divisor
    return 1.0


def axis_unit(shown: Shown, divisor: float, unit_code: str) -> str:
    """What the numbers on an axis are in: "tỷ đồng", "%", "ha"."""
    steps = {by: f"{say(key, shown.language)} " for _, by, key in STEPS}
    return steps.get(divisor, "") + shown.unit(unit_code)


def when(shown: Shown, row: Mapping[str, Any]) -> str:
    """The period of a figure; for a stock without one, the day on which it was told."""
    if row["period_start"] is None:
        return say("figure.as_told_on", shown.language, day=shown.day(row["observed_on"]))
    return shown.period(row)


def cadence(shown: Shown, code: str) -> str:
    """What one period of a series is: "năm", "9 tháng đầu năm"; figures.FIGURES has the codes."""
    kind, *numbers = code.split("-")
    if kind == "months":
        first, count = int(numbers[0]), int(numbers[1])
        if first == 1:
            return say("cadence.first_months", shown.language, count=count)
        return say("cadence.months", shown.language, first=first, last=first + count - 1)
    if kind == "years":
        return say("cadence.years", shown.language, count=numbers[0])
    return say(f"cadence.{code}", shown.language)


def comparison(shown: Shown, row: Mapping[str, Any]) -> str | None:
    """What a change is measured against; None for what is no change."""
    if row["measure"] not in ("change_pct", "change_abs", "multiple"):
        return None
    if row["compared"] in KNOWN_COMPARISONS:
        return say(f"compared.{row['compared']}", shown.language)
    start, end = row["comparison_start"], row["comparison_end"]
    told = shown.period({"period_type": "range", "period_start": start, "period_end": end})
    if (start.year, start.month, start.day, end.month, end.day) == (end.year, 1, 1, 12, 31):
        told = str(start.year)
    return say("compared.other", shown.language, period=told)


def short_quote(row: Mapping[str, Any]) -> list[Piece]:
    """The sentence around a figure, its number marked; an ellipsis where a long one is cut."""
    start, end = row["value_start"] - row["quote_start"], row["value_end"] - row["quote_start"]
    first, last = _cut(row["quote"], start, end)
    before, after = "… " * (first > 0), " …" * (last < len(row["quote"]))
    text = before + row["quote"][first:last] + after
    shift = len(before) - first
    return pieces(text, [(start + shift, min(end, last) + shift, row["statement_id"])])


def _cut(sentence: str, start: int, end: int) -> tuple[int, int]:
    """What is shown of a sentence around start and end, cut between words where there are any."""
    first, last = max(0, start - ROOM), min(len(sentence), end + ROOM)
    if first and (space := sentence.find(" ", first, start)) >= 0:
        first = space + 1
    if last < len(sentence) and (space := sentence.rfind(" ", end, last)) >= 0:
        last = space
    return first, last

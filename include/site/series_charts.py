"""Charts of figures over time, from rows of figures.py."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from include.site.charts.chart import Mark, Spec, claim_mark
from include.site.charts.look import present
from include.site.charts.series import Dot, series_spec, starts_at_zero
from include.site.marts import Row
from include.site.shown import Shown
from include.site.worded_figures import axis_unit, figure, in_language, step, when
from include.site.words import say

# From one period of a cadence to the next, in months; "9 tháng" and the like come once a year.
PACE: Final = {"half": 6, "quarter": 3, "month": 1}
A_YEAR: Final = 12
# Of a longer stretch only the periods that have a figure are on the axis.
MOST_SLOTS: Final = 240
# More periods than these have a name on the axis only where a year begins.
MOST_NAMED: Final = 6


@dataclass(frozen=True, slots=True)
class SeriesChart:
    """Figures that may stand side by side, over time; rows of figures.SERIES or FIELDS, at least one.

    thing: its name in Vietnamese and English. connected: whether figures of one kind in neighbouring periods
    are joined by a line; not where they are of many provinces.
    """

    rows: Sequence[Row]
    thing: tuple[str, str]
    connected: bool = True

    def spec(self) -> Spec:
        """The chart's specification."""
        divisor = step(self._values(), self.rows[0]["unit_code"])
        slots = _slots(self.rows)
        runs = _runs(self.rows, slots) if self.connected else {}
        dots = [
            Dot(
                slot=_slot_name(row["cadence"], row["period_start"]) if slots else row["observed_on"],
                value=row["value"] / divisor,
                high=None if row["value_high"] is None else row["value_high"] / divisor,
                kind=_kind(row),
                run=runs.get(number),
                mark=number,
            )
            for number, row in enumerate(self.rows)
        ]
        cadence = self.rows[0]["cadence"]
        named = [start for start in slots if start.month == 1] if len(slots) > MOST_NAMED else slots
        return series_spec(
            dots,
            slots=[_slot_name(cadence, start) for start in slots],
            ticks=[_slot_name(cadence, start) for start in named],
        )

    def marks(self, shown: Shown) -> list[Mark]:
        """A mark for each row, which leads to its sentence."""
        return [claim_mark(row, _title(shown, row)) for row in self.rows]

    def label(self, shown: Shown) -> str:
        """What the chart shows."""
        thing = in_language(shown, self.thing)
        return say("chart.series", shown.language, thing=thing, count=len(self.rows))

    def axis(self, shown: Shown) -> str:
        """What the numbers are in, and whether their axis leaves out zero."""
        values, unit_code = self._values(), self.rows[0]["unit_code"]
        unit = axis_unit(shown, step(values, unit_code), unit_code)
        return unit if starts_at_zero(values) else say("chart.cut_axis", shown.language, unit=unit)

    def kinds(self) -> list[str]:
        """Which kinds of figures are in it, for the legend."""
        return present(_kind(row) for row in self.rows)

    def _values(self) -> list[float]:
        return [row[name] for row in self.rows for name in ("value", "value_high") if row[name] is not None]


def _kind(row: Mapping[str, Any]) -> str:
    return str(row["status"]) if row["is_known"] else "earlier"


def _title(shown: Shown, row: Mapping[str, Any]) -> str:
    words = f"{when(shown, row)}: {figure(shown, row)} ({say('status.' + row['status'], shown.language)})"
    if row.get("name") is not None:
        words = f"{in_language(shown, (row['name'], row['name_en']))}, {words}"
    if row["is_known"]:
        return words
    return say("figure.earlier", shown.language, figure=words, day=shown.day(row["realtime_start"]))


def _slots(rows: Sequence[Row]) -> list[date]:
    """First days of all periods from the first to the last; none for stocks and days."""
    starts = sorted({row["period_start"] for row in rows if row["cadence"] not in ("instant", "day")})
    if not starts:
        return []
    pace = PACE.get(rows[0]["cadence"], A_YEAR)
    first = starts[0].year * A_YEAR + starts[0].month - 1
    last = starts[-1].year * A_YEAR + starts[-1].month - 1
    if (last - first) // pace >= MOST_SLOTS:
        return starts
    return [date(month // A_YEAR, month % A_YEAR + 1, 1) for month in range(first, last + 1, pace)]


def _slot_name(cadence: str, start: date) -> str:
    """What stands under a period on the axis, in figures; for a year's months the heading says which."""
    if cadence == "month":
        return f"{start.month}/{start.year}"
    if cadence == "quarter":
        return f"Q{start.month // 3 + 1}/{start.year}"
    if cadence == "half":
        return f"{start.month}–{start.month + 5}/{start.year}"
    return str(start.year)


def _runs(rows: Sequence[Row], slots: Sequence[date]) -> dict[int, int]:
    """The line that a row is on, by its place in `rows`: known figures of one kind without a gap."""
    runs: dict[int, int] = {}
    for kind in dict.fromkeys(_kind(row) for row in rows if row["is_known"]):
        line: list[int] = []
        for number in _one_a_slot(rows, kind, slots):
            if line and slots.index(rows[number]["period_start"]) != 1 + slots.index(
                rows[line[-1]]["period_start"]
            ):
                _join(runs, line)
                line = []
            line.append(number)
        _join(runs, line)
    return runs


def _one_a_slot(rows: Sequence[Row], kind: str, slots: Sequence[date]) -> list[int]:
    """Places in `rows` of one figure of the kind for each period, in the order of time."""
    chosen: dict[date, int] = {}
    for number, row in enumerate(rows):
        if slots and _kind(row) == kind:
            chosen.setdefault(row["period_start"], number)
    return [chosen[start] for start in sorted(chosen)]


def _join(runs: dict[int, int], line: Sequence[int]) -> None:
    if len(line) > 1:
        runs |= dict.fromkeys(line, line[0])

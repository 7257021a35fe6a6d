"""Charts of figures over time, from rows of figures.py, drawn in one language at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from include.site.charts.chart import Chart, claim_mark
from include.site.charts.look import KINDS
from include.site.charts.series import Dot, series_spec
from include.site.marts import Row
from include.site.shown import Shown
from include.site.worded_figures import figure, in_language, scale, when
from include.site.words import say

# From one period of a cadence to the next, in months; "9 tháng" and the like come once a year.
PACE: Final = {"half": 6, "quarter": 3, "month": 1}
A_YEAR: Final = 12
# Of a longer stretch only the periods that have a figure are on the axis.
MOST_SLOTS: Final = 240


@dataclass(frozen=True, slots=True)
class SeriesChart:
    """Figures that may stand side by side, over time; rows of figures.SERIES or FIELD, at least one.

    thing: its name in Vietnamese and English. connected: whether figures of one kind in neighbouring periods
    are joined by a line; not where they are of many provinces.
    """

    rows: Sequence[Row]
    thing: tuple[str, str]
    connected: bool = True

    def chart(self, shown: Shown) -> Chart:
        """The chart in the language of `shown`."""
        values = [row[name] for row in self.rows for name in ("value", "value_high") if row[name] is not None]
        divisor, axis = scale(shown, values, self.rows[0]["unit_code"])
        slots = _slots(self.rows)
        runs = _runs(self.rows, slots) if self.connected else {}
        dots = [
            Dot(
                slot=_slot_name(shown, row["cadence"], row["period_start"]) if slots else row["observed_on"],
                value=row["value"] / divisor,
                high=None if row["value_high"] is None else row["value_high"] / divisor,
                kind=_kind(row),
                run=runs.get(number),
                mark=number,
            )
            for number, row in enumerate(self.rows)
        ]
        names = [_slot_name(shown, self.rows[0]["cadence"], start) for start in slots]
        kinds = {kind: say(f"kind.{kind}", shown.language) for kind in KINDS}
        return Chart(
            series_spec(dots, slots=names, kinds=kinds, axis=axis),
            tuple(claim_mark(row, _title(shown, row)) for row in self.rows),
            say("chart.series", shown.language, thing=in_language(shown, self.thing), count=len(dots)),
        )


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


def _slot_name(shown: Shown, cadence: str, start: date) -> str:
    """What stands under a period on the axis; the year alone where the heading says which months."""
    if cadence not in PACE:
        return str(start.year)
    return shown.period({"period_type": cadence, "period_start": start, "period_end": start})


def _runs(rows: Sequence[Row], slots: Sequence[date]) -> dict[int, int]:
    """Number of the line that a row is on, by its place in `rows`: known figures of one kind without a gap."""
    runs: dict[int, int] = {}
    for kind in dict.fromkeys(_kind(row) for row in rows if row["is_known"]):
        before: int | None = None
        line: list[int] = []
        for number in _one_a_slot(rows, kind, slots):
            at = slots.index(rows[number]["period_start"])
            if before is not None and at != before + 1:
                _join(runs, line)
                line = []
            line.append(number)
            before = at
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

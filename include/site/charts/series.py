"""A series over time: actuals, estimates and targets told apart, ranges, and what was said before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from include.site.charts.chart import Spec, mark_address
from include.site.charts.look import INK, by_kind, framed, label, link, present

WIDTH: Final = 360
HEIGHT: Final = 170
# The axis leaves out zero only where the figures differ by less than this part of the largest.
FLAT: Final = 0.2
TIME_AXIS: Final[Spec] = {
    "title": None,
    "labelAngle": 0,
    "labelOverlap": "greedy",
    "labelSeparation": 6,
    "grid": False,
}


@dataclass(frozen=True, slots=True)
class Dot:
    """One figure of a series.

    slot: one of the names in `slots`, or a day where there are none. value, high: in the axis' unit; high is
    the second end of a range. kind: of look.KINDS. run: dots of one kind and run are joined by a line; None
    where a dot stands alone. mark: number of its Mark.
    """

    slot: str | date
    value: float
    high: float | None
    kind: str
    run: int | None
    mark: int


def series_spec(dots: Sequence[Dot], *, slots: Sequence[str], ticks: Sequence[str] = ()) -> Spec:
    """The specification of a series.

    slots: names of all periods from the first to the last, gaps included, so that time keeps its measure;
    empty where dots stand at days. ticks: those that are named on the axis, all where empty. Raises
    ValueError without a dot.
    """
    if not dots:
        raise ValueError("a series without a figure: show words in place of a chart")
    rows = [_row(dot) for dot in dots]
    values = [dot.value for dot in dots] + [dot.high for dot in dots if dot.high is not None]
    colour, shape = by_kind(present(dot.kind for dot in dots))
    when = (
        _among(slots, ticks)
        if slots
        else _at(sorted({dot.slot for dot in dots if isinstance(dot.slot, date)}))
    )
    place = {"x": when, "y": _how_much(starts_at_zero(values))}
    layers: list[Spec] = []
    if min(values) < 0:
        layers.append(
            {"mark": {"type": "rule", "color": INK, "opacity": 0.6}, "encoding": {"y": {"datum": 0}}}
        )
    if any(dot.run is not None for dot in dots):
        layers.append(_lines(rows, place, colour))
    if any(dot.high is not None for dot in dots):
        layers.append(_ranges(rows, place, colour))
    layers.append(_dots(rows, place, colour, shape))
    return framed(WIDTH, HEIGHT, layers)


def starts_at_zero(values: Sequence[float]) -> bool:
    """Whether the axis of these values begins at zero: always, but where they differ, and hardly."""
    low, high = min(values), max(values)
    return low <= 0 or low == high or (high - low) / high >= FLAT


def _row(dot: Dot) -> dict[str, Any]:
    return {
        "when": dot.slot.isoformat() if isinstance(dot.slot, date) else label(dot.slot),
        "value": dot.value,
        "high": dot.high,
        "kind": dot.kind,
        "run": dot.run,
        "href": mark_address(dot.mark),
    }


def _at(days: Sequence[date]) -> Spec:
    """Time as days; the axis names those that have a figure, as far as there is room."""
    told = [{"year": day.year, "month": day.month, "date": day.day, "utc": True} for day in days]
    axis = TIME_AXIS | {"format": "%d/%m/%Y", "values": told}
    return {"field": "when", "type": "temporal", "axis": axis, "scale": {"type": "utc", "padding": 30}}


def _among(slots: Sequence[str], ticks: Sequence[str]) -> Spec:
    """Time as periods one after the other."""
    axis = TIME_AXIS | {"values": [label(tick) for tick in ticks or slots]}
    scale = {"type": "point", "domain": [label(slot) for slot in slots], "padding": 0.5}
    return {"field": "when", "type": "ordinal", "axis": axis, "scale": scale}


def _how_much(from_zero: bool) -> Spec:
    scale = {"zero": from_zero, "nice": True}
    return {"field": "value", "type": "quantitative", "scale": scale, "axis": {"title": None, "tickCount": 5}}


def _lines(rows: Sequence[Mapping[str, Any]], place: Spec, colour: Spec) -> Spec:
    return {
        "data": {"values": [row for row in rows if row["run"] is not None]},
        "mark": {"type": "line", "strokeWidth": 1.5, "opacity": 0.6},
        "encoding": {**place, "color": colour, "detail": {"field": "run", "type": "nominal"}},
    }


def _ranges(rows: Sequence[Mapping[str, Any]], place: Spec, colour: Spec) -> Spec:
    return {
        "data": {"values": [row for row in rows if row["high"] is not None]},
        "mark": {"type": "rule", "strokeWidth": 3, "strokeCap": "round"},
        "encoding": {**place, "y2": {"field": "high"}, "color": colour},
    }


def _dots(rows: Sequence[Mapping[str, Any]], place: Spec, colour: Spec, shape: Spec) -> Spec:
    return {
        "data": {"values": list(rows)},
        "mark": {"type": "point", "filled": True, "size": 75, "opacity": 1},
        "encoding": {**place, "color": colour, "shape": shape, "href": link()},
    }

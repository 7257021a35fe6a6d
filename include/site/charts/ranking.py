"""A ranking: one bar a province, its end marked by what kind of figure it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from include.site.charts.chart import Spec, mark_address
from include.site.charts.look import INK, by_kind, framed, label, link, present

WIDTH: Final = 300
STEP: Final = 19
# Room for the printed value behind the longest bar, as a part of the plot.
ROOM: Final = 0.25


@dataclass(frozen=True, slots=True)
class Ranked:
    """One line of a ranking: its name, value in the axis' unit and as printed, kind (look.KINDS) and mark."""

    name: str
    value: float
    printed: str
    kind: str
    mark: int


def ranking_spec(ranked: Sequence[Ranked]) -> Spec:
    """The specification of a ranking, in the order given from the top.

    Raises ValueError without a line, and where two lines have one name: they would fall together.
    """
    if not ranked:
        raise ValueError("a ranking of nothing: show words in place of a chart")
    if len({label(one.name) for one in ranked}) < len(ranked):
        raise ValueError("two lines of a ranking have one name: number them")
    rows = [_row(one) for one in ranked]
    colour, shape = by_kind(present(one.kind for one in ranked))
    scale = {"domain": _domain([one.value for one in ranked]), "nice": False}
    axis = {"title": None, "tickCount": 4}
    value = {"field": "value", "type": "quantitative", "scale": scale, "axis": axis}
    names = {"title": None, "labelLimit": 150, "grid": False, "ticks": False}
    line = {"field": "line", "type": "ordinal", "sort": [row["line"] for row in rows], "axis": names}
    return framed(WIDTH, {"step": STEP}, _layers(rows, {"y": line, "x": value}, colour, shape))


def _domain(values: Sequence[float]) -> list[float]:
    """From the least to the largest with zero between, and room for words where bars end."""
    low, high = min(0.0, *values), max(0.0, *values)
    sides = (low < 0) + (high > 0)
    room = (high - low or 1.0) * ROOM / (1 - ROOM * sides)
    return [low - room if low < 0 else 0.0, high + room if high > 0 else 0.0]


def _row(one: Ranked) -> dict[str, Any]:
    return {
        "line": label(one.name),
        "value": one.value,
        "printed": label(one.printed),
        "kind": one.kind,
        "href": mark_address(one.mark),
    }


def _layers(rows: Sequence[Mapping[str, Any]], place: Spec, colour: Spec, shape: Spec) -> list[Spec]:
    data = {"values": list(rows)}
    bar = {"type": "bar", "height": 5, "opacity": 0.55}
    end = {"type": "point", "filled": True, "size": 75, "opacity": 1}
    return [
        {"data": data, "mark": bar, "encoding": {**place, "color": colour}},
        {"data": data, "mark": end, "encoding": {**place, "color": colour, "shape": shape, "href": link()}},
        *(
            _printed([row for row in rows if (row["value"] < 0) is below], place, below=below)
            for below in (False, True)
            if any((row["value"] < 0) is below for row in rows)
        ),
    ]


def _printed(rows: Sequence[Mapping[str, Any]], place: Spec, *, below: bool) -> Spec:
    """Values behind the ends of their bars; below: of those that end left of zero."""
    side = {"align": "right", "dx": -8} if below else {"align": "left", "dx": 8}
    return {
        "data": {"values": list(rows)},
        "mark": {"type": "text", "fontSize": 11, "color": INK, **side},
        "encoding": {**place, "text": {"field": "printed", "type": "nominal"}},
    }

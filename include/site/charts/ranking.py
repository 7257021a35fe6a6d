"""A ranking: one bar a province, its end marked by what kind of figure it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from include.site.charts.chart import Spec, mark_address
from include.site.charts.look import INK, framed, kinds_scale, label

WIDTH: Final = 300
STEP: Final = 19
# Room for the printed value behind the longest bar, as a part of the plot.
ROOM: Final = 0.3


@dataclass(frozen=True, slots=True)
class Ranked:
    """One line of a ranking: its name, its value in the axis' unit, the value as printed, kind and mark."""

    name: str
    value: float
    printed: str
    kind: str
    mark: int


def ranking_spec(ranked: Sequence[Ranked], *, kinds: Mapping[str, str], axis: str) -> Spec:
    """The specification of a ranking, in the order given from the top.

    kinds: the words for each kind, in the order of the legend. Raises ValueError without a line, and where
    two lines have one name: they would fall together.
    """
    if not ranked:
        raise ValueError("a ranking of nothing: show words in place of a chart")
    if len({label(one.name) for one in ranked}) < len(ranked):
        raise ValueError("two lines of a ranking have one name: number them")
    present = [kind for kind in kinds if any(one.kind == kind for one in ranked)]
    names = {kind: label(kinds[kind]) for kind in present}
    rows = [_row(one, names) for one in ranked]
    colour, shape = kinds_scale(present, list(names.values()))
    scale = {"domain": _domain([one.value for one in ranked]), "nice": False}
    value = {
        "field": "value",
        "type": "quantitative",
        "scale": scale,
        "axis": {"title": label(axis), "tickCount": 4},
    }
    order = [row["line"] for row in rows]
    line = {"field": "line", "type": "ordinal", "sort": order, "axis": _names_axis()}
    return framed(WIDTH, {"step": STEP}, _layers(rows, {"y": line, "x": value}, colour, shape))


def _domain(values: Sequence[float]) -> list[float]:
    """From the least to the largest with zero between, and room for words where bars end."""
    low, high = min(0.0, *values), max(0.0, *values)
    sides = (low < 0) + (high > 0)
    room = (high - low or 1.0) * ROOM / (1 - ROOM * sides)
    return [low - room if low < 0 else 0.0, high + room if high > 0 else 0.0]


def _row(one: Ranked, names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "line": label(one.name),
        "value": one.value,
        "printed": label(one.printed),
        "kind": names[one.kind],
        "href": mark_address(one.mark),
    }


def _names_axis() -> Spec:
    return {"title": None, "labelLimit": 150, "grid": False, "ticks": False, "domainOpacity": 0.4}


def _layers(rows: Sequence[Mapping[str, Any]], place: Spec, colour: Spec, shape: Spec) -> list[Spec]:
    data = {"values": list(rows)}
    printed = {"type": "text", "fontSize": 11, "color": INK}
    return [
        {
            "data": data,
            "mark": {"type": "bar", "height": 5, "opacity": 0.55},
            "encoding": {**place, "color": colour},
        },
        {
            "data": data,
            "mark": {"type": "point", "filled": True, "size": 75, "opacity": 1},
            "encoding": {**place, "color": colour, "shape": shape, "href": {"field": "href", "type": "nominal"}},
        },
        *(
            {
                "data": {"values": [row for row in rows if (row["value"] < 0) is below]},
                "mark": {**printed, "align": "right" if below else "left", "dx": -8 if below else 8},
                "encoding": {**place, "text": {"field": "printed", "type": "nominal"}},
            }
            for below in (False, True)
            if any((row["value"] < 0) is below for row in rows)
        ),
    ]

"""Bars of parts, one a line: a night's attempts by outcome and the like."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from include.site.charts.chart import Spec, mark_address
from include.site.charts.look import PARTS, framed, label

WIDTH: Final = 340
STEP: Final = 18


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a bar: the line it lies in, which part it is (a key), how much, and its mark."""

    line: str
    part: str
    value: float
    mark: int


def bars_spec(parts: Sequence[Part], *, names: Mapping[str, str], axis: str) -> Spec:
    """The specification of horizontal stacked bars, lines in the order in which they first come.

    names: the words for each part, in the order of the stack and of the legend; at most as many as
    look.PARTS has colours. Raises ValueError for more, and without a part.
    """
    if not parts:
        raise ValueError("bars without a part: show words in place of a chart")
    if len(names) > len(PARTS):
        raise ValueError(f"{len(names)} parts, and {len(PARTS)} colours: put some together")
    present = [key for key in names if any(part.part == key and part.value for part in parts)] or list(names)
    scale = {
        "domain": [label(names[key]) for key in present],
        "range": [PARTS[list(names).index(key)] for key in present],
    }
    legend = {"orient": "top", "direction": "horizontal", "title": None, "columns": 3, "symbolType": "square"}
    rows = [_row(part, names, present) for part in parts if part.value]
    lines = list(dict.fromkeys(label(part.line) for part in parts))
    bar: Spec = {
        "data": {"values": rows},
        "mark": {"type": "bar", "stroke": "none", "height": {"band": 0.75}},
        "encoding": {
            "y": {
                "field": "line",
                "type": "ordinal",
                "scale": {"domain": lines},
                "axis": {"title": None, "ticks": False, "grid": False, "labelLimit": 160},
            },
            "x": {"field": "value", "type": "quantitative", "axis": {"title": label(axis), "tickCount": 5}},
            "color": {"field": "part", "type": "nominal", "scale": scale, "legend": legend},
            "order": {"field": "order", "type": "quantitative"},
            "href": {"field": "href", "type": "nominal"},
        },
    }
    return framed(WIDTH, {"step": STEP}, [bar])


def _row(part: Part, names: Mapping[str, str], present: Sequence[str]) -> dict[str, Any]:
    return {
        "line": label(part.line),
        "part": label(names[part.part]),
        "order": present.index(part.part),
        "value": part.value,
        "href": mark_address(part.mark),
    }

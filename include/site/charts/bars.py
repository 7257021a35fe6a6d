"""Bars of parts, one a line: a night's attempts by outcome and the like."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from include.site.charts.chart import Spec, mark_address
from include.site.charts.look import PARTS, framed, label, link

WIDTH: Final = 340
STEP: Final = 18


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a bar: the line it lies in, which part it is, how much, and the number of its Mark."""

    line: str
    part: str
    value: float
    mark: int


def bars_spec(parts: Sequence[Part], *, order: Sequence[str]) -> Spec:
    """The specification of horizontal stacked bars, lines in the order in which they first come.

    order: all parts there can be, in the order of the stack; the n-th has the n-th colour of look.PARTS in
    every chart. Raises ValueError for more parts than colours, and without a part.
    """
    if not parts:
        raise ValueError("bars without a part: show words in place of a chart")
    if len(order) > len(PARTS):
        raise ValueError(f"{len(order)} parts, and {len(PARTS)} colours: put some together")
    rows = [_row(part, order) for part in parts if part.value]
    lines = list(dict.fromkeys(label(part.line) for part in parts))
    names = {"title": None, "ticks": False, "grid": False, "labelLimit": 160}
    scale = {"domain": list(order), "range": list(PARTS[: len(order)])}
    bar: Spec = {
        "data": {"values": rows},
        "mark": {"type": "bar", "height": {"band": 0.75}},
        "encoding": {
            "y": {"field": "line", "type": "ordinal", "scale": {"domain": lines}, "axis": names},
            "x": {"field": "value", "type": "quantitative", "axis": {"title": None, "tickCount": 5}},
            "color": {"field": "part", "type": "nominal", "scale": scale, "legend": None},
            "order": {"field": "order", "type": "quantitative"},
            "href": link(),
        },
    }
    return framed(WIDTH, {"step": STEP}, [bar])


def _row(part: Part, order: Sequence[str]) -> dict[str, Any]:
    return {
        "line": label(part.line),
        "part": part.part,
        "order": order.index(part.part),
        "value": part.value,
        "href": mark_address(part.mark),
    }

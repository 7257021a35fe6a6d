"""Every province as a tile of one size, set roughly where it lies, darker where there is more."""

from __future__ import annotations

import csv
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from include.site.charts.chart import Spec, mark_address
from include.site.charts.look import INK, STEPS, framed, label, link

TILES_FILE: Final = Path(__file__).with_name("province_tiles.csv")
# In pixels; a name of two lines and a value fit in.
TILE: Final = (72, 38)
GAP: Final = 3
LINE: Final = 10.5
NAME_WIDTH: Final = 13


@dataclass(frozen=True, slots=True)
class Tile:
    """One province: step is how dark (0 to 4, None for no figure), printed the line under its name."""

    province_id: str
    name: str
    printed: str
    step: int | None
    mark: int


@cache
def tile_places() -> Mapping[str, tuple[int, int]]:
    """(column, row) from the top left by province_id, of both vintages; ours, roughly as on a map."""
    with TILES_FILE.open(encoding="utf-8", newline="") as lines:
        return {
            row["province_id"]: (int(row["grid_column"]), int(row["grid_row"]))
            for row in csv.DictReader(lines)
        }


def steps(values: Sequence[float]) -> list[int]:
    """How dark each value's tile is: which fifth of the values it belongs to; equal ones are alike."""
    ordered = sorted(values)
    return [ordered.index(value) * len(STEPS) // len(ordered) for value in values]


def tiles_spec(tiles: Sequence[Tile]) -> Spec:
    """The specification of a grid of the provinces of one vintage.

    Raises ValueError without a tile and KeyError for a province that has no place (province_tiles.csv).
    """
    if not tiles:
        raise ValueError("a grid without a tile: show words in place of a chart")
    places = tile_places()
    columns = 1 + max(places[tile.province_id][0] for tile in tiles)
    rows = 1 + max(places[tile.province_id][1] for tile in tiles)
    width, height = columns * TILE[0], rows * TILE[1]
    scales = {"x": (0, width), "y": (height, 0)}
    at = {name: _pixels(name, list(domain)) for name, domain in scales.items()}
    boxes = [_box(tile, places[tile.province_id]) for tile in tiles]
    texts = [line for tile in tiles for line in _lines(tile, places[tile.province_id])]
    return framed(width, height, [*_boxes(boxes, at), _texts(texts, at)])


def _pixels(name: str, domain: Sequence[int]) -> Spec:
    scale = {"domain": list(domain), "nice": False, "zero": False}
    return {"field": name, "type": "quantitative", "axis": None, "scale": scale}


def _box(tile: Tile, place: tuple[int, int]) -> dict[str, Any]:
    left, top = place[0] * TILE[0], place[1] * TILE[1]
    return {
        "x": left,
        "x2": left + TILE[0] - GAP,
        "y": top,
        "y2": top + TILE[1] - GAP,
        "fill": "transparent" if tile.step is None else STEPS[tile.step][0],
        "href": mark_address(tile.mark),
    }


def _lines(tile: Tile, place: tuple[int, int]) -> list[dict[str, Any]]:
    names = textwrap.wrap(label(tile.name), NAME_WIDTH, max_lines=2, placeholder="…")
    texts = [*names, label(tile.printed)] if tile.printed else names
    middle = place[1] * TILE[1] + (TILE[1] - GAP) / 2 - (len(texts) - 1) * LINE / 2
    return [
        {
            "x": place[0] * TILE[0] + (TILE[0] - GAP) / 2,
            "y": middle + number * LINE,
            "text": text,
            "ink": INK if tile.step is None else STEPS[tile.step][1],
        }
        for number, text in enumerate(texts)
    ]


def _boxes(boxes: Sequence[Mapping[str, Any]], at: Spec) -> list[Spec]:
    """Those with a figure filled, those without as a dashed outline."""
    empty = [box for box in boxes if box["fill"] == "transparent"]
    filled = [box for box in boxes if box["fill"] != "transparent"]
    common = {**at, "x2": {"field": "x2"}, "y2": {"field": "y2"}}
    href = {"href": link()}
    drawn = []
    for some, outline in (
        (filled, {"strokeWidth": 0.5, "strokeOpacity": 0.6}),
        (empty, {"strokeWidth": 1, "strokeDash": [3, 3], "strokeOpacity": 0.6}),
    ):
        if some:
            fill = {"fill": {"field": "fill", "type": "nominal", "scale": None, "legend": None}}
            mark = {"type": "rect", "stroke": INK, "cornerRadius": 3, **outline}
            drawn.append({"data": {"values": some}, "mark": mark, "encoding": {**common, **fill, **href}})
    return drawn


def _texts(texts: Sequence[Mapping[str, Any]], at: Spec) -> Spec:
    ink = {"field": "ink", "type": "nominal", "scale": None, "legend": None}
    mark = {
        "type": "text",
        "fontSize": 9.5,
        "baseline": "middle",
        "align": "center",
        "limit": TILE[0] - GAP - 2,
    }
    text = {"field": "text", "type": "nominal"}
    return {"data": {"values": list(texts)}, "mark": mark, "encoding": {**at, "text": text, "color": ink}}

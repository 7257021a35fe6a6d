"""docs/spark.svg: seconds by pages for both engines, as the equation says, with what was measured."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import vl_convert

from benchmarks.spark.model import Costs, processor

SIZES: Final = (500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 1_000_000, 10_000_000)
# Who works with how many cores.
SHOWN: Final = (("local", 2), ("local", 8), ("spark", 2), ("spark", 8), ("spark", 32), ("spark", 128))
_COLOURS: Final = ("#8a6d00", "#c98f00", "#9bbcd8", "#5f93bf", "#2f6ea3", "#0b3c66")


def drawn(costs: Mapping[str, Costs], runs: Sequence[Mapping[str, Any]]) -> str:
    """The chart as SVG. costs: by engine; runs: the measured ones, shown as if on two idle cores."""
    names = [name_of(engine, cores) for engine, cores in SHOWN]
    colour = {
        "field": "who",
        "type": "nominal",
        "title": None,
        "sort": names,
        "scale": {"domain": names, "range": list(_COLOURS)},
    }
    encoding = {
        "x": _axis("pages", "pages cleaned and extracted", "~s"),
        "y": _axis("seconds", "seconds on idle cores", "~s"),
        "color": colour,
    }
    spec = {
        "width": 620,
        "height": 360,
        "background": "white",
        "title": "One machine and a Spark cluster: seconds by pages",
        "layer": [
            {"data": {"values": _lines(costs)}, "mark": "line", "encoding": encoding},
            {
                "data": {"values": _points(runs)},
                "mark": {"type": "point", "filled": True, "size": 70},
                "encoding": encoding,
            },
        ],
    }
    picture: str = vl_convert.vegalite_to_svg(spec, allowed_base_urls=[])
    return picture


def name_of(engine: str, cores: int) -> str:
    """How a line is called."""
    return f"one machine, {cores} cores" if engine == "local" else f"Spark, {cores} cores"


def _lines(costs: Mapping[str, Costs]) -> list[dict[str, Any]]:
    return [
        {"who": name_of(engine, cores), "pages": pages, "seconds": costs[engine].seconds(pages, cores)}
        for engine, cores in SHOWN
        for pages in SIZES
    ]


def _points(runs: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    return [
        {
            "who": name_of(run["engine"], 2),
            "pages": run["pages"],
            "seconds": run["parts"]["start"]["processor"] + processor(run) / 2,
        }
        for run in runs
    ]


def _axis(field: str, title: str, number: str) -> dict[str, Any]:
    return {
        "field": field,
        "type": "quantitative",
        "title": title,
        "scale": {"type": "log"},
        "axis": {"format": number, "grid": True},
    }

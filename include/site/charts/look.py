"""How the charts look: colours and shapes that tell kinds apart on light and on dark ground."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from include.site.charts.chart import Spec
from include.untrusted import visible

VERSION: Final = "6.4"
SCHEMA: Final = "https://vega.github.io/schema/vega-lite/v6.json"
# Colour and shape of each kind of figure. Each colour keeps 3:1 to the white and to the dark ground of the
# site (WCAG 2.2, 1.4.11), so that one drawing serves both; the shape says the same without colour.
KINDS: Final = {
    "actual": ("#3b82c4", "circle"),
    "estimate": ("#c46a1a", "diamond"),
    "target": ("#8e63ce", "triangle-up"),
    "earlier": ("#7a8490", "cross"),
}
# The shapes as the legend beside a chart draws them, around the middle.
SHAPES: Final = {
    "circle": "M4.5,0A4.5,4.5,0,1,1,-4.5,0A4.5,4.5,0,1,1,4.5,0",
    "diamond": "M-5,0L0,-5L5,0L0,5Z",
    "triangle-up": "M0,-4.5L-5,4L5,4Z",
    "cross": "M-5,-1.7H-1.7V-5H1.7V-1.7H5V1.7H1.7V5H-1.7V1.7H-5Z",
    "square": "M-4.5,-4.5H4.5V4.5H-4.5Z",
}
# From little to much: ground of a tile and the ink on it (4.5:1).
STEPS: Final = (
    ("#dbe9f6", "#14171b"),
    ("#a9cbe8", "#14171b"),
    ("#6ea6d8", "#14171b"),
    ("#2f74b5", "#ffffff"),
    ("#17497f", "#ffffff"),
)
# For parts of a bar, 3:1 on both grounds each; neighbours are parted by a gap and named in the legend.
PARTS: Final = ("#3b82c4", "#7a8490", "#c2453d", "#8e63ce", "#c46a1a", "#2f8f5b", "#b0508f", "#6f7f1f")
INK: Final = "currentColor"
LABEL_LENGTH: Final = 60


def label(text: str) -> str:
    """A text as a chart shows it: nothing unseen, one line, cut where it is long."""
    seen = " ".join(visible(text).split())
    return seen if len(seen) <= LABEL_LENGTH else seen[: LABEL_LENGTH - 1] + "…"


def framed(width: int, height: int | Spec, layers: Sequence[Spec]) -> Spec:
    """A layered specification in the common look; width and height of the plot in pixels."""
    return {
        "$schema": SCHEMA,
        "width": width,
        "height": height,
        "background": "transparent",
        "padding": 4,
        "layer": list(layers),
        "config": _config(),
    }


def present(kinds: Iterable[str]) -> list[str]:
    """The kinds among these, each once and in the order of the legend."""
    found = set(kinds)
    return [kind for kind in KINDS if kind in found]


def by_kind(kinds: Sequence[str]) -> tuple[Spec, Spec]:
    """Colour and shape encodings of a field `kind` that holds some of KINDS; the page has the legend."""
    common = {"field": "kind", "type": "nominal", "legend": None}
    colours = {"domain": list(kinds), "range": [KINDS[kind][0] for kind in kinds]}
    shapes = {"domain": list(kinds), "range": [KINDS[kind][1] for kind in kinds]}
    return {**common, "scale": colours}, {**common, "scale": shapes}


def link() -> Spec:
    """The encoding of a mark's address."""
    return {"field": "href", "type": "nominal"}


def _config() -> dict[str, Any]:
    ink = {"labelColor": INK, "titleColor": INK, "domainColor": INK, "tickColor": INK, "gridColor": INK}
    paler = {"gridOpacity": 0.15, "domainOpacity": 0.5, "tickOpacity": 0.5}
    return {
        "axis": {**ink, **paler, "labelFontSize": 11, "title": None},
        "text": {"color": INK},
        "view": {"stroke": None},
    }

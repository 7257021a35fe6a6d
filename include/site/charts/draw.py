"""Draws charts, each once: what was drawn for a site before is taken from a folder beside it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from pathlib import Path
from typing import Final

import vl_convert

from include.site.charts import svg
from include.site.charts.chart import Spec
from include.site.charts.look import VERSION
from include.site.charts.svg import ChartError, cleaned

WORKERS: Final = 2
# Numbers on the axes as Vietnamese writes them; a page in English turns commas and dots around.
NUMBERS: Final = {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["", ""], "minus": "\u2212"}


def draw(spec: Spec) -> str:
    """One chart as cleaned SVG, the same bytes for the same specification; raises ChartError."""
    try:
        drawn = vl_convert.vegalite_to_svg(
            spec, vl_version=VERSION, allowed_base_urls=[], format_locale=NUMBERS
        )
    except ValueError as error:
        raise ChartError(f"Vega-Lite does not draw this: {error}\n{json.dumps(spec)[:400]}") from error
    return cleaned(drawn)


class Drawings:
    """The drawings of one site; `folder` keeps them from one build to the next, None: nowhere."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._drawn: dict[str, str] = {}

    def prepare(self, specs: Iterable[Spec], workers: int = WORKERS) -> int:
        """Draw what was not drawn before, each once; returns how many that were."""
        missing: dict[str, Spec] = {}
        for spec in specs:
            key = drawing_key(spec)
            if key not in self._drawn and not self._take(key):
                missing[key] = spec
        with ThreadPoolExecutor(workers) as pool:
            for key, drawn in zip(missing, pool.map(draw, missing.values()), strict=True):
                self._keep(key, drawn)
        return len(missing)

    def get(self, spec: Spec) -> str:
        """The drawing of a specification, drawn now where `prepare` was not told of it."""
        self.prepare([spec], workers=1)
        return self._drawn[drawing_key(spec)]

    def prune(self) -> int:
        """Remove what lies in the folder and was not asked for; returns how many that were."""
        if self._folder is None or not self._folder.is_dir():
            return 0
        unused = [path for path in self._folder.iterdir() if path.stem not in self._drawn]
        for path in unused:
            path.unlink()
        return len(unused)

    def _take(self, key: str) -> bool:
        if self._folder is None:
            return False
        path = self._folder / f"{key}.svg"
        kept = path.read_text(encoding="utf-8") if path.exists() else ""
        # A file that a crash left half written is drawn again.
        if not (kept.startswith("<svg ") and kept.endswith("</svg>")):
            return False
        self._drawn[key] = kept
        return True

    def _keep(self, key: str, drawn: str) -> None:
        self._drawn[key] = drawn
        if self._folder is not None:
            self._folder.mkdir(parents=True, exist_ok=True)
            aside = self._folder / f"{key}.new"
            aside.write_text(drawn, encoding="utf-8")
            aside.rename(self._folder / f"{key}.svg")


def drawing_key(spec: Spec) -> str:
    """The name of a drawing: another specification, library or way of cleaning, another key."""
    parts = [spec, NUMBERS, version("vl-convert-python"), VERSION, _cleaning()]
    return hashlib.sha256(json.dumps(parts, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _cleaning() -> str:
    return hashlib.sha256(Path(svg.__file__).read_bytes()).hexdigest()

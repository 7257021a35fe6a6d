"""The quality page: one file without a program, a picture or a style from anywhere else.

Texts of articles and portals stand on it, so nothing on it can act: every value is escaped, characters
that turn the direction of reading are written out, an address is a link only where it is http or https,
and the page forbids itself everything but its own style.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import jinja2

from include.contract import OUTCOMES, PUBLISHED_FILE
from include.quality.page_figures import Row, read_figures
from include.untrusted import is_web_address, visible
from include.warehouse.files import write_whole
from include.warehouse.publish import Manifest, read_manifest

PAGE_FILE: Final = "quality.html"
TEMPLATE: Final = Path(__file__).with_name("page.html.jinja")
STYLE: Final = Path(__file__).with_name("page.css")
LOCAL: Final = ZoneInfo("Asia/Ho_Chi_Minh")


def write_quality_page(data_dir: Path) -> Path:
    """Write `data_dir`/quality.html about the file that readers open now; returns its path.

    A reader of the page sees the old one or the new one, whole. Raises FileNotFoundError where nothing
    is published or the file is not one that was.
    """
    manifest = read_manifest(data_dir)
    if manifest is None:
        raise FileNotFoundError(f"{data_dir / PUBLISHED_FILE} is not a published file: no quality to tell of")
    target = data_dir / PAGE_FILE
    write_whole(target, render(data_dir / PUBLISHED_FILE, manifest))
    return target


def render(published: Path, manifest: Manifest) -> str:
    """The page about one published file as HTML."""
    figures = read_figures(published, manifest.run_id)
    style = STYLE.read_text(encoding="utf-8")
    environment = jinja2.Environment(
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.tests["web_address"] = is_web_address
    template = environment.from_string(TEMPLATE.read_text(encoding="utf-8"))
    return template.render(
        manifest=manifest,
        published_at=datetime.fromisoformat(manifest.published_at)
        .astimezone(LOCAL)
        .strftime("%Y-%m-%d %H:%M"),
        # A style that stands in a page is allowed by its hash; one that a text smuggled in has another.
        style=style,
        style_hash=base64.b64encode(hashlib.sha256(style.encode()).digest()).decode(),
        figures=figures,
        portals=by_portal(figures.outcomes),
        outcomes=[name for name in OUTCOMES if any(row["outcome"] == name for row in figures.outcomes)],
    )


def by_portal(outcomes: Sequence[Row]) -> dict[str, dict[str, int]]:
    """URLs by portal and outcome."""
    portals: dict[str, dict[str, int]] = {}
    for row in outcomes:
        portals.setdefault(row["portal"], {})[row["outcome"]] = row["urls"]
    return portals


def shown(value: Any) -> Any:
    """A value as the page prints it: nothing as a dot, numbers in groups, no character unseen."""
    if value is None:
        return "·"
    if isinstance(value, float):
        return f"{value:,.6g}"
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:,}"
    if isinstance(value, str) and not hasattr(value, "__html__"):
        return visible(value)
    return value

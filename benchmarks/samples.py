"""The stories of the sample portals as they are served, with their golden labels."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from include.settings import PROJECT_ROOT
from tests.sample_portals.placeholders import fill

SAMPLES = PROJECT_ROOT / "tests" / "sample_portals"


@dataclass(frozen=True, slots=True)
class SampleStory:
    """portal: its entry in the registry; golden: its page's entry in the golden file; html: as served.

    stored: the page with what is filled in at each request left open.
    """

    portal: dict[str, Any]
    golden: dict[str, Any]
    html: str
    stored: str

    @property
    def url(self) -> str:
        """Where the portal serves it."""
        return f"{self.portal['base_url']}{self.golden['path']}"


def sample_stories() -> Iterator[SampleStory]:
    """Every labelled story, in the order of the registry."""
    origins = sample_origins()
    for portal in _registry():
        golden = json.loads((SAMPLES / "golden" / f"{portal['id']}.json").read_text(encoding="utf-8"))
        for page in golden["pages"]:
            stored = _file_of(portal["id"], page["path"]).read_text(encoding="utf-8")
            html = fill(stored, portal["base_url"], origins)
            yield SampleStory(portal, page, html, stored)


def sample_origins() -> dict[str, str]:
    """The address of every sample portal by its id."""
    return {portal["id"]: portal["base_url"] for portal in _registry()}


def _registry() -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = yaml.safe_load((SAMPLES / "portals.yml").read_text(encoding="utf-8"))[
        "portals"
    ]
    return entries


def _file_of(portal: str, path: str) -> Path:
    file = SAMPLES / "pages" / portal / path.lstrip("/").replace("?", "__q__")
    return file / "index.html" if file.is_dir() else file

"""Pages of a published file, drawn one by one and read as a browser would."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from lxml import html

from include.contract import PUBLISHED_FILE
from include.site.build import all_pages
from include.site.marts import Marts
from include.site.render import Renderer
from include.warehouse.publish import read_manifest
from include.warehouse.reading import open_published


class Pages:
    """All pages of `folder`, drawn when they are asked for."""

    def __init__(self, folder: Path) -> None:
        manifest = read_manifest(folder)
        assert manifest is not None
        self.marts = Marts(open_published(folder / PUBLISHED_FILE), manifest)
        self.pages = {page.path: page for page in all_pages(self.marts, (), 2000)}
        self._renderer = Renderer(self.marts, frozenset(self.pages))
        self._drawn: dict[tuple[str, str], str] = {}

    def html(self, path: str, language: str = "vi") -> str:
        if (path, language) not in self._drawn:
            self._drawn[path, language] = self._renderer.render(self.pages[path], language)
        return self._drawn[path, language]

    def read(self, path: str, language: str = "vi") -> Any:
        return html.fromstring(self.html(path, language))


def text(element: Any) -> str:
    """Its text on one line."""
    return re.sub(r"\s+", " ", element.text_content()).strip()


def rows_under(page: Any, heading: str) -> list[list[str]]:
    """Cells of the first table behind the heading with that id, without the row of column names."""
    (table,) = page.xpath(f"(//*[@id='{heading}']/following::table)[1]")
    return [[text(cell) for cell in row.xpath("./th|./td")] for row in table.xpath("./tbody/tr")]


def links_of(element: Any) -> list[str]:
    return [link.get("href") for link in element.iter("a")]

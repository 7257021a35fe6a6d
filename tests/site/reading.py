"""Reads a page of the site as a browser would see it, for the tests."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from pathlib import Path

from include.contract import PUBLISHED_FILE
from include.site.marts import Marts
from include.site.page import Page
from include.site.render import Renderer
from include.warehouse.publish import read_manifest
from include.warehouse.reading import open_published


class Reader(HTMLParser):
    """Tags with their attributes, and the text of a page; unseen words for screen readers are part of it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    @property
    def links(self) -> list[str]:
        """Where the links lead, in their order."""
        return [str(attributes["href"]) for tag, attributes in self.tags if tag == "a"]

    @property
    def ids(self) -> list[str]:
        """All ids of the page."""
        return [str(attributes["id"]) for _, attributes in self.tags if attributes.get("id")]


def text_of(html: str) -> str:
    """The text with single spaces, cells parted by bars."""
    return re.sub(r"\s+", " ", Reader(re.sub(r"</(td|th)>", "|", html)).text).strip()


def section(html: str, anchor: str) -> str:
    """The HTML from the heading of level 2 with this id to the next one."""
    return html.split(f'<h2 id="{anchor}"')[1].split("<h2")[0]


def broken_links(site: Path) -> list[tuple[str, str]]:
    """(page, link) of each link that leads to no page of the site, or to no place on it."""
    ids = {path.resolve(): set(Reader(path.read_text(encoding="utf-8")).ids) for path in site.rglob("*.html")}
    broken = []
    for path in ids:
        for link in Reader(path.read_text(encoding="utf-8")).links:
            if "://" in link:
                continue
            target, _, anchor = link.partition("#")
            page = (path.parent / target).resolve() if target else path
            if page not in ids or (anchor and anchor not in ids[page]):
                broken.append((str(path.relative_to(site)), link))
    return broken


def drawn(
    folder: Path, pages: Callable[[Marts], Iterable[Page]], path: str | None = None, language: str = "en"
) -> str:
    """One page that a generator makes of a published folder, the first where no path is given."""
    with opened(folder) as marts:
        made = {page.path: page for page in pages(marts)}
        page = made[path] if path else next(iter(made.values()))
        return Renderer(marts, frozenset(made)).render(page, language)


@contextmanager
def opened(folder: Path) -> Iterator[Marts]:
    """The marts of a published folder."""
    manifest = read_manifest(folder)
    assert manifest is not None
    with open_published(folder / PUBLISHED_FILE) as connection:
        yield Marts(connection, manifest)

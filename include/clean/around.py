"""The smallest element around given lines of text."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from lxml import html

from include.clean.text import squeezed


@dataclass(slots=True)
class _SqueezedPage:
    """The page's text squeezed, once. spans: where the text of each element begins and ends in it."""

    pieces: list[str] = field(default_factory=list)
    spans: dict[html.HtmlElement, tuple[int, int]] = field(default_factory=dict)
    size: int = 0

    def add(self, text: str | None) -> None:
        """Take one piece of text."""
        piece = squeezed(text) if text else ""
        if piece:
            self.pieces.append(piece)
            self.size += len(piece)

    def read(self, element: html.HtmlElement) -> None:
        """Take the element's text and remember where it stands."""
        begin = self.size
        self.add(element.text)
        for child in element:
            self.read(child)
            self.add(child.tail)
        self.spans[element] = begin, self.size


def smallest_around(tree: html.HtmlElement, keys: Sequence[str], share: float) -> html.HtmlElement | None:
    """Go down from the root as long as one child holds at least `share` of the keys; null for the root.

    keys: squeezed. Paragraphs, cells and inline elements are not gone into.
    """
    page = _SqueezedPage()
    page.read(tree)
    text = "".join(page.pieces)
    places = [(len(key), _places(text, key)) for key in keys]
    element = tree
    while True:
        inner = None
        for child in element:
            begin, end = page.spans[child]
            if sum(_is_within(size, at, begin, end) for size, at in places) >= len(keys) * share:
                inner = child
        if inner is None or inner.tag in ("p", "span", "td", "b", "strong"):
            break
        element = inner
    return None if element is tree else element


def _places(text: str, key: str) -> list[int]:
    found, place = [], text.find(key)
    while place >= 0:
        found.append(place)
        place = text.find(key, place + len(key))
    return found


def _is_within(size: int, places: list[int], begin: int, end: int) -> bool:
    index = bisect_left(places, begin)
    return index < len(places) and places[index] + size <= end

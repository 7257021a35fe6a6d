"""Lengths of the text of every element, in one pass: asking each for its own is quadratic in the depth."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import html

from include.clean.text import tidy


@dataclass(frozen=True, slots=True)
class Sizes:
    """Characters by element as `text_of` prints them. linked: those inside links, a nested link's twice."""

    text: dict[html.HtmlElement, int]
    linked: dict[html.HtmlElement, int]

    def link_share(self, element: html.HtmlElement) -> float:
        """Share of the element's text that stands inside links, 0 to 1; 0 for an element without text."""
        whole = self.text[element]
        return min(1.0, self.linked[element] / whole) if whole else 0.0


def sizes_of(root: html.HtmlElement) -> Sizes:
    """The sizes of `root` and all elements in it, as they stand now."""
    text: dict[html.HtmlElement, int] = {}
    linked: dict[html.HtmlElement, int] = {}
    # Backwards, so that children come before their parents.
    for element in reversed(list(root.iter())):
        pieces = [len(tidy(element.text or ""))]
        inside = 0
        for child in element:
            pieces += [text[child], len(tidy(child.tail or ""))]
            inside += linked[child]
        filled = [size for size in pieces if size]
        text[element] = sum(filled) + max(0, len(filled) - 1)
        linked[element] = inside + (text[element] if element.tag == "a" else 0)
    return Sizes(text, linked)

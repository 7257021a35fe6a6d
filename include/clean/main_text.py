"""Which element of a page holds the story."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import trafilatura
from lxml import html

from include.clean.around import smallest_around
from include.clean.lines import without_furniture
from include.clean.noise import prune_page
from include.clean.reading import Line, read_lines
from include.clean.text import squeezed
from include.clean.tree import matches, select, text_of
from include.portals.families import FAMILIES, GENERIC, Family

# A paragraph has at least so many characters; menus, captions and teasers mostly have fewer.
_PARAGRAPH_CHARS: Final = 60
# Fewer characters of prose than this, found by guessing, are a list page's teasers and not a story.
MIN_GUESSED_CHARS: Final = 250
# The innermost candidate that holds this share of the best one's prose has less furniture around it.
_SAME_STORY: Final = 0.85
# Templates name the story's element at two or three levels.
_MAX_NESTED: Final = 8
# Menus have shorter links than headlines. A story with three related ones inside has more paragraphs.
_HEADLINE_CHARS: Final = 25
_MIN_TEASERS: Final = 3
_TEASER_SHARE: Final = 0.6
_KEY_CHARS: Final = 48
_MAX_KEYS: Final = 50
# trafilatura's fallbacks are quadratic in the paragraphs: 4 s at 2 000 of a word each, 23 s at 5 000. Saved
# pages of real portals have 300 elements once what stands beside the story is cut out.
_MANY_ELEMENTS: Final = 2_000
# Without them it still joins the texts around what it removes one by one: 6 s at 12 000, 17 s at 24 000.
_TOO_MANY_ELEMENTS: Final = 12_000


@dataclass(frozen=True, slots=True)
class Story:
    """The element of the story, the family whose rules found it, and whether a selector named it."""

    element: html.HtmlElement
    family: Family
    is_declared: bool


def find_story(tree: html.HtmlElement, family: str | None) -> Story | None:
    """The story by the family's selectors (the registry's, else the one detected), else by trafilatura.

    Null where the page holds no prose. A declared element is the answer even where it is empty: what
    stands elsewhere on such a page is another story.
    """
    for candidate in _families(tree, family):
        element = _richest(select(tree, candidate.body))
        if element is not None and not (candidate is GENERIC and _is_listing(element)):
            return Story(element, candidate, is_declared=True)
    element = _guessed(tree)
    return Story(element, GENERIC, is_declared=False) if element is not None else None


def detect(tree: html.HtmlElement) -> Family | None:
    """The family whose markers the page bears, or null."""
    for family in FAMILIES.values():
        if any(matches(tree, marker) for marker in family.markers):
            return family
    return None


def prose_length(element: html.HtmlElement) -> int:
    """Characters in lines that are long enough to be paragraphs and are not links."""
    return sum(len(line.text) for line in read_lines(element) if _is_paragraph(line))


def _families(tree: html.HtmlElement, name: str | None) -> Iterator[Family]:
    """Each family once; the page is asked for its markers only where the declared one found no story."""
    declared = FAMILIES.get(name or "")
    if declared is not None:
        yield declared
    detected = detect(tree)
    if detected is not None and detected is not declared:
        yield detected
    if GENERIC is not declared and GENERIC is not detected:
        yield GENERIC


def _richest(elements: list[html.HtmlElement]) -> html.HtmlElement | None:
    if len(elements) <= 1:
        return elements[0] if elements else None
    elements = _not_too_nested(elements)
    prose = {element: prose_length(element) for element in elements}
    most = max(prose.values())
    if most == 0:
        return max(elements, key=lambda element: len(text_of(element)))
    rich = [element for element in elements if prose[element] >= most * _SAME_STORY]
    # The one that contains no other of them.
    holders = {ancestor for element in rich for ancestor in element.iterancestors()}
    return next(element for element in rich if element not in holders)


def _not_too_nested(elements: list[html.HtmlElement]) -> list[html.HtmlElement]:
    """Those within a few others of them at most: the text of a nested one is read for each one around it."""
    all_of_them = set(elements)
    return [
        element
        for element in elements
        if sum(ancestor in all_of_them for ancestor in element.iterancestors()) < _MAX_NESTED
    ]


def _guessed(tree: html.HtmlElement) -> html.HtmlElement | None:
    """The smallest element around the paragraphs that trafilatura takes for the main text."""
    page = copy.deepcopy(tree)
    prune_page(page)
    for cell in page.xpath("//*[@colspan or @rowspan]"):
        # trafilatura repeats a cell as often as these ask for, without a limit.
        cell.attrib.pop("colspan", None)
        cell.attrib.pop("rowspan", None)
    body = page.find("body")
    lines = without_furniture(read_lines(page if body is None else body), None)
    seen = [line.text for line in lines if _is_paragraph(line)]
    text = squeezed(_main_text(page))
    paragraphs = [line for line in seen if squeezed(line)[:_KEY_CHARS] in text]
    if sum(map(len, paragraphs)) < MIN_GUESSED_CHARS:
        # It gives nothing for some stories that are one bare text in a block.
        paragraphs = seen
    if sum(map(len, paragraphs)) < MIN_GUESSED_CHARS:
        return None
    # Some fifty paragraphs from all over tell where the others are.
    sampled = paragraphs[:: max(1, len(paragraphs) // _MAX_KEYS)]
    keys = [squeezed(paragraph)[:_KEY_CHARS] for paragraph in sampled]
    found = smallest_around(tree, keys, _SAME_STORY)
    return None if found is None or _is_listing(found) else found


def _main_text(page: html.HtmlElement) -> str:
    """What trafilatura takes for the main text; nothing for a page on which it would take too long."""
    size = sum(1 for _ in page.iter())
    if size > _TOO_MANY_ELEMENTS:
        return ""
    is_fast = size > _MANY_ELEMENTS
    return trafilatura.extract(page, fast=is_fast, include_comments=False, include_tables=True) or ""


def _is_paragraph(line: Line) -> bool:
    return len(line.text) >= _PARAGRAPH_CHARS and line.linked < 0.5


def _is_listing(element: html.HtmlElement) -> bool:
    """Whether most paragraphs stand under a headline that is a link: a list page with a teaser each."""
    lines = read_lines(element)
    is_headline = [line.linked > 0.9 and len(line.text) >= _HEADLINE_CHARS for line in lines]
    paragraphs = [index for index, line in enumerate(lines) if _is_paragraph(line)]
    # A date may stand between headline and teaser.
    teasers = sum(any(is_headline[max(0, index - 2) : index]) for index in paragraphs)
    return teasers >= _MIN_TEASERS and teasers > len(paragraphs) * _TEASER_SHARE

"""Vega's SVG made fit to stand in a page: only shapes and words, every mark a link with its own title."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final, cast

from lxml import etree
from markupsafe import Markup, escape

from include.site.charts.chart import Mark
from include.untrusted import visible

SVG: Final = "{http://www.w3.org/2000/svg}"
XLINK_HREF: Final = "{http://www.w3.org/1999/xlink}href"
MARK_ADDRESS: Final = re.compile(r"https://mark\.invalid/(\d+)")
# All that Vega draws for our specifications. Anything else (scripts, styles, pictures, patterns with ids) is
# refused, not dropped: it would be a specification that nobody thought about.
ELEMENTS: Final = frozenset({"svg", "g", "path", "line", "rect", "text", "a"})
KEPT: Final = frozenset(
    {"d", "dy", "fill", "fill-opacity", "font-size", "font-weight", "height", "opacity", "stroke"}
    | {"stroke-dasharray", "stroke-linecap", "stroke-opacity", "stroke-width", "text-anchor", "transform"}
    | {"viewBox", "width", "x", "x1", "x2", "y", "y1", "y2"}
)
# Names for programs and readers that the title of a mark replaces, and what the page decides itself.
LEFT_OUT: Final = frozenset(
    {"class", "role", "version", "pointer-events", "font-family", "stroke-miterlimit", "cursor", "display"}
)
TO_HUNDREDTHS: Final = re.compile(r"-?\d+\.\d{3,}")
# A number alone, as Vietnamese writes it: 1.234,5 and not 3/2024.
PRINTED: Final = re.compile(r">([\u2212\d.,]+)</text>")
COMMAS_AND_DOTS: Final = str.maketrans(",.", ".,")
LINKED: Final = re.compile(r'<a data-mark="(\d+)">(.*?)</a>', re.DOTALL)


class ChartError(ValueError):
    """A chart cannot be drawn or shown; the message says what stands in the way."""


def cleaned(svg: str) -> str:
    """The SVG that Vega made without anything but its shapes and words, marks as `<a data-mark="number">`.

    No script, style, id, class or address is left. Raises ChartError for an element or attribute that our
    specifications do not lead to.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
    return _written(etree.fromstring(svg.encode(), parser), hidden=True)


def inlined(
    drawing: str, label: str, marks: Sequence[Mark], address: Callable[[Mark], str | None], language: str
) -> Markup:
    """A cleaned SVG with links and titles, for the middle of a page.

    label: its name for those who do not see it. marks: by number. address: where a mark leads on this page,
    None for nowhere; then it only has its title. language: of the page, for the numbers.
    """

    def linked(found: re.Match[str]) -> str:
        mark = marks[int(found[1])]
        title = f"<title>{escape(visible(mark.title))}</title>"
        href = address(mark)
        if href is None:
            return f"<g>{title}{found[2]}</g>"
        outside = ' rel="noopener noreferrer external"' if "://" in href else ""
        return f'<a href="{escape(href)}"{outside}>{title}{found[2]}</a>'

    role = "group" if any(address(mark) is not None for mark in marks) else "img"
    name = f'<svg role="{role}" aria-label="{escape(visible(label))}" '
    in_language = drawing if language == "vi" else PRINTED.sub(_in_english, drawing)
    return Markup(name + LINKED.sub(linked, in_language).removeprefix("<svg "))  # noqa: S704 - all is escaped


def _written(element: etree._Element, *, hidden: bool) -> str:
    """The element as text; hidden: whether to tell readers of screens to pass over what has no mark in it."""
    name = str(element.tag).removeprefix(SVG)
    if name not in ELEMENTS:
        raise ChartError(f"a chart's SVG has <{name}>, which no page may show")
    if element.get("display") == "none" or _is_unseen(element):
        return ""
    has_marks = name == "svg" or any(True for _ in element.iter(f"{SVG}a"))
    attributes = _attributes(element)
    if name == "a":
        attributes = f' data-mark="{_number(element)}"'
    elif hidden and not has_marks:
        attributes += ' aria-hidden="true"'
    inside = str(escape(element.text or "")) if name == "text" else ""
    inside += "".join(_written(child, hidden=hidden and has_marks and name != "a") for child in element)
    if name == "g" and (not inside or not attributes):
        return inside
    return f"<{name}{attributes}>{inside}</{name}>" if inside else f"<{name}{attributes}/>"


def _attributes(element: etree._Element) -> str:
    kept = []
    for name, value in cast("dict[str, str]", dict(element.attrib)).items():
        if name in KEPT:
            if (name, value) != ("opacity", "1"):
                kept.append(f' {name}="{escape(TO_HUNDREDTHS.sub(_to_hundredths, value))}"')
        elif not (name in LEFT_OUT or name.startswith("aria-") or name == XLINK_HREF):
            raise ChartError(f'a chart\'s SVG has {name}="{value}", which no page may show')
    return "".join(kept)


def _is_unseen(element: etree._Element) -> bool:
    """Grounds and frames that nothing is painted on."""
    painted = {element.get("fill"), element.get("stroke")} - {None, "transparent"}
    return element.get("class") in ("background", "foreground") and not painted


def _number(link: etree._Element) -> str:
    found = MARK_ADDRESS.fullmatch(link.get(XLINK_HREF) or link.get("href") or "")
    if found is None:
        raise ChartError(f"a chart's SVG leads to {link.get(XLINK_HREF)!r}, which is none of its marks")
    return found[1]


def _to_hundredths(found: re.Match[str]) -> str:
    return f"{float(found[0]):.2f}".rstrip("0").rstrip(".")


def _in_english(found: re.Match[str]) -> str:
    return f">{found[1].translate(COMMAS_AND_DOTS)}</text>"

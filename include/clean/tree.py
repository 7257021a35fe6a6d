"""Text to a tree that holds only what a reader could see."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Final, cast

from lxml import etree, html

from include.clean.guards import MAX_DEPTH
from include.clean.text import stream_safe, tidy, unmarked, without_forbidden

# Some templates close the root before they begin (`<html></html><head>…`); libxml2 then ends the
# document there. It supplies the closing tags by itself.
_ROOT_ENDS: Final = re.compile(r"</(?:html|body)\s*>", re.IGNORECASE)
_INVISIBLE: Final = frozenset(
    {"script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "select", "textarea"}
    | {"button", "input", "canvas", "audio", "video", "map"}
)
# One of them, which hidden elements are turned into.
_HIDDEN_TAG: Final = "template"
# Elements that begin a new line.
BLOCKS: Final = frozenset(
    [
        "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dir",
        "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4",
        "h5", "h6", "header", "hr", "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "section",
        "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
    ]
)  # fmt: skip
_HIDDEN_STYLE: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
# Templates' longest class attributes have some 300.
_NAME_CHARS: Final = 2_000
_NAME_PARTS: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")


class TooDeepError(ValueError):
    """The page nests elements deeper than any template does; text would be lost unseen."""


def parse(text: str) -> html.HtmlElement:
    """The tree of a page, comments and processing instructions gone. Raises TooDeepError."""
    parser = html.HTMLParser(remove_comments=True, remove_pis=True, encoding="utf-8")
    source = _ROOT_ENDS.sub("", without_forbidden(text)).encode("utf-8")
    # A processing instruction before the root (`<?xml … ?>`) would become a sibling of it.
    tree = html.document_fromstring(source.lstrip() or b"<html></html>", parser=parser)
    _make_stream_safe(tree)
    if _is_deeper(tree, MAX_DEPTH):
        raise TooDeepError("nested_too_deep")
    return tree


def drop_invisible(tree: html.HtmlElement) -> None:
    """Take scripts, form controls and hidden elements out of the tree; JSON-LD must be read before."""
    for element in tree.xpath("//*[@hidden or @style or @aria-hidden='true']"):
        style = element.get("style") or ""
        if element is not tree and (element.get("hidden") is not None or _HIDDEN_STYLE.search(style)):
            element.tag = _HIDDEN_TAG
    # All at once: taken out one by one, the text after each would be copied to that before it.
    etree.strip_elements(tree, *_INVISIBLE, with_tail=False)


def remove(element: html.HtmlElement) -> None:
    """Take one element out, leaving the text after it in place; nothing happens for a root."""
    if element.getparent() is not None:
        element.drop_tree()


def select(tree: html.HtmlElement, paths: Iterable[str]) -> list[html.HtmlElement]:
    """Elements that the XPaths match, in the order of the paths, each once."""
    found: dict[html.HtmlElement, None] = {}
    for path in paths:
        for element in matches(tree, path):
            if isinstance(element, etree.ElementBase):
                found.setdefault(element)
    return list(found)


# Some 300 paths are written down in the families and the cleaner; none comes from a page.
@lru_cache(maxsize=1_000)
def _compiled(path: str) -> etree.XPath:
    return etree.XPath(path)


def matches(tree: html.HtmlElement, path: str) -> list[Any]:
    """What `tree.xpath` gives for a path that selects nodes or strings; compiled once a process."""
    return cast("list[Any]", _compiled(path)(tree))


def text_of(element: html.HtmlElement) -> str:
    """All text of the element on one tidy line, blocks parted by a space."""
    return tidy(" ".join(element.itertext()))


def short_text(element: html.HtmlElement, limit: int) -> str | None:
    """The element's text on one tidy line, or null as soon as it proves longer than `limit`."""
    size, pieces = 0, []
    for piece in element.itertext():
        size += len(piece.strip())
        if size > limit:
            return None
        pieces.append(piece)
    text = tidy(" ".join(pieces))
    return text if len(text) <= limit else None


def name_words(element: html.HtmlElement) -> frozenset[str]:
    """Words of the element's class and id: `Related-newsBox` gives related, news, box and relatednewsbox."""
    class_name, name = element.get("class"), element.get("id")
    if not class_name and not name:
        return frozenset()
    return _words_of(f"{(class_name or '')[:_NAME_CHARS]} {(name or '')[:_NAME_CHARS]}")


# The elements of a page share a few hundred names, and its portal's other pages have the same.
@lru_cache(maxsize=4_096)
def _words_of(names: str) -> frozenset[str]:
    words: set[str] = set()
    for name in names.split():
        words.update(part.lower() for part in _NAME_PARTS.findall(name))
        words.add(re.sub(r"[^a-z0-9]", "", unmarked(name)))
    return frozenset(words)


def link_share(element: html.HtmlElement) -> float:
    """Share of the element's text that stands inside links, 0 to 1; 0 for an element without text."""
    whole = len(text_of(element))
    if not whole:
        return 0.0
    return min(1.0, sum(len(text_of(link)) for link in element.iter("a")) / whole)


def _make_stream_safe(tree: html.HtmlElement) -> None:
    """Here and not before parsing, because marks may be written as entities."""
    for element in tree.iter():
        text, tail = element.text, element.tail
        if text and len(text) > len(safe := stream_safe(text)):
            element.text = safe
        if tail and len(tail) > len(safe := stream_safe(tail)):
            element.tail = safe


def _is_deeper(tree: html.HtmlElement, limit: int) -> bool:
    level, depth = [tree], 0
    while level:
        depth += 1
        if depth > limit:
            return True
        level = [child for element in level for child in element]
    return False

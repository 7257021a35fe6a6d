"""What the cleaner makes of one page, and which CMS family it sees there by itself."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree
from lxml.html import HtmlElement

from include.clean.article import CleanedArticle, NoArticle
from include.clean.decode import UndecodableError, decode
from include.clean.guards import refusal
from include.clean.main_text import detect
from include.clean.page import clean_page
from include.clean.tree import TooDeepError, parse


@dataclass(frozen=True, slots=True)
class PageReading:
    """detected: the family whose markers the page bears, null for none. read: with the declared family."""

    detected: str | None
    read: CleanedArticle | NoArticle


def read_page(content: bytes, url: str, content_type: str | None, declared: str | None) -> PageReading:
    """Read the page as a run does; declared: what the registry says of the CMS. Never raises."""
    tree = page_tree(content, content_type)
    family = detect(tree) if tree is not None else None
    read = clean_page(content, url=url, content_type=content_type, family=declared)
    return PageReading(family.name if family else None, read)


def page_tree(content: bytes, content_type: str | None) -> HtmlElement | None:
    """The page's tree with all that it holds; None where the cleaner would not read it either."""
    if refusal(content) or not content.strip():
        return None
    try:
        return parse(decode(content, content_type))
    except (UndecodableError, TooDeepError, etree.ParserError, etree.XMLSyntaxError):
        return None

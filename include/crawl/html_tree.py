"""HTML bytes to a tree, unless parsing them would stall the crawl."""

from __future__ import annotations

from typing import Final

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from include.crawl.documents import MalformedDocumentError
from include.markup import has_tag_beyond

# libxml2 compares each attribute of a tag with all before it: 100,000 of them take 225 s, 10,000 take
# 2 s (lxml 6.1). No portal comes near the limit; goes when libxml2 hashes attribute names.
_MAX_ATTRIBUTES: Final = 10_000


def parse_html(body: bytes, charset: str | None = None) -> HtmlElement:
    """The root of an HTML page; charset: as the Content-Type names it, unknown ones are passed over.

    Bytes that are UTF-8 are read as such whatever is declared: text in another encoding hardly ever is.
    Raises MalformedDocumentError for an empty page, a page without a single element, and a tag with
    so many attributes that it can only be meant to stall the parser.
    """
    if not body.strip():
        raise MalformedDocumentError("empty_body")
    if has_tag_beyond(body, _MAX_ATTRIBUTES):
        raise MalformedDocumentError("monstrous_tag")
    try:
        parser = HTMLParser(encoding="utf-8" if _is_utf8(body) else charset, huge_tree=False)
    except LookupError:
        parser = HTMLParser(huge_tree=False)
    try:
        return document_fromstring(body, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise MalformedDocumentError("not_html", str(error)) from error


def _is_utf8(body: bytes) -> bool:
    """Without null bytes, that is: ASCII in UTF-16 would pass."""
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return b"\x00" not in body

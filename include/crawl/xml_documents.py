"""Feeds and sitemaps as trees: guarded against hostile XML, patient with careless XML."""

from __future__ import annotations

import html
import re
from html.entities import html5
from typing import Final
from urllib.parse import urljoin
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from include.crawl.documents import MalformedDocumentError

_DECLARATION: Final = re.compile(r"^\s*<\?xml[^>]*\?>")
_ENTITY: Final = re.compile(r"&(?:#\d+|#x[0-9a-fA-F]+|(\w+));|&")
_NOT_IN_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_XML_ENTITIES: Final = ("amp", "lt", "gt", "quot", "apos")


def parse_xml(body: bytes) -> Element:
    """The root of an XML document.

    Carelessness that portals are known for is mended: a wrongly declared encoding, HTML's named
    entities, a bare &, control characters, blank lines before the declaration. Entities of the
    document's own are refused. Raises MalformedDocumentError.
    """
    if not body.strip():
        raise MalformedDocumentError("empty_body")
    try:
        return _fromstring(body)
    except (ParseError, ValueError, LookupError) as error:
        if isinstance(error, MalformedDocumentError):
            raise
        text = _mend(body)
    try:
        return _fromstring(text.encode())
    except ParseError as error:
        if re.match(r"\s*(?:<!doctype html|<html)", text, re.IGNORECASE):
            raise MalformedDocumentError("html_instead_of_xml") from error
        raise MalformedDocumentError("not_xml", str(error)) from error


def local_name(element: Element) -> str:
    """The tag without its namespace, in lower case."""
    return str(element.tag).rpartition("}")[2].lower()


def child_text(element: Element, name: str) -> str | None:
    """The stripped text of the first child of that local name; None where it is missing or empty."""
    for child in element:
        if local_name(child) == name and child.text and child.text.strip():
            return child.text.strip()
    return None


def absolute_link(base: str, link: str) -> str | None:
    """The address that an entry of the document at `base` means; None for a torn one ("http://[").

    Entities that were escaped twice are resolved.
    """
    meant = html.unescape(link) if "&amp;" in link or "&#" in link else link
    try:
        return urljoin(base, meant)
    except ValueError:
        return None


def _fromstring(body: bytes) -> Element:
    try:
        root: Element = fromstring(body)
    except DefusedXmlException as error:
        raise MalformedDocumentError("forbidden_xml", str(error)) from error
    return root


def _mend(body: bytes) -> str:
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = body.decode("utf-16", "replace")
    elif body[:200].count(b"\x00") > 20:  # UTF-16 without its mark: every other byte of ASCII is zero
        text = body.decode("utf-16-be" if body[:1] == b"\x00" else "utf-16-le", "replace")
    else:
        text = body.decode("utf-8-sig", "replace")
    text = _DECLARATION.sub("", text)
    return _ENTITY.sub(_mend_entity, _NOT_IN_XML.sub("", text)).strip()


def _mend_entity(match: re.Match[str]) -> str:
    name = match[1]
    if name is None:
        return match[0] if len(match[0]) > 1 else "&amp;"
    if name in _XML_ENTITIES:
        return match[0]
    character = html5.get(name + ";")
    return character if character is not None else "&amp;" + match[0][1:]

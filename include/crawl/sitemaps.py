"""Sitemaps as documents: an index of further maps, or a list of pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from include.crawl.decoding import BadEncodingError, CompressionRatioError, TooLargeError, gunzip
from include.crawl.documents import MAX_DOCUMENT_BYTES, MalformedDocumentError
from include.crawl.xml_documents import absolute_link, child_text, local_name, parse_xml

_VIETNAM: Final = ZoneInfo("Asia/Ho_Chi_Minh")
_GZIP_MAGIC: Final = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class SitemapEntry:
    """A location with the day of its last change in Vietnam, where the map gives one."""

    url: str
    changed_on: date | None


@dataclass(frozen=True, slots=True)
class Sitemap:
    """One document: is_index tells whether its entries are further maps or pages."""

    is_index: bool
    entries: tuple[SitemapEntry, ...]


def parse_sitemap(body: bytes, url: str) -> Sitemap:
    """Read an index or a urlset, gzipped or not; entries in the order of the document.

    Raises MalformedDocumentError.
    """
    root = parse_xml(_unzipped(body))
    kind = local_name(root)
    if kind == "html":
        raise MalformedDocumentError("html_instead_of_xml")
    if kind not in ("sitemapindex", "urlset"):
        raise MalformedDocumentError("not_a_sitemap", f"the root is {kind}")
    entries = []
    for node in root:
        location = child_text(node, "loc")
        absolute = absolute_link(url, location) if location else None
        if absolute:
            entries.append(SitemapEntry(absolute, _day_of(child_text(node, "lastmod"))))
    return Sitemap(kind == "sitemapindex", tuple(entries))


def newest_first(entries: tuple[SitemapEntry, ...]) -> list[SitemapEntry]:
    """Entries by day, newest first; undated ones after them; otherwise in the order of the document."""
    return sorted(entries, key=lambda entry: entry.changed_on or date.min, reverse=True)


def _unzipped(body: bytes) -> bytes:
    if not body.startswith(_GZIP_MAGIC):
        return body
    try:
        return gunzip(body, MAX_DOCUMENT_BYTES)
    except (TooLargeError, CompressionRatioError) as error:
        raise MalformedDocumentError("too_large", str(error)) from error
    except BadEncodingError as error:
        raise MalformedDocumentError("bad_gzip", str(error)) from error


def _day_of(written: str | None) -> date | None:
    """The day in Vietnam of a W3C date or date and time; None where it is neither."""
    if not written:
        return None
    try:
        if len(written) == 10:
            return date.fromisoformat(written)
        moment = datetime.fromisoformat(written)
        return (moment if moment.tzinfo is None else moment.astimezone(_VIETNAM)).date()
    except (ValueError, OverflowError):
        return None

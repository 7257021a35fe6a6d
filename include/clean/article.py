"""What cleaning gives for one page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class CleanedArticle:
    """The article alone, as a reader sees it; all text Unicode NFC.

    title: headline without the site's name, null where the page has none. body: paragraphs (lead
    first) joined by one line feed; no navigation, captions, related stories, byline, counters.
    published_on, published_at (with zone, where the page tells the time), published_basis:
    `metadata`, `page` or `unknown`; never the day of the fetch, a masthead or a licence date.
    published_conflict: the sources and their days where they differ by more than a day, else null.
    family: the CMS family whose rules read the page. canonical: the address that the page gives itself,
    as written, null where it gives none.
    """

    title: str | None
    byline: str | None
    body: str
    published_on: date | None
    published_at: datetime | None
    published_basis: str
    family: str
    published_conflict: str | None = None
    canonical: str | None = None


@dataclass(frozen=True, slots=True)
class NoArticle:
    """A page without a story in it. outcome: `empty`, `blocked` or `quarantined`; reason: a code."""

    outcome: str
    reason: str

"""Which pages of a portal's sitemaps changed within a range of days."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from include.crawl.sitemaps import SitemapEntry

# sitemap-2026-9.xml, sitemap_202609.xml, /2026/09/sitemap.xml
_MONTH: Final = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)[-_/]?(?P<month>0?[1-9]|1[0-2])(?!\d)")


@dataclass(frozen=True, slots=True)
class DayRange:
    """Days from start to end, both included."""

    start: date
    end: date

    def holds(self, day: date) -> bool:
        """Whether `day` is in the range."""
        return self.start <= day <= self.end

    def holds_month(self, month: tuple[int, int]) -> bool:
        """Whether any day of (year, month) may be in the range."""
        return (self.start.year, self.start.month) <= month <= (self.end.year, self.end.month)


def month_of(url: str) -> tuple[int, int] | None:
    """The (year, month) that a map's or page's address names, or None."""
    match = _MONTH.search(url)
    return (int(match["year"]), int(match["month"])) if match else None


def maps_worth_reading(entries: Iterable[SitemapEntry], days: DayRange) -> list[str]:
    """The maps of an index that may hold pages of the range: by the month in the name, else by lastmod.

    A map's lastmod is that of its latest page, so a map last changed before the range holds none of it.
    """
    worth = []
    for entry in entries:
        month = month_of(entry.url)
        if month is not None:
            if days.holds_month(month):
                worth.append(entry.url)
        elif entry.changed_on is None or entry.changed_on >= days.start:
            worth.append(entry.url)
    return worth


def pages_in_range(entries: Iterable[SitemapEntry], map_url: str, days: DayRange) -> list[str]:
    """The pages of a map that fall into the range: by lastmod, else by the month in the page's or map's name.

    A page that nothing dates is left out: taking it would take the whole archive of the portal.
    """
    map_month = month_of(map_url)
    found = []
    for entry in entries:
        month = month_of(entry.url) or map_month
        if entry.changed_on is not None:
            inside = days.holds(entry.changed_on)
        else:
            inside = month is not None and days.holds_month(month)
        if inside:
            found.append(entry.url)
    return found

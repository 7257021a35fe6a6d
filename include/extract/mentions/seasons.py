"""Crop seasons, crop years and school years in folded text: years of their own, not the calendar's."""

from __future__ import annotations

import re
from datetime import date, timedelta

from include.extract.periods import UNKNOWN, Period, between

_YEARS = r"(?P<from>(?:19|20)\d\d)(?:\s?[-/]\s?(?P<to>(?:19|20)\d\d))?(?![\d/]|[.,]\d)"
# "vụ đông xuân 2022-2023", "vụ lúa mùa 2021"; with "năm" before one year it is read as that year anyway.
CROP_SEASON = re.compile(
    r"vụ (?:lúa |sản xuất |cây )?(?:đông[ -]+xuân|chiêm[ -]+xuân|xuân[ -]+hè|hè[ -]+thu|thu[ -]+đông|chiêm"
    r"|xuân|mùa|đông|hè)(?: chính vụ| sớm| muộn)? (?:năm )?" + _YEARS
)
CROP_YEAR = re.compile(rf"niên vụ (?:\w+ ){{0,3}}?(?:{_YEARS}|này|nay|trước|vừa qua)")
SCHOOL_YEAR = re.compile(rf"năm học (?:{_YEARS}|này|nay|trước|vừa qua)")
# No days are told, and which seven are meant, a reader cannot know.
PAST_DAYS = re.compile(r"(?:trong |những )?(?:tuần|24 giờ|24h|ngày) (?:vừa )?qua(?=[,.;:]| \w)")

# First months of crop years: the International Coffee Organization's coffee year (October), and Vietnam's
# sugar year (July; Ministry of Agriculture reports). Of other crops none is common.
_BEGINS = {"cà phê": 10, "mía": 7}


def harvest_year(found: re.Match[str]) -> int:
    """The year that a crop season counts for: its harvest's (the statistics office's yearbooks)."""
    return int(found["to"] or found["from"])


def crop_year(found: re.Match[str]) -> Period:
    """Twelve months over two years; UNKNOWN where the years or the crop are not told."""
    if not _over_two_years(found):
        return UNKNOWN
    around = found.string[max(0, found.start() - 80) : found.end() + 80]
    month = next((first for crop, first in _BEGINS.items() if crop in around), None)
    if month is None:
        return UNKNOWN
    return between(date(int(found["from"]), month, 1), date(int(found["to"]), month, 1) - timedelta(days=1))


def _over_two_years(found: re.Match[str]) -> bool:
    return bool(found["to"]) and int(found["to"]) == int(found["from"]) + 1


def school_year(found: re.Match[str]) -> Period:
    """September to May: the ministry's yearly frame (begun on 5 September, over before 31 May)."""
    if not _over_two_years(found):
        return UNKNOWN
    return between(date(int(found["from"]), 9, 1), date(int(found["to"]), 5, 31))


def past_days(_: re.Match[str]) -> Period:
    """A past week or day that no date tells."""
    return UNKNOWN

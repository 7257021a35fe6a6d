"""Periods of time as statistics name them, with their SDMX notation."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Period:
    """A period of the contract: type, SDMX notation, first and last day."""

    period_type: str
    time_period: str | None
    start: date | None
    end: date | None

    def shifted(self, years: int) -> Period:
        """The same period `years` later (earlier when negative); instants stay what they are."""
        if self.start is None or self.end is None:
            return self
        if self.period_type == "range":
            return between(_in_year(self.start, years), _in_year(self.end, years))
        if self.period_type == "day":
            return day(_in_year(self.start, years))
        return months(self.start.year + years, self.start.month, self.end.month)


INSTANT = Period("instant", None, None, None)
UNKNOWN = Period("unknown", None, None, None)


def _in_year(day_: date, years: int) -> date:
    year = day_.year + years
    return day_.replace(year=year, day=min(day_.day, monthrange(year, day_.month)[1]))


@lru_cache(maxsize=256)  # an article names the same few again and again
def months(year: int, first: int, last: int) -> Period:
    """Months `first` to `last` of `year`, under the narrowest name: month, quarter, half, year, months.

    SDMX has codes for the aligned ones; others are start and duration ("2020-01-01/P9M").
    """
    start, end = date(year, first, 1), date(year, last, monthrange(year, last)[1])
    length = last - first + 1
    if length == 12:
        return Period("year", f"{year:04d}", start, end)
    if length == 1:
        return Period("month", f"{year:04d}-M{first:02d}", start, end)
    if length == 3 and first % 3 == 1:
        return Period("quarter", f"{year:04d}-Q{(first + 2) // 3}", start, end)
    if length == 6 and first in (1, 7):
        return Period("half", f"{year:04d}-S{1 if first == 1 else 2}", start, end)
    return Period("months", f"{start.isoformat()}/P{length}M", start, end)


def year_of(year: int) -> Period:
    """The calendar year."""
    return months(year, 1, 12)


def day(day_: date) -> Period:
    """One day."""
    return Period("day", day_.isoformat(), day_, day_)


def between(start: date, end: date) -> Period:
    """From `start` to `end`: whole years as "2016-01-01/P5Y", else counted in days."""
    whole_years = (start.month, start.day, end.month, end.day) == (1, 1, 12, 31)
    length = f"P{end.year - start.year + 1}Y" if whole_years else f"P{(end - start).days + 1}D"
    return Period("range", f"{start.isoformat()}/{length}", start, end)


def up_to(year: int, month: int, day_: int | None = None) -> Period:
    """From 1 January to a day of the same year, or to the end of its month (`day_` null)."""
    last = monthrange(year, month)[1]
    if day_ is None or day_ >= last:
        return months(year, 1, month)
    return between(date(year, 1, 1), date(year, month, day_))


def last_month(period: Period) -> Period:
    """The month that a part of a year ends with, which a comparison of months means; else `period` itself."""
    parts = ("months", "half", "quarter")
    return (
        months(period.end.year, period.end.month, period.end.month)
        if (period.end is not None and period.period_type in parts)
        else period
    )


def previous(period: Period) -> Period:
    """The period of the same length right before a month, quarter or year."""
    if period.start is None or period.end is None:
        return period
    length = (period.end.year - period.start.year) * 12 + period.end.month - period.start.month + 1
    index = period.start.year * 12 + period.start.month - 1 - length
    year, first = divmod(index, 12)
    return months(year, first + 1, min(12, first + length))


def days_before(period: Period) -> Period | None:
    """The run of as many days right before a run of days; null for other periods."""
    if period.period_type != "range" or period.start is None or period.end is None:
        return None
    length = period.end - period.start + timedelta(days=1)
    return between(period.start - length, period.end - length)

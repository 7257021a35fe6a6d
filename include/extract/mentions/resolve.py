"""What a mention leaves out, filled in from the time that the text governs and the day of publication."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from include.extract import periods
from include.extract.mentions.mention import Mention
from include.extract.periods import UNKNOWN, Period

# "năm qua" of a report of November on is the year running out, before April the one just over; "5 năm qua"
# of the second half of a year, as party congresses are held then, are up to that year.
_RUNNING_OUT = 11
_SECOND_HALF = 7
_BEGUN = 3
_TERM = 5  # years between party congresses, which are held in years that end in 0 or 5


@dataclass(frozen=True, slots=True)
class Now:
    """What is known of time where a mention stands.

    published_on, year: of the report, null where nobody tells. section: the period that governs; month: the
    newest month named.
    """

    published_on: date | None
    year: int | None
    section: Period | None
    month: Period | None


def resolve(mention: Mention, now: Now, base: Period | None = None) -> Period:
    """The period that `mention` means, from `base`, the section, then the year of the report."""
    if mention.resolved is not None:
        return mention.resolved
    if mention.kind in _RELATIVE:
        return _RELATIVE[mention.kind](mention, now)
    year = _year(mention, now, base)
    return UNKNOWN if year is None else periods.months(year, mention.first, mention.last)


def _year(mention: Mention, now: Now, base: Period | None = None) -> int | None:
    governing = base or now.section
    if mention.year is None and governing is not None and governing.start is not None:
        return governing.start.year
    if mention.year is None or mention.year <= 0:
        return None if now.year is None else now.year + (mention.year or 0)
    return mention.year


def _since_january(_: Mention, now: Now) -> Period:
    if now.published_on is None:
        return UNKNOWN if now.year is None else periods.year_of(now.year)
    return periods.between(date(now.published_on.year, 1, 1), now.published_on)


def _until(mention: Mention, now: Now) -> Period:
    """From 1 January to the day or month named."""
    year = _year(mention, now)
    return UNKNOWN if year is None else periods.up_to(year, mention.last, mention.last_day)


def _days(mention: Mention, now: Now) -> Period:
    """From one day to another of the same year."""
    year = mention.year if mention.year is not None else now.year
    try:
        return periods.between(
            date(year or 0, mention.first, mention.first_day or 0),
            date(year or 0, mention.last, mention.last_day or 0),
        )
    except ValueError:  # "từ 30/2": a misprint names no days; nor does a day without a year
        return UNKNOWN


def _last(mention: Mention, now: Now) -> Period:
    """The month or quarter before the one of the day of publication."""
    if now.published_on is None:
        return UNKNOWN
    month = now.published_on.month
    first = month if mention.last == 1 else 3 * ((month - 1) // 3) + 1
    return periods.previous(periods.months(now.published_on.year, first, first + mention.last - 1))


def _this_month(_: Mention, now: Now) -> Period:
    return now.month or (periods.last_month(now.section) if now.section else UNKNOWN)


def _past_months(mention: Mention, now: Now) -> Period:
    """ "9 tháng qua" of October are the first of its year, "3 tháng qua" of July or January the last three.

    A review of a year's first months may come a month late, or in the last of them.
    """
    day, count = now.published_on, mention.last
    if day is None:
        return UNKNOWN if now.year is None else periods.months(now.year, 1, count)
    over = day.month - 1  # months of this year that have ended
    if over and abs(over - count) <= 1:
        return periods.months(day.year, 1, count)
    year, first = divmod(day.year * 12 + over - count, 12)
    if year == day.year or count <= 12 - first:
        return periods.months(year, first + 1, first + count)
    return periods.between(date(year, first + 1, 1), date(day.year, day.month, 1) - timedelta(days=1))


def _past_years(mention: Mention, now: Now) -> Period:
    """ "Ba năm qua": up to the year running out, or the one just over; unknown in the middle of a year."""
    day, count = now.published_on, mention.last
    if day is None or _BEGUN < day.month < (_RUNNING_OUT if count == 1 else _SECOND_HALF):
        return UNKNOWN
    last = day.year if day.month > _BEGUN else day.year - 1
    return _years_up_to(last, count)


def _past_term(_: Mention, now: Now) -> Period:
    """ "Nhiệm kỳ qua", told at a congress: the five years up to its own."""
    day = now.published_on
    return _years_up_to(day.year, _TERM) if day is not None and day.year % _TERM == 0 else UNKNOWN


def _years_up_to(last: int, count: int) -> Period:
    if count == 1:
        return periods.year_of(last)
    return periods.between(date(last - count + 1, 1, 1), date(last, 12, 31))


_RELATIVE = {
    "since_january": _since_january,
    "until": _until,
    "days": _days,
    "last": _last,
    "this_month": _this_month,
    "past_months": _past_months,
    "past_years": _past_years,
    "past_term": _past_term,
}

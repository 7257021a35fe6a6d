"""One mention of a period, and the words that years, counts and quarters are printed with."""

from __future__ import annotations

from dataclasses import dataclass

from include.extract.periods import Period

COUNTS = {
    "giêng": 1, "một": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8,
    "chín": 9, "mười": 10, "mười một": 11, "mười hai": 12,
}  # fmt: skip
ROMAN = {
    "i": 1,
    "ii": 2,
    "iii": 3,
    "iv": 4,
    "một": 1,
    "hai": 2,
    "ba": 3,
    "bốn": 4,
    "tư": 4,
    "đầu": 1,
    "cuối": 4,
}
RANKINGS = r"(?:pci|papi|par index|sipas|dti|pgi|pii)"  # whose editions are named by year
YEAR = r"(?P<year>(?:19|20)\d\d|nay|này|trước|ngoái)(?!\w|[.,]\d)"
YEAR_PART = rf"(?:\s*(?:/|-|\.|của\s|trong\s)?\s*(?:năm\s+)?{YEAR}|\s+(?:của\s+)?năm)?"


@dataclass(frozen=True, slots=True)
class Mention:
    """One period named in the text.

    kind: months, quarter, month, year, day, days, span, season, since_january, until, as_of, this_month,
    last (the month or quarter, of `last` months, before the day of publication), past_months, past_years
    (the `last` months or years up to that day) or past_term. first, last: months
    of the year (months, quarter, month, until, days: from `first_day` of one to `last_day` of the other).
    year: as printed, or relative: 0 this year ("năm nay"), -1 last year ("năm ngoái"), null where the text
    leaves it out. day, span: already resolved, days over a year's end too. until: a flow's end, `last_day`
    of month `last` (null: the whole month); `since`: its beginning is said too.
    """

    start: int
    end: int
    kind: str
    first: int = 1
    last: int = 12
    year: int | None = None
    resolved: Period | None = None
    last_day: int | None = None
    since: bool = False
    first_day: int | None = None


def year_printed(printed: str | None) -> int | None:
    """The year as printed, or relative to the one told: 0 for "nay", -1 for "ngoái"; null for none."""
    if printed is None:
        return None
    return int(printed) if printed.isdigit() else {"nay": 0, "này": 0, "trước": -1, "ngoái": -1}[printed]


def count_printed(printed: str) -> int:
    """A count in figures or in words ("mười hai")."""
    return int(printed) if printed.isdigit() else COUNTS[printed]

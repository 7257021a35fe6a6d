"""Days, runs of days, and times up to a day: "từ 10-16/6", "đến hết ngày 15/9", "đến nay"."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from include.extract import periods
from include.extract.mentions.mention import ROMAN, Mention, year_printed

HALF_MONTH = re.compile(
    r"nửa (?P<side>đầu|cuối) tháng (?P<n>1[0-2]|0?[1-9])(?!\d)(?:\s?/\s?|\snăm\s)?(?P<year>(?:19|20)\d\d)?"
)
DAY = re.compile(
    r"(?P<d>0[1-9]|1\d?|2\d?|3[01]?|4|5|6|7|8|9)\s?(?:/|-|\.|tháng)\s?(?P<m>0?[1-9]|1[0-2])\s?(?:/|-|\."
    r"|năm)\s?(?P<year>(?:19|20)\d\d)"
)
# A run of days: "từ ngày 30/4 đến ngày 04/5/2025", "từ 10-16/6", "(01-07/9/2024)".
DAYS = re.compile(
    r"(?:từ\s(?:ngày\s)?|ngày\s|\()(?P<d>0?[1-9]|[12]\d|3[01])"
    r"(?:\s?/\s?(?P<m>0?[1-9]|1[0-2]))?(?:/(?P<from>(?:19|20)\d\d))?"
    r"\s?(?:-|đến(?: hết)?(?: ngày)?|tới(?: ngày)?)\s?(?P<d2>0?[1-9]|[12]\d|3[01])"
    r"\s?/\s?(?P<m2>0?[1-9]|1[0-2])"
    r"(?:\s?/\s?(?P<year>(?:19|20)\d\d))?(?![\d/]|[.,]\d)"
)
SINCE_JANUARY = re.compile(r"từ đầu năm(?: (?:19|20)\d\d)? (?:đến|tới) nay")
# "tính đến hết ngày 15/9", "từ đầu năm đến 31/10/2023", "đến hết tháng 9", "đến cuối quý III".
UNTIL = re.compile(
    r"(?P<since>(?:kể )?từ (?:đầu năm|(?:ngày )?0?1/0?1)(?:/?\s?(?:19|20)\d\d)?,?\s)?"
    r"(?:tính\s|tĩnh\s)?(?:đến|tới)\s"
    r"(?:(?:thời điểm|hết|cuối|giữa)\s)*(?:"
    r"(?:ngày\s)?(?P<d>0?[1-9]|[12]\d|3[01])"
    r"\s?(?:/|tháng\s|(?<=ngày \d)[.-]|(?<=ngày \d\d)[.-])\s?"
    r"|(?:(?<=hết )|(?<=cuối )|(?<=giữa )|(?<=(?:năm|dồn) đến )|(?<=lũy kế đến )|(?<=năm tới ))tháng\s"
    r"|(?P<q>qu[ýí]\s))"
    r"(?P<m>1[0-2]|0?[1-9]|iv|i{1,3})(?![\d.,]\d|\d|\w)"
    r"(?!\s(?:xã|phường|huyện|thôn|bản|tiêu chí|chỉ tiêu|dự án)\b)"
    r"(?:\s?(?:/|-|năm)\s?(?P<year>(?:19|20)\d\d)|\snăm (?P<word>nay|này|trước|ngoái))?"
)
AS_OF = re.compile(
    r"đến nay|tới nay|hiện nay|hiện tại|hiện có|hiện còn|lũy kế|tính đến"
    r"|hiện(?:(?<=[,.;:(-] hiện)|(?<=nghèo hiện)|(?<!(?s:.)hiện))(?=[ ,])(?! đại| thực| trạng| hành)"
)


def half_month(found: re.Match[str]) -> Mention:
    """Half a month: "nửa đầu tháng 5" are its first fifteen days."""
    month, first_half = int(found["n"]), found["side"] == "đầu"
    last_day = 15 if first_half else monthrange(2001, month)[1]
    days = (1 if first_half else 16, last_day)
    year = year_printed(found["year"])
    return Mention(
        found.start(), found.end(), "days", month, month, year, last_day=days[1], first_day=days[0]
    )


def day(found: re.Match[str]) -> Mention | None:
    """A day; an instant behind "đến ngày"; null where the calendar has no such day."""
    try:
        when = date(int(found["year"]), int(found["m"]), int(found["d"]))
    except ValueError:  # 31/6/2020: a misprint names no day
        return None
    before = found.string[max(0, found.start() - 16) : found.start()]
    up_to = re.search(r"(?:đến|tới|đến hết|thời điểm)\s(?:ngày\s)?\Z", before)
    return Mention(
        found.start(), found.end(), "day", resolved=periods.INSTANT if up_to else periods.day(when)
    )


def days(found: re.Match[str]) -> Mention | None:
    """A run of days; null where its days are none ("từ 30/2") or it begins on 1 January, as flows do."""
    months = int(found["m"] or found["m2"]), int(found["m2"])
    days = int(found["d"]), int(found["d2"])
    if found["from"] and found["year"] and found["from"] != found["year"]:
        return _days_over_years(found, (int(found["from"]), months[0], days[0]), months[1], days[1])
    if (months[0], days[0]) >= (months[1], days[1]) or (months[0], days[0]) == (1, 1):
        return None
    year = year_printed(found["year"] or found["from"])
    return Mention(
        found.start(), found.end(), "days", months[0], months[1], year, last_day=days[1], first_day=days[0]
    )


def _days_over_years(
    found: re.Match[str], first: tuple[int, int, int], last_month: int, last_day: int
) -> Mention | None:
    """A run of days over a year's end; null where the calendar has no such days."""
    try:
        begin, end = date(*first), date(int(found["year"]), last_month, last_day)
    except ValueError:  # "từ 31/6/2020": a misprint names no day
        return None
    period = periods.between(begin, end) if begin < end else None
    return Mention(found.start(), found.end(), "days", resolved=period) if period else None


def until(found: re.Match[str]) -> Mention | None:
    """A flow counted up to a day or a month's end; null for "từ 5/7 đến 10/7", which is no year's flow."""
    begins = re.search(r"từ (?:ngày |tháng )?\d[\d/.]*\s\Z", found.string[: found.start()][-24:])
    if begins and not found["since"]:
        return None
    last = int(found["m"]) if found["m"].isdigit() else ROMAN[found["m"]]
    if found["q"]:
        if last > 4:
            return None
        last *= 3
    year = year_printed(found["year"] or found["word"])
    day = int(found["d"]) if found["d"] else None
    return Mention(
        found.start(), found.end(), "until", 1, last, year, last_day=day, since=found["since"] is not None
    )


def since_january(found: re.Match[str]) -> Mention:
    """From 1 January to the day of the report."""
    return Mention(found.start(), found.end(), "since_january")


def as_of(found: re.Match[str]) -> Mention:
    """The day of the report, of what exists then."""
    return Mention(found.start(), found.end(), "as_of", resolved=periods.INSTANT)

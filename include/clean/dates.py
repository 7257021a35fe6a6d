"""Strict parsers of the date notations that Vietnamese portals print. What is not surely a date is null.

All times are local to Asia/Ho_Chi_Minh, which has had no summer time since 1975, unless the text names
another zone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Final
from zoneinfo import ZoneInfo

from include.clean.text import tidy

LOCAL: Final = ZoneInfo("Asia/Ho_Chi_Minh")
# The first Vietnamese newspaper went online in 1997; anything before is a birthday or a decree.
FIRST_YEAR: Final = 1997
LAST_YEAR: Final = 2100


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, and the time of day where the text tells it (with zone)."""

    on: date
    at: datetime | None


_ISO: Final = re.compile(
    r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"
    r"(?:(?:T|\s+)(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?"
    r"\s*(?P<zone>Z|[+-]\d{2}:?\d{2})?)?"
)
# .NET prints its invariant culture in meta tags: month first, and always with seconds and AM or PM.
_MONTH_FIRST: Final = re.compile(
    r"(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>\d{4})\s+"
    r"(?P<hour>\d{1,2}):(?P<minute>\d{2}):(?P<second>\d{2})\s*(?P<half>AM|PM)"
)
_DAY: Final = re.compile(
    r"(?<![\d/.-])(?P<day>\d{1,2})(?P<sep>[/. -])(?P<month>\d{1,2})(?P=sep)(?P<year>\d{4})(?![\d/-])"
    r"|ngày\s+(?P<day2>\d{1,2})\s+tháng\s+(?P<month2>\d{1,2})\s*(?:,|năm)\s*(?P<year2>\d{4})",
    re.IGNORECASE,
)
_CLOCK: Final = re.compile(
    r"(?<![\d:])(?P<hour>\d{1,2})\s*(?::|h|giờ)\s*(?P<minute>\d{2})(?:\s*(?::|phút)\s*(?P<second>\d{2})?)?"
    r"(?:\s*(?P<half>AM|PM|SA|CH))?(?![\d:])",
    re.IGNORECASE,
)
_ZONE: Final = re.compile(r"\(?\s*(?:GMT|UTC)\s*(?P<zone>[+-]\d{1,2}(?::?\d{2})?)?\s*\)?", re.IGNORECASE)
# What may stand beside a date without making it part of a sentence.
_BESIDE: Final = re.compile(
    r"thứ\s+(?:hai|ba|tư|bốn|năm|sáu|bảy|bẩy|[2-7])|chủ\s+nhật"
    r"|(?:ngày|giờ|thời gian)?\s*(?:đăng(?: tải| bài| tin| lúc)?|xuất bản|phát hành|đưa tin"
    r"|cập nhật(?: lúc| lần cuối)?)"
    r"|ngày|lúc|vào|hồi|(?:số )?(?:lượt )?(?:xem|đọc)(?: bài)?\W*[\d.,]*|\d+ (?:lượt xem|lượt đọc|bình luận)",
    re.IGNORECASE,
)
_VIEW_COUNT: Final = re.compile(r"[|:]\s*[\d.,]+\s*$")
_EDITED: Final = re.compile(r"cập nhật|sửa", re.IGNORECASE)


def parse_typed(text: str) -> Moment | None:
    """Read a machine's notation: ISO 8601 with or without colon in the zone, or .NET's month-first form.

    NukeViet's `2020-07-17+0707:51:00` is neither and gives null, as do times of the day past 24:00.
    """
    bare = tidy(text)
    found = _ISO.fullmatch(bare) or _MONTH_FIRST.fullmatch(bare)
    if found is None:
        return None
    parts = found.groupdict()
    day = _day(parts["year"], parts["month"], parts["day"])
    if day is None:
        return None
    if parts["hour"] is None:
        return Moment(day, None)
    clock = _clock(parts["hour"], parts["minute"], parts.get("second"), parts.get("half"))
    return _moment(day, clock, parts.get("zone")) if clock else None


def parse_visible(text: str) -> Moment | None:
    """Read a line that prints one date, day first, with at most a weekday, a time, a label and a view count.

    A date inside a sentence gives null. Where publication and last edit are both printed, the first
    counts.
    """
    bare = tidy(text)
    if len(bare) > 120:
        return None
    found = _DAY.search(bare)
    if found is None:
        return None
    day = _day(*(found[name] or found[name + "2"] for name in ("year", "month", "day")))
    rest = _without_edit(bare[: found.start()] + " " + bare[found.end() :])
    if day is None or rest is None:
        return None
    zone = _ZONE.search(rest)
    rest = _ZONE.sub(" ", rest)
    clock_text = _CLOCK.search(rest)
    beside = rest if clock_text is None else rest[: clock_text.start()] + " " + rest[clock_text.end() :]
    if re.search(r"\w", _BESIDE.sub(" ", _VIEW_COUNT.sub(" ", beside))):
        return None
    clock = clock_text and _clock(
        clock_text["hour"], clock_text["minute"], clock_text["second"], clock_text["half"]
    )
    return _moment(day, clock, zone["zone"] if zone else None) if clock else Moment(day, None)


def is_edit_date(text: str) -> bool:
    """Whether the line says that it tells the last edit, not the publication."""
    label = _DAY.split(tidy(text))[0]
    return bool(_EDITED.search(label or ""))


def _without_edit(rest: str) -> str | None:
    """What precedes the label of the last edit, or null where a second date is something else."""
    later = _DAY.search(rest)
    if later is None:
        return rest
    labels = list(_EDITED.finditer(rest[: later.start()]))
    return rest[: labels[-1].start()] if labels else None


def _day(year: str, month: str, day: str) -> date | None:
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found if FIRST_YEAR <= found.year <= LAST_YEAR else None


def _clock(hour: str, minute: str, second: str | None, half: str | None) -> time | None:
    """Time of day; "17:09 PM" is printed by templates that add the half to a 24-hour clock."""
    hours = int(hour)
    afternoon = (half or "").upper() in ("PM", "CH")
    if half and hours <= 12:
        hours = hours % 12 + (12 if afternoon else 0)
    try:
        return time(hours, int(minute), int(second or 0))
    except ValueError:
        return None


def _moment(day: date, clock: time, zone: str | None) -> Moment:
    moment = datetime.combine(day, clock, _zone(zone)).astimezone(LOCAL)
    return Moment(moment.date(), moment)


def _zone(text: str | None) -> timezone | ZoneInfo:
    if not text:
        return LOCAL
    if text == "Z":
        return UTC
    digits = text[1:].replace(":", "")
    hours, minutes = (int(digits), 0) if len(digits) <= 2 else (int(digits[:-2]), int(digits[-2:]))
    if hours > 14 or minutes > 59:
        return LOCAL
    offset = timedelta(hours=hours, minutes=minutes)
    return timezone(-offset if text[0] == "-" else offset)

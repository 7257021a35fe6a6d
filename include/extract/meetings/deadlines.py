"""Deadlines as officials set them ("chậm nhất trong quý III", "trước ngày 30/9") and their last day."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from include.extract.calendar import find_days, month_end
from include.extract.cues import Cued
from include.extract.reported_years import number_of
from include.extract.text import Span


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline: offsets of its words, and its last day (null where the text leaves it open)."""

    start: int
    end: int
    on: date | None


_BY = (
    r"(?:(?:hoàn thành|xong|hoàn tất|thực hiện|báo cáo|triển khai)\s+)?"
    r"(?P<by>chậm nhất(?:\s+(?:là|trong|đến|vào|hết))*|muộn nhất(?:\s+(?:là|trong|đến))*|ngay trong|"
    r"ngay từ|trong|trước|đến hết|"
    r"hết|cuối|đến cuối|xong trước|đến|hạn cuối(?:\s+là)?|từ nay đến(?:\s+(?:hết|cuối))*)\s+(?:thời gian\s+)?"
)
_PERIOD = Cued(
    rf"(?<!\w)(?<!tháng ){_BY}(?:(?:đầu|giữa|cuối|hết)\s+)?(?:"
    r"quý\s+(?P<quarter>iv|i{1,3}|[1-4])(?:(?:\s+năm\s+|/)(?P<quarter_year>20\d\d))?"
    r"|(?:quý\s+này)"
    r"|tháng\s+(?P<month>\d{1,2})(?:(?:\s+năm\s+|/)(?P<month_year>20\d\d))?(?![/\d])"
    r"|(?P<today>(?:(?:ngày|sáng|trưa|chiều|tối|đêm)\s+)*(?:hôm|ngày|sáng|trưa|chiều|tối|đêm)\s+nay)"
    r"|(?P<this_month>tháng này)|(?P<this_week>tuần này|tuần tới)"
    r"|6 tháng (?P<half>đầu|cuối) năm(?:\s+(?P<half_year>20\d\d))?"
    r"|năm\s+(?P<year>20\d\d)(?!\s*-)|(?P<this_year>năm nay|năm))(?!\w)"
)
# "trong năm 2024" names the time of a result as often as a deadline; these words set one.
_FIRM = re.compile(
    r"(?:chậm nhất|muộn nhất|ngay trong|trước|đến hết|hết|xong trước|hạn cuối|cuối|đến cuối|từ nay)"
)
_DUTY = Cued(
    r"(?<!\w)(?:hoàn thành|xong|hoàn tất|phải|báo cáo|ban hành|trình|hoàn thiện|khởi công|đưa vào|"
    r"giải ngân|bàn giao|phê duyệt)(?!\w)"
)


def _end_of(found: re.Match[str], reference: date) -> date | None:
    if found["quarter"]:
        return _month_end_from(number_of(found["quarter"]) * 3, found["quarter_year"], reference)
    if found["month"]:
        return _month_end_from(int(found["month"]), found["month_year"], reference)
    if found["today"]:
        return reference
    if found["this_month"]:
        return month_end(reference.year, reference.month)
    if found["this_week"]:
        weeks = 1 if found["this_week"].endswith("tới") else 0
        return reference + timedelta(days=6 - reference.weekday() + 7 * weeks)
    if found["half"]:
        year = int(found["half_year"] or reference.year)
        return date(year, 6, 30) if found["half"] == "đầu" else date(year, 12, 31)
    if found["year"]:
        return date(int(found["year"]), 12, 31)
    if found["this_year"]:
        return date(reference.year, 12, 31)
    return month_end(reference.year, (reference.month + 2) // 3 * 3)


def _month_end_from(month: int, year: str | None, reference: date) -> date | None:
    if not 1 <= month <= 12:
        return None
    if year is not None:
        return month_end(int(year), month)
    end = month_end(reference.year, month)
    return end if end >= reference else month_end(reference.year + 1, month)


def _day_deadline(folded: str, span: Span, reference: date | None) -> Deadline | None:
    for day in find_days(folded, span.start, span.end):
        if day.bound != "until" or day.day is None or day.month is None:
            continue
        before = re.compile(
            r"(?:chậm nhất|muộn nhất|xong|hoàn thành)?\s*(?:trước|đến|hết|tới)?\s*(?:hết|trước|là)?\s*\Z"
        ).search(folded, max(span.start, day.start - 24), day.start)
        start = before.start() if before is not None else day.start
        while start < day.start and folded[start] == " ":
            start += 1
        return Deadline(start, day.end, _next_day(day.day, day.month, day.year, reference))
    return None


def _next_day(day: int, month: int, year: int | None, reference: date | None) -> date | None:
    years = [year] if year is not None else [] if reference is None else [reference.year, reference.year + 1]
    for one in years:
        try:
            found = date(one, month, day)
        except ValueError:
            continue
        if year is not None or reference is None or found >= reference:
            return found
    return None


def find_deadline(folded: str, span: Span, reference: date | None) -> Deadline | None:
    """Give the deadline set in a stretch of folded text, null without one.

    reference: the day of the meeting (else of publication), from which years left out are counted
    forward; without it only deadlines with their year are resolved.
    """
    by_day = _day_deadline(folded, span, reference)
    if by_day is not None:
        return by_day
    for found in _PERIOD.finditer(folded, span.start, span.end):
        if not (_FIRM.match(found["by"]) or _DUTY.search(folded, span.start, span.end)):
            continue
        has_year = found["quarter_year"] or found["month_year"] or found["year"] or found["half_year"]
        anchor = reference or (date(int(has_year), 1, 1) if has_year else None)
        on = None if anchor is None else _end_of(found, anchor)
        if on is not None and reference is not None and on < reference:
            continue
        return Deadline(found.start("by"), found.end(), on)
    return None

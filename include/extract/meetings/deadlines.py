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
    rf"(?<!\w)(?<!tháng ){_BY}(?:(?:đầu|(?P<middle>giữa)|cuối|hết)\s+)?(?:"
    r"quý\s+(?P<quarter>iv|i{1,3}|[1-4])(?:(?:\s+năm\s+|[/-])(?P<quarter_year>20\d\d))?"
    r"|(?:quý\s+này)"
    r"|tháng\s+(?P<month>\d{1,2})(?:(?:\s+năm\s+|[/-])(?P<month_year>20\d\d))?(?![/\d])"
    r"|(?P<today>(?:(?:ngày|sáng|trưa|chiều|tối|đêm)\s+)*(?:hôm|ngày|sáng|trưa|chiều|tối|đêm)\s+nay)"
    r"|(?P<this_month>tháng này)|(?P<this_week>tuần này|tuần tới)"
    r"|6 tháng (?P<half>đầu|cuối) năm(?:\s+(?P<half_year>20\d\d))?"
    r"|năm\s+(?P<year>20\d\d)(?!\s*-)|(?P<this_year>năm nay|năm))(?!\w)"
)
# "trong năm 2024" names the time of a result as often as a deadline; these words set one.
_ENDS_IT = re.compile(r"(?<!\w)(?:hoàn thành|xong|hoàn tất|phải|đạt|chấm dứt|giải ngân hết)(?!\w)")
_FIRM = re.compile(
    r"(?:chậm nhất|muộn nhất|ngay trong|trước|đến hết|hết|xong trước|hạn cuối|cuối|đến cuối|từ nay)"
)
_DUTY = Cued(
    r"(?<!\w)(?:hoàn thành|xong|hoàn tất|phải|cần|sẽ|báo cáo|ban hành|trình|hoàn thiện|khởi công|đưa vào|"
    r"vào (?:vận hành|sử dụng|hoạt động|khai thác)|giải ngân|bàn giao|phê duyệt|tổng kết|triển khai|"
    r"thực hiện|tham mưu)(?!\w)"
)


def _end_of(found: re.Match[str], reference: date) -> date | None:
    if found["quarter"]:
        return _month_end_from(number_of(found["quarter"]) * 3, found["quarter_year"], reference)
    if found["month"]:
        end = _month_end_from(int(found["month"]), found["month_year"], reference)
        return end if end is None or not found["middle"] else end.replace(day=15)
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


_SETS_A_DAY = re.compile(
    r"(?:chậm nhất|muộn nhất|xong|hoàn thành)?\s*(?:trước|đến|hết|tới)?\s*(?:hết|trước|là)?"
    r"(?:\s*\d{1,2}\s?(?:h|giờ)\d{0,2}(?:\s+phút)?)?\s*\Z"
)
_YEARLY = re.compile(r"\s*(?:hằng|hàng)\s+(?:năm|tháng|quý)")


def _day_deadline(folded: str, span: Span, reference: date | None) -> Deadline | None:
    for day in find_days(folded, span.start, span.end):
        if day.bound != "until" or day.day is None or day.month is None:
            continue
        if _YEARLY.match(folded, day.end, span.end):
            continue
        before = _SETS_A_DAY.search(folded, max(span.start, day.start - 34), day.start)
        on = _next_day(day.day, day.month, day.year, reference)
        if on is not None and reference is not None and on < reference:
            continue
        start = before.start() if before is not None else day.start
        while start < day.start and folded[start] == " ":
            start += 1
        return Deadline(start, day.end, on)
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


_COUNT_WORDS = {
    "một": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10,
}  # fmt: skip
_WITHIN = Cued(
    r"(?<!\w)(?:chậm nhất\s+(?:là\s+)?)?(?:trong|sau)\s+(?:(?P<firm>vòng|thời hạn)\s+|thời gian\s+)?"
    rf"(?P<count>\d{{1,3}}|{'|'.join(_COUNT_WORDS)})\s+(?P<unit>ngày|tuần|tháng)"
    r"(?P<working>\s+làm việc)?(?P<next>\s+tới)?(?!\w|\s+(?:đầu|cuối|qua|năm|\d))"
)
# What sets no day: the words are kept, the day stays open.
_OPEN = re.compile(
    r"(?<!\w)(?:(?:trong\s+)?thời gian\s+(?:sớm|ngắn|nhanh)\s+nhất|(?:sớm|nhanh)\s+nhất|càng sớm càng tốt"
    r"|trước\s+(?:tết(?:\s+nguyên đán)?|mùa\s+(?:mưa|bão|khô|lũ)(?:\s+(?:bão|lũ))?|năm học mới)"
    r"|sớm(?=\s+(?:hoàn|trình|ban|đưa|có|triển|khởi|giải|thực|báo|xây|tham|bàn|tháo|khắc|phê|bố|đầu)))(?!\w)"
)


def _within(found: re.Match[str], reference: date | None) -> date | None:
    """The last day of a time counted from the reference; of working days it is left open."""
    if reference is None or found["working"]:
        return None
    count = int(found["count"]) if found["count"].isdigit() else _COUNT_WORDS[found["count"]]
    if found["unit"] == "tháng":
        years, month = divmod(reference.month - 1 + count, 12)
        last = month_end(reference.year + years, month + 1)
        return min(last, last.replace(day=min(reference.day, last.day)))
    return reference + timedelta(days=count * (7 if found["unit"] == "tuần" else 1))


def _counted_deadline(folded: str, span: Span, reference: date | None) -> Deadline | None:
    for found in _WITHIN.finditer(folded, span.start, span.end):
        if found["firm"] or found["next"] or _DUTY.search(folded, span.start, span.end):
            return Deadline(found.start(), found.end(), _within(found, reference))
    return None


# "quy hoạch điện đến năm 2035" names a plan; "đến năm 2018 phải xong" sets a time.
_NEAR = 40


def _near_duty(folded: str, found: re.Match[str], span: Span) -> bool:
    start = max(span.start, found.start("by") - _NEAR)
    before = max(folded.rfind(",", start, found.start("by")), start)
    return _ENDS_IT.search(folded, before, min(span.end, found.end() + _NEAR)) is not None


def _period_deadline(folded: str, span: Span, reference: date | None) -> Deadline | None:
    for found in _PERIOD.finditer(folded, span.start, span.end):
        if not (_FIRM.match(found["by"]) or _DUTY.search(folded, span.start, span.end)):
            continue
        if found["year"] and found["by"] == "đến" and not _near_duty(folded, found, span):
            continue
        has_year = found["quarter_year"] or found["month_year"] or found["year"] or found["half_year"]
        anchor = reference or (date(int(has_year), 1, 1) if has_year else None)
        on = None if anchor is None else _end_of(found, anchor)
        if on is not None and reference is not None and on < reference:
            continue
        return Deadline(found.start("by"), found.end(), on)
    return None


def find_deadline(folded: str, span: Span, reference: date | None) -> Deadline | None:
    """Give the deadline set in a stretch of folded text, null without one.

    reference: the day of the meeting (else of publication), from which years left out are counted
    forward; without it only deadlines with their year are resolved. A day goes before a period, a period
    before a time counted from the meeting, that before words that leave the day open ("sớm nhất").
    """
    for rule in (_day_deadline, _period_deadline, _counted_deadline):
        deadline = rule(folded, span, reference)
        if deadline is not None:
            return deadline
    left_open = _OPEN.search(folded, span.start, span.end)
    return None if left_open is None else Deadline(left_open.start(), left_open.end(), None)

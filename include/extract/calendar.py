"""Days as news prose words them ("Chiều nay (15/7)", "ngày 3 tháng 2"), and the year they belong to.

A day without a year is read backwards from the day of publication, because a report is not older
than its event. Where the page has no such day, the years that the text itself reports on decide;
where they do not settle it, the day stays unknown.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from include.extract.model import ArticleText
from include.extract.reported_years import YearEvidence, reported_years
from include.extract.text import fold, paragraphs

SESSION_OF: Final = {
    "sáng": "morning",
    "trưa": "afternoon",
    "chiều": "afternoon",
    "tối": "evening",
    "đêm": "evening",
}


@dataclass(frozen=True, slots=True)
class DayMention:
    """A day in the text: offsets `start` to `end` cover it with its lead-in ("Chiều ngày 15/11").

    day, month, year: as printed, null where the words leave them out. end_day, end_month: the last day
    of a range. days_ago: 0 for "nay", 1 for "hôm qua", null where the words do not count from the day
    of writing. is_same_day: "cùng ngày". bound: `until` (trước, đến), `since` (từ, sau) or null.
    """

    start: int
    end: int
    day: int | None = None
    month: int | None = None
    year: int | None = None
    end_day: int | None = None
    end_month: int | None = None
    session: str | None = None
    days_ago: int | None = None
    is_same_day: bool = False
    bound: str | None = None


_DIGITS = re.compile(
    r"(?<![\d/.,])(?:(?P<d0>\d{1,2})(?:/(?P<m0>\d{1,2}))?(?:\s*-\s*|\s*,\s*|\s+và\s+(?:ngày\s+)?|"
    r"\s+đến\s+(?:ngày\s+)?))?"
    r"(?P<d>\d{1,2})(?:(?P<sep>[/.-])(?P<m>\d{1,2})(?:(?P=sep)(?P<y>(?:19|20)\d\d))?(?![\d/])(?![.,-]\d)"
    # "24- 4-2010"; without a year ("Ngày 15 - 5") only behind a word for a day.
    r"|\s?(?P<sep2>[/.-])\s?(?P<m2>\d{1,2})(?:\s?(?P=sep2)\s?(?P<y2>(?:19|20)\d\d))?(?!\s?[/.-]?\d|\s?%)"
    r"|\s+tháng\s+(?P<mw>\d{1,2})(?:(?:\s+năm\s+|/|,\s*năm\s+)(?P<yw>(?:19|20)\d\d))?(?!\d))"
)
# Cheap marks of a day, so that the long patterns run only where they can match.
_DIGIT_HINT = re.compile(r"\d\s?[/.-]\s?\d|\d\s+tháng\s+\d")
_BEFORE_HINT = 18
_WORD_HINT = re.compile(r"(?:sáng|trưa|chiều|tối|đêm|hôm|cùng)\s+(?:nay|qua|ngày|hôm|cùng)")
_LEAD_IN = re.compile(
    r"(?:(?P<session>sáng|trưa|chiều|tối|đêm)\s*)?(?:(?:thứ\s+(?:hai|ba|tư|năm|sáu|bảy|[2-7])|chủ\s+nhật)[\s,]*)?"
    r"(?P<ago>hôm\s+nay|nay|hôm\s+qua|qua|hôm)?"
    r"[\s,]*(?P<opening>\(?)\s*(?P<word>(?:trong\s+)?(?:(?:\d|hai|ba|bốn|năm)\s+)?ngày)?\s*(?:mùng|"
    r"mồng)?\s*\Z"
)
_WORDS_ONLY = re.compile(
    r"\b(?:(?P<session>sáng|trưa|chiều|tối|đêm)\s+(?:(?P<same>cùng\s+ngày)|ngày\s+(?P<day_ago>hôm\s+nay|"
    r"hôm\s+qua)|"
    r"(?P<ago>nay|hôm\s+nay|qua|hôm\s+qua))|(?P<same2>(?:trong\s+)?cùng\s+ngày)|(?P<ago2>hôm\s+nay|"
    r"hôm\s+qua))\b"
)
_BOUND = re.compile(
    r"(?:(?P<until>trước|đến|tới|hết|chậm nhất|muộn nhất|hạn)|(?P<since>từ|kể từ|sau))"
    r"(?:\s+(?:là|hết|trước|vào))?(?:\s+\d{1,2}\s?(?:h|giờ)\d{0,2}(?:\s+phút)?)?\s*\Z"
)
_DOCUMENT = re.compile(
    r"(?:\bsố\s|quyết định|nghị quyết|nghị định|thông tư|chỉ thị|công văn|văn bản|tờ trình|kế hoạch|"
    r"công điện|"
    r"thông báo|hướng dẫn|luật)[^.;:,()]{0,60}\Z"
)
_ANNIVERSARY = re.compile(
    r"(?:kỷ niệm|ngày thành lập|truyền thống|quốc khánh|quốc tế|cách mạng|chiến thắng|thương binh|"
    r"giải phóng(?! mặt bằng)|"
    r"chào mừng|nhà giáo|phụ nữ|ngày sinh|ngày mất)[^.;:]{0,60}\Z"
)
_COUNTED_AFTER = re.compile(
    r"\s*(?:xã|phường|huyện|thôn|bản|chỉ tiêu|tiêu chí|hộ|dự án|mục tiêu|nhiệm vụ|trường|đơn vị|công trình|"
    r"đại biểu|ý kiến|tỉnh|thành viên|nội dung|người|%|điểm)\b|/[a-zđ]|-[a-zđ]"
)
_RANGE_OF_YEARS = re.compile(r"\s*-\s*\d{1,2}/\d{1,2}/(?:19|20)\d\d")


def _valid(day: int, month: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= 31


def _days_ago(words: str | None) -> int | None:
    if not words:
        return None
    words = " ".join(words.split())
    return {"nay": 0, "hôm nay": 0, "qua": 1, "hôm qua": 1}.get(words)


def _is_no_day(
    folded: str, found: re.Match[str], lead: re.Match[str], *, has_cue: bool, is_limit: bool
) -> bool:
    """Whether digits that look like a day are a fraction, a document's date or an anniversary.

    is_limit: something is to be done before it ("xây dựng kế hoạch trước ngày 30/9").
    """
    if not (has_cue or found["y"] or found["y2"] or found["yw"]):
        return True
    if found["sep2"] and not (found["y2"] or lead["session"] or lead["word"]):
        return True
    if _COUNTED_AFTER.match(folded, found.end()) and not lead["word"]:
        return True
    if found["y"] and (
        _RANGE_OF_YEARS.match(folded, found.end())
        or re.search(r"/\d{4}\s*-\s*\Z", folded[: found.start()][-12:])
    ):
        return True
    before = folded[max(0, lead.start() - 80) : lead.start()]
    if lead["session"] or is_limit:
        return False
    return bool(_DOCUMENT.search(before) or _ANNIVERSARY.search(before) or before.endswith("số "))


_FROM = re.compile(r"(?<!\w)từ\s+(?:ngày\s+)?\Z")


def _first_day(folded: str, found: re.Match[str], lead: re.Match[str]) -> int | None:
    """The first day of several: "ngày 27-28/7", "từ 8 đến 10/12"; null where the digits name one."""
    if not found["d0"] or int(found["d0"]) > 31:
        return None
    is_range = lead["word"] or _FROM.search(folded, max(0, found.start() - 12), found.start())
    return int(found["d0"]) if is_range else None


def _numbered(folded: str, found: re.Match[str], floor: int) -> DayMention | None:
    day, month = int(found["d"]), int(found["m"] or found["m2"] or found["mw"])
    if not _valid(day, month):
        return None
    lead = _LEAD_IN.search(folded, max(floor, found.start() - 40), found.start())
    if lead is None:
        return None
    bound = _BOUND.search(folded, max(0, lead.start() - 24), lead.start())
    named_month = found["mw"] is not None
    slashed = "/" in (found["sep"], found["sep2"])
    has_cue = bool(lead["session"] or lead["ago"] or lead["word"] or (bound and (slashed or named_month)))
    is_limit = bound is not None and bool(bound["until"])
    if _is_no_day(folded, found, lead, has_cue=has_cue, is_limit=is_limit):
        return None
    first = _first_day(folded, found, lead)
    month0 = int(found["m0"]) if found["m0"] else month
    start = lead.start() + (len(lead.group()) - len(lead.group().lstrip(" ,(\n")))
    if found["d0"] and first is None and not lead["session"] and not lead["ago"]:
        start = found.start("d")
    year = found["y"] or found["y2"] or found["yw"]
    bound_kind = None if bound is None or first is not None else ("until" if is_limit else "since")
    session = SESSION_OF.get(lead["session"] or "")
    return DayMention(
        start=start,
        end=found.end() + (1 if lead["opening"] and folded[found.end() : found.end() + 1] == ")" else 0),
        day=first if first is not None else day,
        month=month0 if first is not None else month,
        year=int(year) if year else None,
        end_day=day if first is not None else None,
        end_month=month if first is not None else None,
        session=session,
        days_ago=_days_ago(lead["ago"]),
        bound=bound_kind,
    )


def _worded(found: re.Match[str]) -> DayMention:
    return DayMention(
        start=found.start(),
        end=found.end(),
        session=SESSION_OF.get(found["session"] or ""),
        days_ago=_days_ago(found["ago"] or found["day_ago"] or found["ago2"]),
        is_same_day=bool(found["same"] or found["same2"]),
    )


def find_days(folded: str, start: int = 0, end: int | None = None) -> list[DayMention]:
    """Give the days worded in `folded` (see `text.fold`) between two offsets, in order.

    Fractions ("7/10 chỉ tiêu"), dates of documents and anniversaries are no days of the report.
    """
    stop = len(folded) if end is None else end
    mentions: list[DayMention] = []
    position = start
    for hint in _DIGIT_HINT.finditer(folded, start, stop):
        if hint.start() < position:
            continue
        found = _DIGITS.search(folded, max(position, hint.start() - _BEFORE_HINT), min(stop, hint.end() + 24))
        if found is None:
            continue
        position = found.end()
        mention = _numbered(folded, found, start)
        if mention is not None and mention.start >= start:
            mentions.append(mention)
    taken = bytearray(len(folded))
    for mention in mentions:
        taken[mention.start : mention.end] = b"\1" * (mention.end - mention.start)
    for hint in _WORD_HINT.finditer(folded, start, stop):
        worded = _WORDS_ONLY.search(folded, max(start, hint.start() - 12), min(stop, hint.end() + 10))
        if worded is None or taken[worded.start()]:
            continue
        taken[worded.start() : worded.end()] = b"\1" * (worded.end() - worded.start())
        mentions.append(_worded(worded))
    return sorted(mentions, key=lambda mention: mention.start)


def _day(year: int, month: int, day: int) -> date | None:
    return date(year, month, day) if day <= monthrange(year, month)[1] else None


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, monthrange(year, month)[1])


# How long before its period ends a report is already written ("6 tháng đầu năm" is reviewed from mid-May),
# and how long after it the period is still the news.
_EARLY = timedelta(days=45)
_LATE = timedelta(days=240)


# Months within which a date that a text touches by the way is of the same year as the day it reports.
_NEAR_MONTHS = 3


def _day_near(day: int, month: int, evidence: list[YearEvidence]) -> date | None:
    """The day in the year of the months near it, null where there are none or of several years."""
    years = {
        year
        for one in evidence
        for year in (one.year - 1, one.year, one.year + 1)
        if abs((one.year - year) * 12 + (one.month or 0) - month) <= _NEAR_MONTHS
    }
    return _day(years.pop(), month, day) if len(years) == 1 else None


def day_by_text(day: int, month: int, evidence: list[YearEvidence]) -> date | None:
    """Give the date of a day without year from what the text reports on, null where that leaves a choice."""
    if not evidence:
        return None
    if all(one.is_near for one in evidence):
        return _day_near(day, month, evidence)
    newest = max(one.year for one in evidence)
    of_year = [one for one in evidence if one.year == newest]
    months = [one.month for one in of_year if one.month is not None]
    if months:
        end = month_end(newest, max(months))
        candidates = (_day(year, month, day) for year in (newest, newest + 1))
        return next((one for one in candidates if one and end - _EARLY <= one <= end + _LATE), None)
    if any(not one.is_whole for one in of_year):
        return _day(newest, month, day) if month > 1 else None
    if 4 <= month <= 9:
        return None
    return _day(newest if month >= 10 else newest + 1, month, day)


def day_before(day: int, month: int, published_on: date) -> date | None:
    """Give the newest date with this day and month that is not after `published_on`."""
    for year in range(published_on.year, published_on.year - 5, -1):
        found = _day(year, month, day)
        if found is not None and found <= published_on:
            return found
    return None


def resolve_day(mention: DayMention, published_on: date | None, evidence: list[YearEvidence]) -> date | None:
    """Give the date of the first day of a mention; null where page and text leave it open."""
    if mention.day is not None and mention.month is not None:
        if mention.year is not None:
            return _day(mention.year, mention.month, mention.day)
        if published_on is not None:
            return day_before(mention.day, mention.month, published_on)
        return day_by_text(mention.day, mention.month, evidence)
    if mention.days_ago is not None and published_on is not None:
        return published_on - timedelta(days=mention.days_ago)
    return None


def resolve_end(mention: DayMention, first: date | None) -> date | None:
    """Give the last day of a mention of several days, null for a single day or an unknown first.

    Null too where a misprint puts the last before the first ("ngày 30/8 đến 7/8").
    """
    if first is None or mention.end_day is None or mention.end_month is None:
        return None
    year = first.year + (1 if mention.end_month < first.month else 0)
    last = _day(year, mention.end_month, mention.end_day)
    return last if last is not None and last >= first else None


# "nay" further down is a quote or another story's teaser more often than the dateline.
_DATELINE_PARAGRAPHS = 5


def infer_published_on(article: ArticleText) -> date | None:
    """Give the day of publication as the article's own words tell it ("Chiều nay (15/7)"), else null.

    The year is printed beside the day or settled by the years that the text reports on; never guessed.
    """
    opening = paragraphs(article.body)[:_DATELINE_PARAGRAPHS]
    if not opening:
        return None
    for mention in find_days(fold(article.body[: opening[-1].end])):
        if mention.days_ago is None or mention.day is None:
            continue
        written = resolve_day(mention, None, reported_years(fold(f"{article.title or ''}\n{article.body}")))
        return None if written is None else written + timedelta(days=mention.days_ago)
    return None

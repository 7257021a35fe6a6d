"""What a change is measured against: "so với cùng kỳ năm 2019", "so tháng trước"."""

from __future__ import annotations

import re

from include.extract import periods
from include.extract.cues import Cued
from include.extract.periods import INSTANT, Period
from include.extract.timeline import Timeline

_AGAINST = Cued(
    r"\bso(?:\s(?:với|cùng|sánh với))?\s(?!sánh (?:năm )?\d)"
    r"|\b(?:cao|thấp|nhiều|ít|lớn|kém) hơn\s(?!so\b|kế hoạch|mục tiêu|chỉ tiêu|dự toán)(?=[^\W\d])"
)
# Words of comparison behind a bracket are also the number's before it: "tăng 8% (tăng 12 ha) so với …".
_BEHIND_BRACKET = re.compile(r"\s*(?:\([^()]{0,60}\)|[^()]{0,40}\))\s*(?=so\b)")
# "gấp 3 lần năm 2015", "gấp đôi cùng kỳ".
_RIGHT_AFTER = re.compile(r"\s(?:của\s|mức\s)*(?=(?:cùng kỳ|năm|tháng|quý)\b)")
# One comparison may close two changes: "gấp 3 lần về số dự án và gấp 6 lần về vốn so với cùng kỳ".
_BEHIND_AND = re.compile(r"[^,;.()]{0,40}\svà\s[^;.()]{0,60}?\s(?=so (?:với|cùng))")
# Or a whole list of them: "sắt tăng 4%, thép tăng 6%, đá giảm 2% so với tháng trước".
_BEHIND_LIST = re.compile(
    r"[^\d,;:.()]{0,40}(?:(?:[,;]|\svà)\s(?!trong|riêng|nếu|bình quân|lũy kế)[^\d,;:.()]{0,60}?\b"
    r"(?:tăng|giảm)\s(?:[^\W\d]+\s){0,3}\d[\d.,]*\s?%[^\d,;:.()]{0,40}?)+\s(?=so (?:với|cùng)\b)"
)
# "cùng kỳ năm trước", "cùng tháng năm trước".
_SAME_PERIOD = re.compile(
    r"(?:bình quân |mức |kết quả |con số |số liệu )?"
    r"(?:(?:tháng |quý )?(?:cùng )?kỳ|(?:cùng )?(?:tháng|quý|thời điểm|thời gian)"
    r"(?= (?:của )?(?:năm (?:trước|ngoái|(?:19|20)\d\d)|(?:19|20)\d\d)))"
    r"(?: các)?(?:\s(?:của\s)?(?:năm\s)?(?P<year>(?:19|20)\d\d|trước|ngoái))?"
)
_MONTH_BEFORE = re.compile(
    r"(?:với )?(?:cùng (?:thời điểm|kỳ) (?:của )?)?(?:tháng|quý|kỳ) (?:liền )?(?:trước|trước đó|liền kề)"
)
_YEAR_BEFORE = re.compile(
    r"(?:cùng kỳ )?(?:mức )?(?:thực hiện )?(?:của )?(?:vụ (?:[^\W\d]+[ -]+){1,3}?)?năm (?:trước|ngoái)"
)
_WEEK_BEFORE = re.compile(r"(?:với )?tuần (?:liền )?(?:trước|kề)")
# "so với 2021", "so với vụ mùa 2010", "so với kết quả thực hiện năm 2022".
_BARE_YEAR = re.compile(r"(?:với |cùng )?(?:[^\W\d]+\s){0,4}?(?P<year>(?:19|20)\d\d)(?![\d/%-]|[.,]\d)")
_CLAUSE = re.compile(r"[^,;.)]*")
_REGULAR = frozenset({"year", "half", "quarter", "month", "months"})
_MONTH_WORDS = Cued(r"\bso (?:với )?tháng|tháng cùng kỳ")


def phrase_after(text: str, end: int, stop: int, limit: int = 0) -> int | None:
    """Where the words of comparison after a number begin (behind "so với"), null where there are none.

    They stand in the number's own clause: before a comma, semicolon or bracket; else, before `limit`,
    behind the bracket or behind a second change that the number shares them with.
    """
    if text.endswith(("lần", "đôi", "rưỡi"), 0, end) and (right := _RIGHT_AFTER.match(text, end, stop)):
        return right.end()
    clause = _CLAUSE.match(text, end, stop)
    found = _AGAINST.search(text, end, clause.end() if clause else end)
    if found is None and limit > stop - 1:
        behind = _BEHIND_BRACKET.match(text, end, limit) or _BEHIND_AND.match(text, end, limit)
        found = _AGAINST.match(text, behind.end(), limit) if behind else None
    return found.end() if found else None


def phrase_behind_list(text: str, end: int, limit: int) -> int | None:
    """Where the words of comparison begin that close a list of changes, seen from one of its numbers."""
    behind = _BEHIND_LIST.match(text, end, limit) if text.endswith("%", 0, end) else None
    found = _AGAINST.match(text, behind.end(), limit) if behind else None
    return found.end() if found else None


def phrase_before(text: str, start: int, end: int, *, follows_number: bool) -> int | None:
    """Where words of comparison that open a clause begin: "So với cùng kỳ, … tăng 16%".

    start: the end of the number before (`follows_number`) or of nothing; words of comparison in that
    number's own clause are its own.
    """
    if follows_number:
        own = _CLAUSE.match(text, start, end)
        start = own.end() if own else start
    start = max(start, text.rfind(";", start, end) + 1)
    found = list(_AGAINST.finditer(text, start, end))
    return found[-1].end() if found else None


def phrase_in_head(text: str, start: int, end: int) -> int | None:
    """Where words of comparison in the head of a list begin: "Các nhóm giảm so với tháng trước gồm: …"."""
    colon = text.find(":", start, end)
    found = list(_AGAINST.finditer(text, start, colon)) if colon >= 0 else []
    return found[-1].end() if found else None


def speaks_of_months(text: str, start: int, end: int) -> bool:
    """Whether the comparison is between months, so that the number is a month's."""
    return bool(_MONTH_WORDS.search(text, start, end))


def compared_period(text: str, phrase: int, stop: int, period: Period, timeline: Timeline) -> Period | None:
    """The period named by the words of comparison at `phrase`, seen from the number's own `period`."""
    if _MONTH_BEFORE.match(text, phrase):
        return periods.previous(period)
    if _WEEK_BEFORE.match(text, phrase):
        return periods.days_before(period)
    if same := _SAME_PERIOD.match(text, phrase):
        printed = same["year"]
        if printed and printed.isdigit():
            if period.start is None:
                return periods.year_of(int(printed))
            return period.shifted(int(printed) - period.start.year)
        if period is INSTANT and printed:
            return timeline.year_before()
        return period.shifted(-1)
    if _YEAR_BEFORE.match(text, phrase):
        return timeline.year_before() if period.start is None else period.shifted(-1)
    named = next((m for m in timeline.compared if phrase <= m.start < stop), None)
    if named:
        return timeline.resolve(named, period)
    if bare := _BARE_YEAR.match(text, phrase):
        year = int(bare["year"])
        return periods.year_of(year) if period.start is None else period.shifted(year - period.start.year)
    return None


def default_comparison(period: Period) -> Period | None:
    """Growth without words of comparison compares with the same period of the year before."""
    start, end = period.start, period.end
    of_a_year = (
        start is not None and end is not None and start.year == end.year and start.day == start.month == 1
    )
    return period.shifted(-1) if period.period_type in _REGULAR or of_a_year else None

"""Mentions of periods in folded text: what is said, before years left out are filled in."""

from __future__ import annotations

import re
from functools import lru_cache

from include.extract.mentions import days, months, seasons, years
from include.extract.mentions.mention import Mention

# Short pieces of the patterns below that are in every match of theirs, and that few sentences have.
_YEAR_BEFORE_ANOTHER = re.compile(r"(?:19|20)\d\d\s?(?:-|đến)")
_YEAR_BEHIND_A_MONTH = re.compile(r"[-/.m]\s?(?:19|20)\d\d")
_MONTH_BEFORE_ANOTHER = re.compile(r"\d\s?(?:-|đến|tới)\s?(?:hết\s|cuối\s)?tháng")
_DAY_BEFORE_ANOTHER = re.compile(r"\d\s?(?:-|đến|tới)")
_YEAR_BEHIND_A_NAME = re.compile(r"(?:[,;(] |\(|riêng |[ix]\)? |chính )(?:19|20)\d\d\b")
_WORD_BEHIND_MONTH = re.compile(r"tháng (?:một|hai|ba|tư|năm|sáu|bảy|tám|chín|mười|giêng)")
_NUMBER_BEHIND_TO = re.compile(
    r"(?:đến|tới)\s(?:(?:thời điểm|hết|cuối|giữa)\s)*(?:ngày\s|tháng\s|qu[ýí]\s)?[0-9i]"
)
# In order of precedence: what an earlier rule has read, a later one does not read again. The words
# without one of which a rule cannot match, and the piece that it needs, spare most searches.
_YEARS = ("19", "20")
_PAST_DAYS = ("tuần qua", "tuần vừa qua", "giờ qua", "24h qua", "ngày qua", "ngày vừa qua")
_LAST_WORDS = ("tháng trước", "tháng qua", "tháng vừa", "quý trước", "quý qua", "quý vừa")
_RULES = (
    (("vụ ",), None, seasons.CROP_SEASON, years.crop_season),
    (("niên vụ",), None, seasons.CROP_YEAR, years.season(seasons.crop_year)),
    (("năm học",), None, seasons.SCHOOL_YEAR, years.season(seasons.school_year)),
    (_PAST_DAYS, None, seasons.PAST_DAYS, years.season(seasons.past_days)),
    (_YEARS, _YEAR_BEFORE_ANOTHER, years.SPAN, years.span),
    (_YEARS, _YEAR_BEFORE_ANOTHER, years.BRACKETED, years.span),
    (_YEARS, _YEAR_BEFORE_ANOTHER, years.AIMED_SPAN, years.span),
    (("/",), _DAY_BEFORE_ANOTHER, days.DAYS, days.days),
    (("quý đầu",), None, months.N_QUARTERS, months.n_quarters),
    (("nửa đầu tháng", "nửa cuối tháng"), None, days.HALF_MONTH, days.half_month),
    (("nửa đầu", "nửa cuối"), None, months.HALF, months.half),
    (("tháng",), _MONTH_BEFORE_ANOTHER, months.MONTHS_TO, months.months_to),
    (("đến", "tới"), _NUMBER_BEHIND_TO, days.UNTIL, days.until),
    (_YEARS, _YEAR_BEHIND_A_MONTH, days.DAY, days.day),
    (("từ đầu năm",), None, days.SINCE_JANUARY, days.since_january),
    (("tháng", "t/"), None, months.N_MONTHS, months.n_months),
    (("quý", "quí"), None, months.QUARTER, months.quarter),
    (("tháng",), None, months.MONTH, months.month),
    (("tháng",), _WORD_BEHIND_MONTH, months.MONTH_IN_WORDS, months.month),
    (("tháng đầu",), None, months.FIRST_MONTH, months.first_month),
    (("trong tháng", "tháng này"), None, months.THIS_MONTH, months.this_month),
    (_LAST_WORDS, None, months.LAST, months.last),
    (("năm",), None, years.IN_YEAR, years.in_year),
    (("trong năm",), None, years.THE_YEAR, years.the_year),
    (("năm qua", "năm vừa qua", "kỳ qua", "kỳ vừa qua"), None, years.PAST_YEARS, years.past_years),
    (_YEARS, _YEAR_BEHIND_A_NAME, years.BARE_YEAR, years.bare_year),
    (("nay", "hiện", "lũy kế", "tính đến"), None, days.AS_OF, days.as_of),
)
_NOT_A_PERIOD_BEFORE = re.compile(
    r"(?:trong vòng|sau|mỗi|trước|từng|kéo dài|thời hạn|ngày \d{1,2}|\d/|/)\s*(?:gần\s|hơn\s|khoảng\s)?\Z"
)


@lru_cache(maxsize=64)  # the first sentences are asked once for a lead's time and once for their own
def find_mentions(text: str, start: int, end: int) -> tuple[Mention, ...]:
    """The periods named in `text[start:end]`, in order, none overlapping."""
    found: list[Mention] = []
    stretch = text[start:end]
    # A mark for each letter of a mention: a sentence may be hundreds of quarters in a row.
    taken = bytearray(end - start)
    for words, needed, pattern, read in _RULES:
        for word in words:
            if word in stretch:
                break
        else:
            continue
        if needed is not None and not needed.search(text, start, end):
            continue
        for match in pattern.finditer(text, start, end):
            if taken.find(1, match.start() - start, match.end() - start) >= 0:
                continue
            if (
                pattern is months.N_MONTHS
                and not (match["year"] or match["side"])
                and _NOT_A_PERIOD_BEFORE.search(text, max(0, match.start() - 12), match.start())
            ):
                continue
            if mention := read(match):
                found.append(mention)
                taken[mention.start - start : mention.end - start] = b"\1" * (mention.end - mention.start)
    if len(found) > 1:
        found.sort(key=lambda mention: mention.start)
    return tuple(found)

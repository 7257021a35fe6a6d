"""The years that a text reports on: what settles the year of a day printed without one."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class YearEvidence:
    """A year that the text reports on. month: last month of the part of the year reported, null if unsaid.

    is_whole: "năm 2017 đạt": the report may also be written early in the year after. is_near: a month with
    its year that is not what the text reports on ("trước ngày 15/7/2017"), but near the day of it.
    """

    year: int
    month: int | None = None
    is_whole: bool = False
    is_near: bool = False


_YEAR = re.compile(r"((?:19|20)\d\d)(?<![\d/.,-]\d{4})(?![\d%])(?!\s*-\s*(?:19|20)\d\d)")
_YEAR_AFTER_SLASH = re.compile(
    r"(?:quý\s+(?P<q>iv|i{1,3}|[1-4])|tháng\s+(?P<m>\d{1,2}))[/-]((?:19|20)\d\d)(?!\d)"
)
_SAME_PERIOD = re.compile(r"cùng kỳ\s+(?:của\s+)?(?:năm\s+)?\Z")
_MONTHS = re.compile(
    r"(\d{1,2}|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)\s+tháng(?:\s+đầu)?(?:\s+của)?\s*(?:năm\s+|/)?\Z"
)
_QUARTER = re.compile(r"quý\s+(iv|i{1,3}|[1-4])(?:\s+|,\s*|\s+của\s+)năm\s+\Z")
_MONTH = re.compile(r"tháng\s+(\d{1,2})\s+năm\s+\Z")
_ATTAINED = re.compile(r"%\s+(?:so với\s+)?(?:kế hoạch|dự toán|chỉ tiêu)[^.;,]{0,30}năm\s+\Z")
_NOT_REPORTED = re.compile(
    r"(?:(?<!tính )đến|tới|từ|để|vào|(?<!đã )hoàn thành|kể từ|trước|sau|(?<!tính đến )hết|cuối|giai đoạn|"
    r"nhiệm kỳ|khóa|tầm nhìn|"
    r"so sánh|mục tiêu|phấn đấu|kế hoạch|"
    r"nhiệm vụ|phương hướng|định hướng|dự kiến,?|dự báo|sẽ|so với|so|ngày\s+\d{1,2}\s+tháng\s+\d{1,2}|luật|"
    r"chương trình|đề án|"
    r"quy hoạch|nghị quyết|quyết định)(?!\w)[^.;,:]{0,45}\Z"
)
_MONTH_OF_YEAR = re.compile(
    r"(?:quý\s+(?P<q>iv|i{1,3}|[1-4])|(?:tháng\s+|(?<!\d)\d{1,2}[/.-])(?P<m>\d{1,2}))(?:[/.-]|\s+năm\s+)"
    r"(?P<y>(?:19|20)\d\d)(?!\d)"
)
# "nhiệm vụ 6 tháng cuối năm 2017": set when the first half is over.
_SECOND_HALF = re.compile(r"6 tháng cuối(?:\s+của)?\s+năm\s+\Z")
# "trong năm 2017, các địa phương phải ...": the year is not over.
_UNDER_WAY = re.compile(r"trong\s+năm\s+\Z")
_YET_TO_DO = re.compile(r"[^.;]{0,60}(?<!\w)(?:cần|phải|hoàn thành|sẽ|phấn đấu)(?!\w)")
_YEAR_WORD = re.compile(r"năm\s+\Z")
# "năm 2024 ước đạt": the year is not over.
_ESTIMATED = re.compile(r"[\s,]*(?:\w+\s+)?ước(?!\w)")
# A congress or a council's first session is held in the year in which its term begins.
_TERM_BEGINS = re.compile(
    r"(?<!nghị quyết )(?<!văn kiện )(?<!sau )(?<!chào mừng )(?<!tiến tới )"
    r"(?:đại hội|(?:kỳ họp|lần) thứ nhất)(?!\w)[^.;]{0,120}?nhiệm kỳ\s+(?P<year>(?:19|20)\d\d)"
    r"|nhiệm kỳ\s+(?P<before>(?:19|20)\d\d)[^.;]{0,60}?(?:kỳ họp|lần) thứ nhất(?!\w)"
)
_TO_COME_AFTER = re.compile(r"[^.;]{0,25}\b(?:phấn đấu|dự kiến|sẽ|đặt mục tiêu|đề ra)\b")
_NUMBER_WORDS = {
    "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10,
    "i": 1, "ii": 2, "iii": 3, "iv": 4,
}  # fmt: skip


def number_of(word: str) -> int:
    """Give the small number that `word` stands for: "9", "chín", "iv" (folded)."""
    return int(word) if word.isdigit() else _NUMBER_WORDS[word]


def _evidence_at(folded: str, found: re.Match[str]) -> YearEvidence | None:
    year = int(found[1])
    before = folded[max(0, found.start() - 60) : found.start()]
    if _SAME_PERIOD.search(before):
        return YearEvidence(year + 1)
    if _ATTAINED.search(before):
        return YearEvidence(year)
    if _SECOND_HALF.search(before):
        return YearEvidence(year, 6)
    if _NOT_REPORTED.search(before):
        return None
    if _UNDER_WAY.search(before) and _YET_TO_DO.match(folded, found.end()):
        return YearEvidence(year)
    if _TO_COME_AFTER.match(folded, found.end()):
        return None
    for pattern, months in ((_MONTHS, 1), (_QUARTER, 3), (_MONTH, 1)):
        part = pattern.search(before)
        if part is not None:
            month = number_of(part[1]) * months
            return YearEvidence(year, month) if 1 <= month <= 12 else None
    if not _YEAR_WORD.search(before):
        return None
    return YearEvidence(year, is_whole=_ESTIMATED.match(folded, found.end()) is None)


def reported_years(folded: str) -> list[YearEvidence]:
    """Give the years that the text reports on, in order of appearance.

    "6 tháng đầu năm 2019", "quý I/2025" and "cùng kỳ năm 2004" (the year after it) count; plans to come
    ("đến năm 2025", "mục tiêu năm 2024"), terms and history ("từ năm 2015", "so với năm 1989") do not.
    Where there is nothing else, months and days that are printed
    with their year are near (`is_near`).
    """
    evidence = []
    for found in _YEAR.finditer(folded):
        one = _evidence_at(folded, found)
        if one is not None:
            evidence.append(one)
    printed = any(sign in folded for sign in ("/19", "/20", "-19", "-20"))
    for found in _YEAR_AFTER_SLASH.finditer(folded) if printed else ():
        before = folded[max(0, found.start() - 60) : found.start()]
        if _NOT_REPORTED.search(before) or _TO_COME_AFTER.match(folded, found.end()):
            continue
        month = number_of(found["q"]) * 3 if found["q"] else int(found["m"])
        if 1 <= month <= 12:
            evidence.append(YearEvidence(int(found[3]), month))
    return evidence or _by_the_way(folded)


def _by_the_way(folded: str) -> list[YearEvidence]:
    """The years that a text only touches: of months, days and quarters with their year."""
    months = (
        (int(found["y"]), number_of(found["q"]) * 3 if found["q"] else int(found["m"]))
        for found in _MONTH_OF_YEAR.finditer(folded)
    )
    return [YearEvidence(year, month, is_near=True) for year, month in months if 1 <= month <= 12]


def term_begun(folded: str) -> list[YearEvidence]:
    """Give the year in which the term of a congress or a council's first session begins, as evidence.

    Only for the day of such a meeting itself: other texts quote its resolutions for years.
    """
    begun = _TERM_BEGINS.search(folded)
    return [] if begun is None else [YearEvidence(int(begun["year"] or begun["before"]))]

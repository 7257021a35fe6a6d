"""Years, spans of years and seasons: "năm 2023", "giai đoạn 2021-2025", "vụ xuân 2022"."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from include.extract import periods
from include.extract.mentions import seasons
from include.extract.mentions.mention import RANKINGS, Mention, count_printed, year_printed
from include.extract.periods import Period

IN_YEAR = re.compile(
    r"năm(?:\s+(?P<year>(?:19|20)\d\d)(?!\d|\s?-\s?(?:19|20)\d\d)| (?P<word>nay|này|trước|ngoái))"
    r"|cả năm(?: (?P<whole>nay|này|trước|ngoái)|(?! (?:19|20|nay|này|trước|ngoái|học)))"
    r"|đến (?:cuối|hết) năm(?! (?:19|20|nay|này|trước|ngoái|học))"
    r"|tới (?:cuối|hết) năm(?! (?:19|20|nay|này|trước|ngoái|học))"
)
# "Năm 2010 đạt 51 nghìn tấn, 2011 đạt 55 nghìn tấn".
BARE_YEAR = re.compile(
    r"(?:(?<=[,;(] )|(?<=\()|(?<=riêng ))(?P<year>(?:19|20)\d\d)(?=\s(?:đạt|là|tăng|giảm|có|ước|chỉ|còn)\s)"
    # The edition of a ranking, as in "(PAPI) 2019".
    rf"|(?:{RANKINGS}\)?|chỉ số cải cách hành chính) (?P<rated>20\d\d)(?![\d/-])"
)
# The running year, of a report at its end: "Trong năm, tỉnh thu hút 30 dự án".
THE_YEAR = re.compile(r"trong năm(?=,| (?:đã|tỉnh|toàn|thu|có|huyện|thành|ước|cả)\b)")
PAST_YEARS = re.compile(
    r"(?:(?:trong|qua) )?(?:(?P<n>[2-9]|hai|ba|bốn|năm|sáu|bảy|tám|chín) năm (?:vừa )?qua"
    r"|(?P<term>nhiệm kỳ) (?:vừa )?qua|năm (?:vừa )?qua)(?=[ ,.;:])"
)
SPAN = re.compile(
    r"(?:giai đoạn|nhiệm kỳ|thời kỳ|\btừ(?: năm)?|(?:trong|những) các năm|\d năm|những năm)\s(?P<from>(?:19"
    r"|20)\d\d)\s?(?:-"
    r"|đến(?: năm)?)\s?(?P<to>(?:19|20)\d\d)"
)
AIMED_SPAN = re.compile(
    r"(?:mục tiêu|chỉ tiêu|kế hoạch|bình quân|trung hạn|\bkỳ)\s(?:\w+\s){0,2}?(?P<from>(?:19|20)\d\d)\s?-\s?"
    r"(?P<to>(?:19|20)\d\d)(?![\d/])"
)
BRACKETED = re.compile(
    r"\((?P<from>(?:19|20)\d\d)\s?-\s?(?P<to>(?:19|20)\d\d)\)"
    r"|(?<=[^\d/-] )(?P<first>(?:19|20)\d\d)\s?-\s?(?P<last>(?:19|20)\d\d)"
    r"(?= (?:đạt|là|tăng|ước|bình quân)\b)"
)


def in_year(found: re.Match[str]) -> Mention:
    """A year, printed or relative."""
    printed = found["year"] or found["word"] or found["whole"]
    return Mention(found.start(), found.end(), "year", 1, 12, year_printed(printed))


def bare_year(found: re.Match[str]) -> Mention:
    """A year without "năm": behind a comma, or the edition of a ranking."""
    group = "year" if found["year"] else "rated"
    return Mention(found.start(group), found.end(), "year", 1, 12, year_printed(found[group]))


def the_year(found: re.Match[str]) -> Mention:
    """The year spoken of."""
    return Mention(found.start(), found.end(), "year", 1, 12)


def past_years(found: re.Match[str]) -> Mention:
    """Years up to the one of the report; a term of the party's."""
    if found["term"]:
        return Mention(found.start(), found.end(), "past_term")
    count = count_printed(found["n"]) if found["n"] else 1
    return Mention(found.start(), found.end(), "past_years", 1, count)


def span(found: re.Match[str]) -> Mention | None:
    """Whole years, from one to another; null where the second is not later."""
    printed = found.groupdict()
    first = int(printed["from"] or printed["first"] or 0)
    last = int(printed["to"] or printed["last"] or 0)
    if first >= last:
        return None
    return Mention(
        found.start(), found.end(), "span", resolved=periods.between(date(first, 1, 1), date(last, 12, 31))
    )


def crop_season(found: re.Match[str]) -> Mention:
    """A crop season, under the year that it counts for."""
    return Mention(found.start(), found.end(), "year", 1, 12, seasons.harvest_year(found))


def season(read: Callable[[re.Match[str]], Period]) -> Callable[[re.Match[str]], Mention]:
    """A reader of mentions of seasons, which have a period of their own."""
    return lambda found: Mention(found.start(), found.end(), "season", resolved=read(found))

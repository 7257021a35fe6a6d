"""Mentions of periods in folded text: what is said, before years left out are filled in."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from include.extract import periods, seasons
from include.extract.periods import Period

_COUNTS = {
    "giêng": 1, "một": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9,
    "mười": 10, "mười một": 11, "mười hai": 12,
}  # fmt: skip
_ROMAN = {
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
_YEAR = r"(?P<year>(?:19|20)\d\d|nay|này|trước|ngoái)(?!\w|[.,]\d)"
_YEAR_PART = rf"(?:\s*(?:/|-|\.|của\s|trong\s)?\s*(?:năm\s+)?{_YEAR}|\s+(?:của\s+)?năm)?"
_N_MONTHS = re.compile(
    r"(?P<n>1[0-2]?|0[1-9]|2|3|4|5|6|7|8|9|mười hai|mười một|mười|ba|sáu|bảy|tám|chín|hai|bốn|năm)"
    r"\s(?:tháng|t(?=/))"
    r"(?P<side>\s(?:đầu|cuối|qua|vừa qua))?" + _YEAR_PART
)
_QUARTER = re.compile(
    r"qu[ýí]\s(?P<n>iv|i{1,3}|[1-4](?! tháng)|một|hai|ba|bốn|tư|đầu|cuối)(?!\w)"
    r"(?:\s*(?:/|-|,|của|năm|\(|\.)?\s*(?:năm\s+)?" + _YEAR + r"|\snăm)?"
)
_MONTH = re.compile(
    r"tháng(?<!\d tháng)(?<!\dtháng)\s(?P<n>1[0-2]|0?[1-9])(?![\d,]\d|\.(?!(?:19|20)\d\d)\d|\d)" + _YEAR_PART
)
# "kim ngạch tháng sáu", "tháng mười một năm 2014"; "tháng năm 2014" may be either, "ba tháng" is no month.
_MONTH_IN_WORDS = re.compile(
    r"(?<!\d )(?<!mười )(?<!hai )(?<!một )(?<!ba )(?<!sáu )(?<!chín )(?<!tám )(?<!bảy )(?<!bốn )(?<!năm )(?<!mấy )"
    r"tháng (?P<n>mười (?:một|hai)|giêng|hai|ba|tư|sáu|bảy|tám|chín|mười|năm(?! (?:19|20|nay|này|trước|ngoái|qua)))"
    r"(?!\w| (?:ngày|tuần|tháng|năm liền|năm qua|năm rưỡi))" + _YEAR_PART
)
_IN_YEAR = re.compile(
    r"năm(?:\s+(?P<year>(?:19|20)\d\d)(?!\d|\s?-\s?(?:19|20)\d\d)| (?P<word>nay|này|trước|ngoái))"
    r"|cả năm(?: (?P<whole>nay|này|trước|ngoái)|(?! (?:19|20|nay|này|trước|ngoái|học)))"
    r"|đến (?:cuối|hết) năm(?! (?:19|20|nay|này|trước|ngoái|học))"
    r"|tới (?:cuối|hết) năm(?! (?:19|20|nay|này|trước|ngoái|học))"
)
# "ba quý đầu năm 2023", "nửa đầu năm nay", "từ tháng 1 đến tháng 7/2021".
_N_QUARTERS = re.compile(r"(?P<n>hai|ba|2|3) quý đầu(?: tiên)?" + _YEAR_PART)
_HALF = re.compile(r"nửa (?P<side>đầu|cuối)" + _YEAR_PART)
_MONTHS_TO = re.compile(
    r"(?:từ\s)?tháng\s(?P<from>1[0-2]|0?[1-9])\s?(?:-|đến|tới)\s?(?:hết\s|cuối\s)?tháng\s"
    r"(?P<to>1[0-2]|0?[1-9])(?![\d,]\d|\d)" + _YEAR_PART
)
# "Năm 2010 đạt 51 nghìn tấn, 2011 đạt 55 nghìn tấn".
_BARE_YEAR = re.compile(
    r"(?:(?<=[,;(] )|(?<=\()|(?<=riêng ))(?P<year>(?:19|20)\d\d)(?=\s(?:đạt|là|tăng|giảm|có|ước|chỉ|còn)\s)"
    # "PCI 2016", "(PAPI) 2019"
    r"|(?:(?:pci|papi|par index|sipas|dti|pgi|pii)\)?|chỉ số cải cách hành chính) (?P<rated>20\d\d)(?![\d/-])"
)
_HALF_MONTH = re.compile(
    r"nửa (?P<side>đầu|cuối) tháng (?P<n>1[0-2]|0?[1-9])(?!\d)(?:\s?/\s?|\snăm\s)?(?P<year>(?:19|20)\d\d)?"
)
# The running year, of a report at its end: "Trong năm, tỉnh thu hút 30 dự án".
_THE_YEAR = re.compile(r"trong năm(?=,| (?:đã|tỉnh|toàn|thu|có|huyện|thành|ước|cả)\b)")
_PAST_YEARS = re.compile(
    r"(?:(?:trong|qua) )?(?:(?P<n>[2-9]|hai|ba|bốn|năm|sáu|bảy|tám|chín) năm (?:vừa )?qua|năm (?:vừa )?qua)(?=[ ,.;:])"
)
# "trong tháng đầu năm 2023": January.
_FIRST_MONTH = re.compile(
    r"(?:(?<=trong )|(?<=riêng )|(?<=, )|(?<=của )|^|(?<=\n))tháng đầu (?:tiên của )?năm(?:\s" + _YEAR + ")?"
)
_DAY = re.compile(
    r"(?P<d>0[1-9]|1\d?|2\d?|3[01]?|4|5|6|7|8|9)\s?(?:/|-|\.|tháng)\s?(?P<m>0?[1-9]|1[0-2])\s?(?:/|-|\."
    r"|năm)\s?(?P<year>(?:19|20)\d\d)"
)
_SPAN = re.compile(
    r"(?:giai đoạn|nhiệm kỳ|thời kỳ|\btừ(?: năm)?|(?:trong|những) các năm|\d năm|những năm)\s(?P<from>(?:19"
    r"|20)\d\d)\s?(?:-"
    r"|đến(?: năm)?)\s?(?P<to>(?:19|20)\d\d)"
)
_AIMED_SPAN = re.compile(
    r"(?:mục tiêu|chỉ tiêu|kế hoạch|bình quân|trung hạn|\bkỳ)\s(?:\w+\s){0,2}?(?P<from>(?:19|20)\d\d)\s?-\s?"
    r"(?P<to>(?:19|20)\d\d)(?![\d/])"
)
_BRACKETED = re.compile(
    r"\((?P<from>(?:19|20)\d\d)\s?-\s?(?P<to>(?:19|20)\d\d)\)"
    r"|(?<=[^\d/-] )(?P<first>(?:19|20)\d\d)\s?-\s?(?P<last>(?:19|20)\d\d)(?= (?:đạt|là|tăng|ước|bình quân)\b)"
)
# A run of days: "từ ngày 30/4 đến ngày 04/5/2025", "từ 10-16/6", "(01-07/9/2024)".
_DAYS = re.compile(
    r"(?:từ\s(?:ngày\s)?|ngày\s|\()(?P<d>0?[1-9]|[12]\d|3[01])"
    r"(?:\s?/\s?(?P<m>0?[1-9]|1[0-2]))?(?:/(?P<from>(?:19|20)\d\d))?"
    r"\s?(?:-|đến(?: hết)?(?: ngày)?|tới(?: ngày)?)\s?(?P<d2>0?[1-9]|[12]\d|3[01])"
    r"\s?/\s?(?P<m2>0?[1-9]|1[0-2])"
    r"(?:\s?/\s?(?P<year>(?:19|20)\d\d))?(?![\d/]|[.,]\d)"
)
# Of its own, not what another month is compared with: "Tháng trước, CPI tăng 0,3%", "trong tháng qua".
_LAST = re.compile(
    r"(?:(?<=[.,;:] )|(?<=\n)|\A|(?<=trong ))(?P<part>tháng|quý) (?:trước|vừa qua|vừa rồi|qua)"
    r"(?=[,\s])(?! đó)"
)
# The month that a bulletin is of: "Trong tháng, sản lượng ước đạt …", "tháng này giảm 0,2%".
_THIS_MONTH = re.compile(r"trong tháng(?=,| (?:ước|đạt|có|tăng|giảm)\b)|(?:trong )?tháng này(?!\w)")
_SINCE_JANUARY = re.compile(r"từ đầu năm(?: (?:19|20)\d\d)? (?:đến|tới) nay")
# "tính đến hết ngày 15/9", "từ đầu năm đến 31/10/2023", "đến hết tháng 9", "đến cuối quý III".
_UNTIL = re.compile(
    r"(?P<since>(?:kể )?từ (?:đầu năm|(?:ngày )?0?1/0?1)(?:/?\s?(?:19|20)\d\d)?,?\s)?"
    r"(?:tính\s|tĩnh\s)?(?:đến|tới)\s"
    r"(?:(?:thời điểm|hết|cuối|giữa)\s)*(?:"
    r"(?:ngày\s)?(?P<d>0?[1-9]|[12]\d|3[01])"
    r"\s?(?:/|tháng\s|(?<=ngày \d)[.-]|(?<=ngày \d\d)[.-])\s?"
    r"|(?:(?<=hết )|(?<=cuối )|(?<=giữa )|(?<=(?:năm|dồn) đến )|(?<=lũy kế đến )|(?<=năm tới ))tháng\s|(?P<q>qu[ýí]\s))"
    r"(?P<m>1[0-2]|0?[1-9]|iv|i{1,3})(?![\d.,]\d|\d|\w)"
    r"(?!\s(?:xã|phường|huyện|thôn|bản|tiêu chí|chỉ tiêu|dự án)\b)"
    r"(?:\s?(?:/|-|năm)\s?(?P<year>(?:19|20)\d\d)|\snăm (?P<word>nay|này|trước|ngoái))?"
)
_AS_OF = re.compile(
    r"đến nay|tới nay|hiện nay|hiện tại|hiện có|hiện còn|lũy kế|tính đến"
    r"|hiện(?:(?<=[,.;:(-] hiện)|(?<=nghèo hiện)|(?<!(?s:.)hiện))(?=[ ,])(?! đại| thực| trạng| hành)"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """One period named in the text.

    kind: months, quarter, month, year, day, days, span, season, since_january, until, as_of, this_month,
    last (the month or quarter, of `last` months, before the day of publication), past_months or past_years
    (the `last` months or years up to that day). first, last: months
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


def _year(printed: str | None) -> int | None:
    if printed is None:
        return None
    return int(printed) if printed.isdigit() else {"nay": 0, "này": 0, "trước": -1, "ngoái": -1}[printed]


def _count(printed: str) -> int:
    return int(printed) if printed.isdigit() else _COUNTS[printed]


def _n_months(found: re.Match[str]) -> Mention | None:
    n = _count(found["n"])
    side = (found["side"] or "").strip()
    if (
        not side
        and "năm" not in found.group()
        and found["year"] is None
        and n not in (2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12)
    ):
        return None
    if side.endswith("qua") and found["year"] is None:
        return Mention(found.start(), found.end(), "past_months", 1, n)
    first, last = (13 - n, 12) if side == "cuối" else (1, n)
    return Mention(found.start(), found.end(), "months", first, last, _year(found["year"]))


def _quarter(found: re.Match[str]) -> Mention:
    printed = found["n"]
    n = int(printed) if printed.isdigit() else _ROMAN[printed]
    return Mention(found.start(), found.end(), "quarter", 3 * n - 2, 3 * n, _year(found["year"]))


def _month(found: re.Match[str]) -> Mention:
    n = _count(found["n"])
    return Mention(found.start(), found.end(), "month", n, n, _year(found["year"]))


def _in_year(found: re.Match[str]) -> Mention:
    printed = found["year"] or found["word"] or found["whole"]
    return Mention(found.start(), found.end(), "year", 1, 12, _year(printed))


def _bare_year(found: re.Match[str]) -> Mention:
    group = "year" if found["year"] else "rated"
    return Mention(found.start(group), found.end(), "year", 1, 12, _year(found[group]))


def _the_year(found: re.Match[str]) -> Mention:
    return Mention(found.start(), found.end(), "year", 1, 12)


def _past_years(found: re.Match[str]) -> Mention:
    return Mention(found.start(), found.end(), "past_years", 1, _count(found["n"]) if found["n"] else 1)


def _half_month(found: re.Match[str]) -> Mention:
    month, first_half = int(found["n"]), found["side"] == "đầu"
    last_day = 15 if first_half else monthrange(2001, month)[1]
    days = (1 if first_half else 16, last_day)
    year = _year(found["year"])
    return Mention(
        found.start(), found.end(), "days", month, month, year, last_day=days[1], first_day=days[0]
    )


def _n_quarters(found: re.Match[str]) -> Mention:
    return Mention(found.start(), found.end(), "months", 1, 3 * _count(found["n"]), _year(found["year"]))


def _half(found: re.Match[str]) -> Mention:
    first = 1 if found["side"] == "đầu" else 7
    return Mention(found.start(), found.end(), "months", first, first + 5, _year(found["year"]))


def _months_to(found: re.Match[str]) -> Mention | None:
    first, last = int(found["from"]), int(found["to"])
    if first >= last:  # "từ tháng 10 đến tháng 3": of two years, which the words do not tell
        return None
    return Mention(found.start(), found.end(), "months", first, last, _year(found["year"]))


def _last(found: re.Match[str]) -> Mention:
    length = 1 if found["part"] == "tháng" else 3
    return Mention(found.start(), found.end(), "last", 1, length)


def _this_month(found: re.Match[str]) -> Mention:
    return Mention(found.start(), found.end(), "this_month")


def _first_month(found: re.Match[str]) -> Mention:
    return Mention(found.start(), found.end(), "month", 1, 1, _year(found["year"]))


def _day(found: re.Match[str]) -> Mention | None:
    try:
        when = date(int(found["year"]), int(found["m"]), int(found["d"]))
    except ValueError:  # 31/6/2020: a misprint names no day
        return None
    before = found.string[max(0, found.start() - 16) : found.start()]
    up_to = re.search(r"(?:đến|tới|đến hết|thời điểm)\s(?:ngày\s)?\Z", before)
    return Mention(
        found.start(), found.end(), "day", resolved=periods.INSTANT if up_to else periods.day(when)
    )


def _days(found: re.Match[str]) -> Mention | None:
    """A run of days; null where its days are none ("từ 30/2") or it begins on 1 January, as flows do."""
    months = int(found["m"] or found["m2"]), int(found["m2"])
    days = int(found["d"]), int(found["d2"])
    if found["from"] and found["year"] and found["from"] != found["year"]:
        return _days_over_years(found, (int(found["from"]), months[0], days[0]), months[1], days[1])
    if (months[0], days[0]) >= (months[1], days[1]) or (months[0], days[0]) == (1, 1):
        return None
    year = _year(found["year"] or found["from"])
    return Mention(
        found.start(), found.end(), "days", months[0], months[1], year, last_day=days[1], first_day=days[0]
    )


def _days_over_years(
    found: re.Match[str], first: tuple[int, int, int], last_month: int, last_day: int
) -> Mention | None:
    try:
        begin, end = date(*first), date(int(found["year"]), last_month, last_day)
    except ValueError:  # "từ 31/6/2020": a misprint names no day
        return None
    period = periods.between(begin, end) if begin < end else None
    return Mention(found.start(), found.end(), "days", resolved=period) if period else None


def _span(found: re.Match[str]) -> Mention | None:
    printed = found.groupdict()
    first = int(printed["from"] or printed["first"] or 0)
    last = int(printed["to"] or printed["last"] or 0)
    if first >= last:
        return None
    return Mention(
        found.start(), found.end(), "span", resolved=periods.between(date(first, 1, 1), date(last, 12, 31))
    )


def _until(found: re.Match[str]) -> Mention | None:
    """A flow counted up to a day or a month's end; null for "từ 5/7 đến 10/7", which is no year's flow."""
    begins = re.search(r"từ (?:ngày |tháng )?\d[\d/.]*\s\Z", found.string[: found.start()][-24:])
    if begins and not found["since"]:
        return None
    last = int(found["m"]) if found["m"].isdigit() else _ROMAN[found["m"]]
    if found["q"]:
        if last > 4:
            return None
        last *= 3
    year = _year(found["year"] or found["word"])
    day = int(found["d"]) if found["d"] else None
    return Mention(
        found.start(), found.end(), "until", 1, last, year, last_day=day, since=found["since"] is not None
    )


def _since_january(found: re.Match[str]) -> Mention:
    return Mention(found.start(), found.end(), "since_january")


def _crop_season(found: re.Match[str]) -> Mention:
    year = seasons.crop_season(found).start
    return Mention(found.start(), found.end(), "year", 1, 12, year.year if year else None)


def _season(read: Callable[[re.Match[str]], Period]) -> Callable[[re.Match[str]], Mention]:
    return lambda found: Mention(found.start(), found.end(), "season", resolved=read(found))


def _as_of(found: re.Match[str]) -> Mention:
    return Mention(found.start(), found.end(), "as_of", resolved=periods.INSTANT)


# Short pieces of the patterns above that are in every match of theirs, and that few sentences have.
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
_RULES = (
    (("vụ ",), None, seasons.CROP_SEASON, _crop_season),
    (("niên vụ",), None, seasons.CROP_YEAR, _season(seasons.crop_year)),
    (("năm học",), None, seasons.SCHOOL_YEAR, _season(seasons.school_year)),
    ((" qua",), None, seasons.PAST_DAYS, _season(seasons.past_days)),
    (_YEARS, _YEAR_BEFORE_ANOTHER, _SPAN, _span),
    (_YEARS, _YEAR_BEFORE_ANOTHER, _BRACKETED, _span),
    (_YEARS, _YEAR_BEFORE_ANOTHER, _AIMED_SPAN, _span),
    (("/",), _DAY_BEFORE_ANOTHER, _DAYS, _days),
    (("quý đầu",), None, _N_QUARTERS, _n_quarters),
    (("nửa đầu tháng", "nửa cuối tháng"), None, _HALF_MONTH, _half_month),
    (("nửa đầu", "nửa cuối"), None, _HALF, _half),
    (("tháng",), _MONTH_BEFORE_ANOTHER, _MONTHS_TO, _months_to),
    (("đến", "tới"), _NUMBER_BEHIND_TO, _UNTIL, _until),
    (_YEARS, _YEAR_BEHIND_A_MONTH, _DAY, _day),
    (("từ đầu năm",), None, _SINCE_JANUARY, _since_january),
    (("tháng", "t/"), None, _N_MONTHS, _n_months),
    (("quý", "quí"), None, _QUARTER, _quarter),
    (("tháng",), None, _MONTH, _month),
    (("tháng",), _WORD_BEHIND_MONTH, _MONTH_IN_WORDS, _month),
    (("tháng đầu",), None, _FIRST_MONTH, _first_month),
    (("trong tháng", "tháng này"), None, _THIS_MONTH, _this_month),
    (("tháng trước", "tháng qua", "tháng vừa", "quý trước", "quý qua", "quý vừa"), None, _LAST, _last),
    (("năm",), None, _IN_YEAR, _in_year),
    (("trong năm",), None, _THE_YEAR, _the_year),
    (("năm qua", "năm vừa qua"), None, _PAST_YEARS, _past_years),
    (_YEARS, _YEAR_BEHIND_A_NAME, _BARE_YEAR, _bare_year),
    (("nay", "hiện", "lũy kế", "tính đến"), None, _AS_OF, _as_of),
)
_NOT_A_PERIOD_BEFORE = re.compile(
    r"(?:trong vòng|sau|mỗi|trước|từng|kéo dài|thời hạn|ngày \d{1,2}|\d/|/)\s*(?:gần\s|hơn\s|khoảng\s)?\Z"
)


def _is_taken(match: re.Match[str], found: list[Mention]) -> bool:
    start, end = match.span()
    for mention in found:  # noqa: SIM110 - a generator costs more than the few turns
        if start < mention.end and mention.start < end:
            return True
    return False


def find_mentions(text: str, start: int, end: int) -> list[Mention]:
    """The periods named in `text[start:end]`, in order, none overlapping."""
    found: list[Mention] = []
    stretch = text[start:end]
    for words, needed, pattern, read in _RULES:
        for word in words:
            if word in stretch:
                break
        else:
            continue
        if needed is not None and not needed.search(text, start, end):
            continue
        for match in pattern.finditer(text, start, end):
            if _is_taken(match, found):
                continue
            if (
                pattern is _N_MONTHS
                and not (match["year"] or match["side"])
                and _NOT_A_PERIOD_BEFORE.search(text, max(0, match.start() - 12), match.start())
            ):
                continue
            if mention := read(match):
                found.append(mention)
    if len(found) > 1:
        found.sort(key=lambda mention: mention.start)
    return found

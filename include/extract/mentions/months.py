"""Months, quarters and halves of a year: "6 tháng đầu năm", "quý II/2023", "tháng sáu"."""

from __future__ import annotations

import re

from include.extract.mentions.mention import ROMAN, YEAR, YEAR_PART, Mention, count_printed, year_printed

N_MONTHS = re.compile(
    r"(?P<n>1[0-2]?|0[1-9]|2|3|4|5|6|7|8|9|mười hai|mười một|mười|ba|sáu|bảy|tám|chín|hai|bốn|năm)"
    r"\s(?:tháng|t(?=/))"
    r"(?P<side>\s(?:đầu|cuối|qua|vừa qua))?" + YEAR_PART
)
QUARTER = re.compile(
    r"qu[ýí]\s(?P<n>iv|i{1,3}|[1-4](?! tháng)|một|hai|ba|bốn|tư|đầu|cuối)(?!\w)"
    r"(?:\s*(?:/|-|,|của|năm|\(|\.)?\s*(?:năm\s+)?" + YEAR + r"|\snăm)?"
)
MONTH = re.compile(
    r"tháng(?<!\d tháng)(?<!\dtháng)\s(?P<n>1[0-2]|0?[1-9])(?![\d,]\d|\.(?!(?:19|20)\d\d)\d|\d)" + YEAR_PART
)
# "kim ngạch tháng sáu", "tháng mười một năm 2014"; "tháng năm 2014" may be either, "ba tháng" is no month.
MONTH_IN_WORDS = re.compile(
    r"(?<!\d )(?<!mười )(?<!hai )(?<!một )(?<!ba )(?<!sáu )(?<!chín )(?<!tám )(?<!bảy )(?<!bốn )(?<!năm )"
    r"(?<!mấy )tháng (?P<n>mười (?:một|hai)|giêng|hai|ba|tư|sáu|bảy|tám|chín|mười"
    r"|năm(?! (?:19|20|nay|này|trước|ngoái|qua)))"
    r"(?!\w| (?:ngày|tuần|tháng|năm liền|năm qua|năm rưỡi))" + YEAR_PART
)
# "ba quý đầu năm 2023", "nửa đầu năm nay", "từ tháng 1 đến tháng 7/2021".
N_QUARTERS = re.compile(r"(?P<n>hai|ba|2|3) quý đầu(?: tiên)?" + YEAR_PART)
HALF = re.compile(r"nửa (?P<side>đầu|cuối)" + YEAR_PART)
MONTHS_TO = re.compile(
    r"(?:từ\s)?tháng\s(?P<from>1[0-2]|0?[1-9])\s?(?:-|đến|tới)\s?(?:hết\s|cuối\s)?tháng\s"
    r"(?P<to>1[0-2]|0?[1-9])(?![\d,]\d|\d)" + YEAR_PART
)
# "trong tháng đầu năm 2023": January.
FIRST_MONTH = re.compile(
    r"(?:(?<=trong )|(?<=riêng )|(?<=, )|(?<=của )|^|(?<=\n))tháng đầu (?:tiên của )?năm(?:\s" + YEAR + ")?"
)
# Of its own, not what another month is compared with: "Tháng trước, CPI tăng 0,3%", "trong tháng qua".
LAST = re.compile(
    r"(?:(?<=[.,;:] )|(?<=\n)|\A|(?<=trong ))(?P<part>tháng|quý) (?:trước|vừa qua|vừa rồi|qua)"
    r"(?=[,\s])(?! đó)"
)
# The month that a bulletin is of: "Trong tháng, sản lượng ước đạt …", "tháng này giảm 0,2%".
THIS_MONTH = re.compile(r"trong tháng(?=,| (?:ước|đạt|có|tăng|giảm)\b)|(?:trong )?tháng này(?!\w)")


def n_months(found: re.Match[str]) -> Mention | None:
    """The first or last months of a year; null for a length of time ("1 tháng")."""
    n = count_printed(found["n"])
    side = (found["side"] or "").strip()
    if n == 1 and not side and "năm" not in found.group() and found["year"] is None:
        return None
    if side.endswith("qua") and found["year"] is None:
        return Mention(found.start(), found.end(), "past_months", 1, n)
    first, last = (13 - n, 12) if side == "cuối" else (1, n)
    return Mention(found.start(), found.end(), "months", first, last, year_printed(found["year"]))


def quarter(found: re.Match[str]) -> Mention:
    """A quarter, in Roman or Arabic figures or in words."""
    printed = found["n"]
    n = int(printed) if printed.isdigit() else ROMAN[printed]
    return Mention(found.start(), found.end(), "quarter", 3 * n - 2, 3 * n, year_printed(found["year"]))


def month(found: re.Match[str]) -> Mention:
    """A month, in figures or in words."""
    n = count_printed(found["n"])
    return Mention(found.start(), found.end(), "month", n, n, year_printed(found["year"]))


def n_quarters(found: re.Match[str]) -> Mention:
    """The first quarters of a year."""
    return Mention(
        found.start(), found.end(), "months", 1, 3 * count_printed(found["n"]), year_printed(found["year"])
    )


def half(found: re.Match[str]) -> Mention:
    """Half a year."""
    first = 1 if found["side"] == "đầu" else 7
    return Mention(found.start(), found.end(), "months", first, first + 5, year_printed(found["year"]))


def months_to(found: re.Match[str]) -> Mention | None:
    """From one month to another of the same year; null where the second is not later."""
    first, last = int(found["from"]), int(found["to"])
    if first >= last:  # "từ tháng 10 đến tháng 3": of two years, which the words do not tell
        return None
    return Mention(found.start(), found.end(), "months", first, last, year_printed(found["year"]))


def last(found: re.Match[str]) -> Mention:
    """The month or quarter before the one of the report."""
    length = 1 if found["part"] == "tháng" else 3
    return Mention(found.start(), found.end(), "last", 1, length)


def this_month(found: re.Match[str]) -> Mention:
    """The month of the report."""
    return Mention(found.start(), found.end(), "this_month")


def first_month(found: re.Match[str]) -> Mention:
    """January."""
    return Mention(found.start(), found.end(), "month", 1, 1, year_printed(found["year"]))

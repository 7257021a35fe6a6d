"""Amounts as Vietnamese prose prints them: digits with dots for thousands, scale words, ranges.

All functions take folded text (see `text.fold`) and give offsets into it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

# "25.800", "15.929,5", "6,8", "1.2" and the rarer "1,046,000" and "12 000".
_DIGITS = re.compile(
    r"\d{1,3}(?:,\d{3}){2,}(?![\d,])"
    r"|\d{1,3}(?:\.\d{3})+(?:,\d+)?(?!\d)"
    r"|\d{1,3}(?: \d{3})+(?![\d.,]\d|\d)"
    r"|\d+(?:[.,]\d+)?"
)
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?\Z")
_ENGLISH = re.compile(r"\d{1,3}(?:,\d{3}){2,}\Z")
_SCALE = re.compile(r"\s*(nghìn|ngàn|triệu|tỷ|vạn)(?!\w)(?! lệ| trọng| số| suất| giá)")
_SCALES = {"nghìn": 1e3, "ngàn": 1e3, "vạn": 1e4, "triệu": 1e6, "tỷ": 1e9}
_TO = re.compile(r"\s*-\s*|\s+đến\s+")
_SURELY_AN_AMOUNT = 100  # a smaller number before a slash may be a day, a house or a document
_OF = re.compile(r"\s*/\s*")


@dataclass(frozen=True, slots=True)
class Amount:
    """A number read off the text.

    value, high: multiplied out; high is the second end of a range, else null. out_of: the whole of a
    fraction. scale: the largest scale word's factor, 1 where there is none.
    """

    start: int
    end: int
    value: float
    scale: float = 1.0
    high: float | None = None
    out_of: float | None = None


def parse_digits(printed: str) -> float:
    """The number that a run of digits prints.

    A dot before exactly three digits groups thousands ("1.616"), any other dot is a decimal point
    ("1.2"); a comma is a decimal comma unless two of them group in threes ("1,046,000").
    """
    if printed.isdecimal():
        return float(printed)
    if _ENGLISH.match(printed):
        return float(printed.replace(",", ""))
    if _THOUSANDS.match(printed):
        printed = printed.replace(".", "")
    return float(printed.replace(" ", "").replace(",", "."))


def _scale_at(text: str, position: int) -> tuple[float, int]:
    """The product of the scale words at `position` ("nghìn tỷ" is 1e12) and where they end."""
    factor, end = 1.0, position
    while found := _SCALE.match(text, end):
        factor *= _SCALES[found.group(1)]
        end = found.end()
    return factor, end


def _simple(text: str, position: int) -> Amount | None:
    digits = _DIGITS.match(text, position)
    if digits is None:
        return None
    factor, end = _scale_at(text, digits.end())
    return Amount(digits.start(), end, _scaled(parse_digits(digits.group()), factor), factor)


def _scaled(value: float, factor: float) -> float:
    # 2,1 tỷ is 2100000000, not 2100000000.0000002: thousandths of a unit are beyond what prose prints.
    return round(value * factor, 3) if factor > 1 else value


def _compound(text: str, position: int) -> Amount | None:
    """One amount, also of several scale words: "16 nghìn 900 tỷ" (16.9e12), "2 tỷ 300 triệu"."""
    amount = _simple(text, position)
    while amount is not None and amount.scale > 1 and text[amount.end : amount.end + 1] == " ":
        part = _simple(text, amount.end + 1)
        if part is None or part.scale == 1:
            break
        if part.value < amount.scale:
            amount = Amount(amount.start, part.end, amount.value + part.value, amount.scale)
        elif amount.scale == _SCALES["nghìn"] and part.value < amount.scale * part.scale:
            value = amount.value * part.scale + part.value
            amount = Amount(amount.start, part.end, value, amount.scale * part.scale)
        else:
            break
    return amount


def read_amount(text: str, position: int) -> Amount | None:
    """Read the amount at `position`, with the second end of a range or the whole of a fraction.

    "1,2 - 1,5 triệu" scales both ends; "937/994" is 937 out of 994; "20 - 15" is no range.
    """
    first = _compound(text, position)
    if first is None:
        return None
    whole = _OF.match(text, first.end)
    if whole and (second := _simple(text, whole.end())) and first.scale == 1:
        # "45.799/36.875 tỷ": the scale is printed once, behind what it is set against.
        value = _scaled(first.value, second.scale)
        if second.value >= value:
            return replace(first, end=second.end, value=value, scale=second.scale, out_of=second.value)
        if value >= _SURELY_AN_AMOUNT and second.value * 10 > value and not text.startswith("/", second.end):
            return replace(first, end=second.end, value=value, scale=second.scale)
    link = _TO.match(text, first.end)
    if not link or not (second := _compound(text, link.end())):
        return first
    low = first.value if first.scale > 1 else _scaled(first.value, second.scale)
    if low >= second.value:
        return first
    return Amount(first.start, second.end, low, second.scale, high=second.value)

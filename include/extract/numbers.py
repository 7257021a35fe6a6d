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
# "1 triệu rưỡi": one and a half million.
_AND_A_HALF = re.compile(r"\srưỡi(?!\w)")
_TO = re.compile(r"\s*-\s*|\s+đến\s+")
# Far above anything that is counted; a longer run of digits is a serial number. With it every value stays
# finite, whatever scale words stand behind.
LARGEST = 1e24
_LARGEST_SCALE = 1e18
_SURELY_AN_AMOUNT = 100  # a smaller number before a slash may be a day, a house or a document
_OF = re.compile(r"\s*/\s*")


@dataclass(frozen=True, slots=True)
class Amount:
    """A number read off the text.

    value, high: multiplied out; high is the second end of a range, else null. out_of: the whole of a
    fraction. scale: the factor of all scale words, 1 where there is none; first: that of the first.
    """

    start: int
    end: int
    value: float
    scale: float = 1.0
    high: float | None = None
    out_of: float | None = None
    first: float = 1.0


def parse_digits(printed: str) -> float:
    """The number that a run of digits prints, at most `LARGEST`.

    A dot before exactly three digits groups thousands ("1.616"), any other dot is a decimal point
    ("1.2"); a comma is a decimal comma unless two of them group in threes ("1,046,000").
    """
    if _ENGLISH.match(printed):
        printed = printed.replace(",", "")
    elif _THOUSANDS.match(printed):
        printed = printed.replace(".", "")
    return min(float(printed.replace(" ", "").replace(",", ".")), LARGEST)


def _scale_at(text: str, position: int) -> tuple[float, float, int]:
    """The first scale word's factor at `position`, that of all of them ("nghìn tỷ" is 1e12), their end."""
    first, factor, end = 1.0, 1.0, position
    while factor < _LARGEST_SCALE and (found := _SCALE.match(text, end)):
        factor *= _SCALES[found.group(1)]
        first = factor if first == 1 else first
        end = found.end()
    return first, factor, end


def _simple(text: str, position: int) -> Amount | None:
    digits = _DIGITS.match(text, position)
    if digits is None:
        return None
    first, factor, end = _scale_at(text, digits.end())
    value = _scaled(parse_digits(digits.group()), factor)
    if factor > 1 and (half := _AND_A_HALF.match(text, end)):
        value, end = value + factor / 2, half.end()
    return Amount(digits.start(), end, value, factor, first=first)


def _scaled(value: float, factor: float) -> float:
    # 2,1 tỷ is 2100000000, not 2100000000.0000002: thousandths of a unit are beyond what prose prints.
    return round(value * factor, 3) if factor > 1 else value


def _compound(text: str, position: int) -> Amount | None:
    """One amount, also of several scale words: "16 nghìn 900 tỷ" (16.9e12), "2 tỷ 300 triệu", "1 triệu
    200 nghìn tỷ" (1.2e15).
    """
    amount = _simple(text, position)
    while amount is not None and amount.scale > 1 and text[amount.end : amount.end + 1] == " ":
        part = _simple(text, amount.end + 1)
        if part is None:
            break
        if part.scale == 1:
            # "12 nghìn 300 hộ": the rest of the thousand, in three plain figures.
            if amount.scale != _SCALES["nghìn"] or part.end - part.start != 3 or part.value < 100:
                break
            return replace(amount, end=part.end, value=amount.value + part.value)
        if part.value < amount.scale:
            amount = Amount(amount.start, part.end, amount.value + part.value, amount.scale)
        elif (rest := _shared_scale(amount, part)) > 1:
            value = amount.value * rest + part.value
            amount = Amount(amount.start, part.end, value, amount.scale * rest)
        else:
            break
    return amount


def _shared_scale(amount: Amount, part: Amount) -> float:
    """The factor printed once behind both parts: tỷ in "16 nghìn 900 tỷ" and "1 triệu 200 nghìn tỷ"."""
    own = part.first if part.first < min(amount.scale, part.scale) else 1.0
    rest = part.scale / own
    fits = part.value / rest < amount.scale
    return rest if fits and amount.scale in (_SCALES["nghìn"], _SCALES["triệu"]) else 1.0


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

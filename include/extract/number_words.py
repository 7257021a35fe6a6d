"""Numbers written in words: "hai mươi ba", "một trăm linh năm", "gấp rưỡi", "một nửa", "hai phần ba".

All functions take folded text (see `text.fold`) and give offsets into it. Which worded numbers are
claims is decided elsewhere; "một" alone is an article, "hàng trăm" and "hơn chục" are words of size.
"""

from __future__ import annotations

import re

from include.extract.numbers import Amount

_DIGITS = {
    "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "sáu": 6, "bảy": 7,
    "tám": 8, "chín": 9,
}  # fmt: skip
# Only behind "mươi" or "mười": "hai mươi mốt", "mười lăm".
_ONLY_LAST = frozenset({"mốt", "tư", "lăm"})
_SCALES = {"nghìn": 1_000, "ngàn": 1_000, "triệu": 1_000_000, "tỷ": 1_000_000_000}
_RUN = re.compile(
    r"(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)"
    r"(?:\s(?:mười|mươi|trăm|linh|lẻ|mốt|một|hai|ba|bốn|tư|năm|lăm|sáu|bảy|tám|chín|nghìn|ngàn|triệu"
    r"|tỷ(?! lệ| trọng| số| suất| giá)))*(?!\w)"
)
_TIMES = re.compile(
    r"(?<=gấp )(?:(?P<whole>đôi|rưỡi)(?!\w)|(?P<n>hai|ba|bốn|năm|sáu|bảy|tám|chín|mười) lần(?!\w))"
)
_TIMES_VALUES = {"đôi": 2.0, "rưỡi": 1.5, "mười": 10.0, **{word: float(n) for word, n in _DIGITS.items()}}
# "một nửa số hộ", "2/3 diện tích", "chiếm một phần ba": a part in words or small figures is a claim only
# with the whole named behind it, or behind a verb that makes it a share.
_OF_A_WHOLE = (
    r"(?=\s(?:tổng\s)?(?:số\s|diện tích|dân số|sản lượng|kế hoạch|dự toán|giá trị|kim ngạch|doanh thu"
    r"|lượng|nguồn thu|nguồn vốn|lao động|so với))"
)
_AS_A_SHARE = r"(?:(?<=chiếm )|(?<=giảm )|(?<=chiếm hơn )|(?<=chiếm gần )|(?<=chiếm khoảng )|(?<=chiếm tới ))"
_NUMERAL = r"(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín)"
_PART = (
    rf"(?:(?P<half>một nửa|phân nửa)|(?P<part>{_NUMERAL}) phần (?P<whole>{_NUMERAL}|tư|mười)"
    r"|(?<![\d/.,])(?P<over>[1-9])/(?P<under>[2-9]|10)(?![\d/.,]))(?!\w)"
)
_FRACTION = re.compile(rf"(?<!\w)(?:{_PART}{_OF_A_WHOLE}|{_AS_A_SHARE}{_PART.replace('?P<', '?P<s_')})")
_A_DAY_BEFORE = re.compile(r"(?:ngày|sáng|chiều|tối|trưa|đêm|từ|đến|-)\s\Z")


# Pieces one of which stands wherever a number is written in words; most sentences have none of them.
_BEGINNINGS = (
    "hai ", "ba ", "bốn ", "sáu ", "bảy ", "tám ", "chín ", "mười ", "một trăm", "một nghìn", "một ngàn",
    "một triệu", "một tỷ", "năm mươi", "năm trăm", "năm nghìn", "năm triệu", "năm tỷ", "có năm ", "thêm năm ",
    "gồm năm ",
)  # fmt: skip
_PARTS = ("một nửa", "phân nửa", " phần ", "/")


def may_write_numbers(sentence: str) -> bool:
    """Whether a folded sentence can write a number, a multiple or a part of a whole in words."""
    return _any_in(_BEGINNINGS, sentence) or _any_in(_PARTS[:3], sentence) or "gấp " in sentence


def _any_in(words: tuple[str, ...], text: str) -> bool:
    for word in words:  # noqa: SIM110  a loop is twice as fast
        if word in text:
            return True
    return False


def begins_numbers(sentence: str) -> bool:
    """Whether a word that begins a number stands in a folded sentence."""
    return _any_in(_BEGINNINGS, sentence)


def read_number_words(text: str, position: int) -> Amount | None:
    """Read the whole number that the words at `position` write, null where they write none.

    "hai ba" is no number: the words are read as far as they follow the grammar of numbers.
    """
    run = _RUN.match(text, position)
    if run is None:
        return None
    total, group, used, scale = 0, None, 0, 1
    words = run.group().split()
    while used < len(words):
        if words[used] in _SCALES and group is not None:
            scale = _SCALES[words[used]]
            total, group, used = total + group * scale, None, used + 1
            continue
        value, taken = _below_a_thousand(words[used:])
        if taken == 0 or group is not None:
            break
        group, used = value, used + taken
    if used == 0:
        return None
    end = position + len(" ".join(words[:used]))
    return Amount(position, end, float(total + (group or 0)), float(scale))


def _below_a_thousand(words: list[str]) -> tuple[int, int]:
    """A number below 1000 at the head of `words`, and how many words write it (0: none does)."""
    if len(words) > 1 and words[1] == "trăm" and words[0] in _DIGITS:
        rest = words[2:]
        joined = 1 if rest[:1] and rest[0] in ("linh", "lẻ") else 0
        value, taken = _below_a_hundred(rest[joined:])
        small = taken and (joined or value >= 10)  # "một trăm hai" is not written out
        return 100 * _DIGITS[words[0]] + (value if small else 0), 2 + (joined + taken if small else 0)
    return _below_a_hundred(words)


def _below_a_hundred(words: list[str]) -> tuple[int, int]:
    if not words:
        return 0, 0
    first, last = words[0], words[1] if len(words) > 1 else ""
    if first == "mười":  # fifteen is "mười lăm": "mười năm" is ten years
        return (10 + _DIGITS[last], 2) if last in _DIGITS and last != "năm" else (10, 1)
    if first not in _DIGITS or first in _ONLY_LAST:
        return 0, 0
    if last != "mươi":
        return _DIGITS[first], 1
    unit = words[2] if len(words) > 2 else ""
    last_digit = unit in _DIGITS and unit != "năm"
    return (10 * _DIGITS[first] + _DIGITS[unit], 3) if last_digit else (10 * _DIGITS[first], 2)


def find_multiples(text: str, start: int, end: int) -> list[Amount]:
    """The worded multiples of `text[start:end]`: "gấp đôi" is 2, "gấp rưỡi" 1.5, "gấp ba lần" 3.

    The amount begins behind "gấp".
    """
    return [
        Amount(found.start(), found.end(), _TIMES_VALUES[found["whole"] or found["n"]])
        for found in _TIMES.finditer(text, start, end)
    ]


def find_fractions(text: str, start: int, end: int) -> list[Amount]:
    """The parts of a whole that `text[start:end]` tells as such, in per cent with two decimals.

    "một nửa số hộ" is 50, "hai phần ba diện tích" and "2/3 diện tích" are 66.67. "ngày 2/3" is a day.
    """
    parts: list[Amount] = []
    if not _any_in(_PARTS, text[start:end]):
        return parts
    for found in _FRACTION.finditer(text, start, end):
        named = {key.removeprefix("s_"): value for key, value in found.groupdict().items() if value}
        if "over" in named and _A_DAY_BEFORE.search(text, max(start, found.start() - 8), found.start()):
            continue
        over, under = _fraction(named)
        if over < under:
            parts.append(Amount(found.start(), found.end(), round(100 * over / under, 2)))
    return parts


def _fraction(named: dict[str, str]) -> tuple[int, int]:
    if "half" in named:
        return 1, 2
    if "over" in named:
        return int(named["over"]), int(named["under"])
    return _DIGITS[named["part"]], _DIGITS.get(named["whole"], 10)

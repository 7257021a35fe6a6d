"""How exact a number is said to be: "hơn 5 tỷ", "gần 40%", "từ 9% trở lên"."""

from __future__ import annotations

import re

from include.extract.cues import Closing

_APPROXIMATE = Closing(
    r"(?:(?P<about>khoảng|xấp xỉ|chừng|gần bằng|trên dưới)"
    r"|(?P<under>gần|chưa đến|chưa tới|dưới|không quá|tối đa|không vượt quá|ít hơn)"
    r"|(?P<over>trên|(?<!thấp )(?<!cao )(?<!nhiều )(?<!ít )(?<!lớn )hơn|quá|ít nhất|tối thiểu|không dưới"
    r"|không ít hơn))\s*(?:đạt\s|được\s)?\Z"
)
_AND_MORE = re.compile(r"\s*trở lên")
_AND_LESS = re.compile(r"\s*trở xuống")


def approximation_of(text: str, start: int, end: int) -> str:
    """Read trên/hơn (over), gần/dưới (under), khoảng (about) before a number, "trở lên" after it."""
    if _AND_MORE.match(text, end):
        return "over"
    if _AND_LESS.match(text, end):
        return "under"
    found = _APPROXIMATE.search(text[max(0, start - 24) : start])
    return (found.lastgroup or "exact") if found else "exact"

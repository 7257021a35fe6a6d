"""Whether a sum is told in the prices of its own time or in constant ones."""

from __future__ import annotations

import re

_CONSTANT = re.compile(r"giá (?:so sánh|cố định)(?: năm)?\s?(?P<year>(?:19|20)\d\d)?")
_AFTER = re.compile(r"\s*(?:\([^)]*\)|(?:tính )?theo giá[^,;.]*)")
_CURRENT = re.compile(r"giá (?:hiện hành|thực tế)")


def price_basis(text: str, start: int, number_start: int, number_end: int, stop: int) -> str | None:
    """The contract's price basis of the number at `number_start`:`number_end`, null where none is told.

    It stands beside the name (`start`: where the words of the number begin), or right after the number
    (before `stop`): "đạt 3.840 tỷ đồng (giá so sánh 2010)".
    """
    behind = _AFTER.match(text, number_end, stop)
    end = behind.end() if behind else number_start
    if found := _CONSTANT.search(text, start, end):
        return f"constant_{found['year']}" if found["year"] else None
    return "current" if _CURRENT.search(text, start, end) else None

"""Numbers that speak of a part of what was named before, or of the same thing without naming it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from include.extract.quantities import Quantity
from include.extract.subjects import Subject

# Sub-indices of these keep the index's code, with the sector or group as breakdown (data contract).
_INDICES = frozenset({"industrial_production_index", "cpi"})
_SECTOR = re.compile(
    r"(?:các\s)?(?:riêng\s)?(?:ngành|nhóm|công nghiệp|khai khoáng|khai thác|chế biến|sản xuất|cung cấp"
    r"|hàng|dịch vụ"
    r"|may mặc|đồ uống|thiết bị|thuốc|giao thông|bưu chính|giáo dục|văn hóa|nhà ở|lương thực|thực phẩm"
    r"|ăn uống|sản phẩm)"
)
# A sector's growth is told in value added, which no code of the vocabulary measures.
_WITHOUT_PARTS = frozenset({"grdp", "gdp"})
_OPENS_PARTS = re.compile(r"\b(?:trong đó|bao gồm|gồm|riêng|cụ thể|trong số (?:đó|này)|trong tổng số)\b")
_THIS = re.compile(
    r"\b(?:chỉ số|con số|tỷ lệ|kết quả|mức|tốc độ|kim ngạch|sản lượng|doanh thu|nguồn thu)\s(?:này|trên)\b"
)


def _is_nameless(subject: Subject, quantity: Quantity) -> bool:
    return subject.name.start >= quantity.start and quantity.kind != "counted"


def settle(
    subject: Subject,
    quantity: Quantity,
    words: str,
    left: str,
    before: Subject | None,
    earlier: Subject | None,
    fits: Callable[[str | None, Quantity], bool],
) -> Subject:
    """The subject of a number whose own words are no indicator's name, seen with what was named before.

    words: the subject's own, folded. left: folded words of its sentence since the number before.
    before: subject of that number; earlier: the last indicator of the paragraph (or of a bullet list's
    head). A part keeps the whole's code and becomes its breakdown.
    """
    whole = before or earlier
    if subject.code is not None or subject.listed or whole is None or whole.code is None:
        return subject
    if _is_nameless(subject, quantity) or _THIS.search(left):
        return whole if fits(whole.code, quantity) else subject
    if whole.code in _WITHOUT_PARTS or not fits(whole.code, quantity):
        return subject
    sector = whole.code in _INDICES and quantity.kind == "percent" and _SECTOR.match(words)
    listed = before is not None and before.breakdown is not None and ";" not in left
    if sector or _OPENS_PARTS.search(left) or listed:
        return replace(whole, breakdown=subject.name)
    return subject

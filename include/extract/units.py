"""Units of measure and counted things, read from the words that the units seed lists."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from include.extract.text import fold

# Unit words that begin another word: "đồng chí" is no money, "xã hội" no commune.
_OTHER_WORD = {
    "đồng": re.compile(r" (?:chí|bào|hồ|bộ|loạt|thời|ruộng|phục|đội|nai|tháp|hới)\b"),
    "xã": re.compile(r" (?:hội|viên|luận)\b"),
    "bản": re.compile(r" (?:đồ|tin|án|ghi|thảo|sắc|báo cáo|hợp|cam kết|đăng ký)\b"),
    "hộ": re.compile(r" (?:chiếu|tịch|khẩu|lý)\b"),
    "con": re.compile(r" (?:số|đường|em|người|tàu|nuôi)\b"),
    "nhà": re.compile(
        r" (?:lưới|màng|kính|xưởng|văn hóa|sinh hoạt|vệ sinh|hàng|nghỉ|nước|trường|báo|thơ|khoa|giáo"
        r"|thầu|quản lý|lãnh đạo)\b"
    ),
    "căn": re.compile(r" (?:cứ|bản|bệnh)\b"),
    "đơn": re.compile(r" (?:giản|thuần|phương)\b"),
    "vụ": re.compile(r" (?:mùa|đông|xuân|hè|lúa|trưởng)\b"),
    "tàu": re.compile(r" (?:điện)\b"),
    "điểm": re.compile(
        r" (?:cầu|di tích|tham quan|giao dịch|du lịch|bán|trường|đến|nóng|sáng|tựa|dân cư|tái|nghẽn|trưng bày"
        # what stands at a point, and marks counted by their height: "85 điểm 10", "12 điểm liệt"
        r"|kinh doanh|bưu điện|sạt|ngập|truy cập|cấp nước|phục vụ|thi|vui chơi|liệt|giỏi"
        r"|(?:10|[1-9])(?![\d,.]\d|\d))"
    ),
    "m": re.compile(r"/s"),
}
_FACTOR = re.compile(r"(.+?)\*([\d.]+)\Z")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit word found in the text: its code, its kind and the factor into the code's unit."""

    code: str
    kind: str
    factor: float
    start: int
    end: int


class UnitWords:
    """The unit words of a units seed, ready to be looked up in folded text.

    A word of the seed may carry a factor ("tạ*0.1" in TONNE: a tạ is 0.1 tonnes). Words are tried
    longest first, so that "điểm phần trăm" is not read as "điểm".
    """

    def __init__(self, rows: Iterable[Mapping[str, str]]) -> None:
        self.kinds: dict[str, str] = {}
        # By the first two letters; a word of one letter by that.
        self._by_head: dict[str, list[tuple[str, str, float]]] = {}
        for row in rows:
            self.kinds[row["unit_code"]] = row["kind"]
            for entry in row["words"].split(";"):
                self._add(row["unit_code"], fold(entry))
        for head, entries in self._by_head.items():
            if len(head) > 1:
                entries.extend(self._by_head.get(head[0], ()))
            entries.sort(key=lambda entry: -len(entry[0]))

    def _add(self, code: str, entry: str) -> None:
        scaled = _FACTOR.match(entry)
        word, factor = (scaled.group(1), float(scaled.group(2))) if scaled else (entry, 1.0)
        self._by_head.setdefault(word[:2], []).append((word, code, factor))

    def at(self, text: str, position: int) -> Unit | None:
        """The unit that starts at `position` of folded `text`, spaces skipped; null where none does."""
        while text[position : position + 1] == " ":
            position += 1
        head = text[position : position + 2]
        entries = self._by_head.get(head) or self._by_head.get(head[:1]) or ()
        for word, code, factor in entries:
            end = position + len(word)
            if not text.startswith(word, position) or (word[-1].isalnum() and text[end : end + 1].isalnum()):
                continue
            other = _OTHER_WORD.get(word)
            if other is None or not other.match(text, end):
                return Unit(code, self.kinds[code], factor, position, end)
        return None

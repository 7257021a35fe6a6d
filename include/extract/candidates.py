"""Which of a sentence's names may be what a number is about, likeliest first."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from include.extract.cues import Closing
from include.extract.indicators import Name
from include.extract.measures import last_piece
from include.extract.quantities import Quantity
from include.extract.text import Span

ABOUT = re.compile(r"\s+về\s(?:số\s)?(?:lượng\s)?")
RANKED_IN = re.compile(r"[^,;.]{0,50}?(?:\bvề|\bxếp hạng|\bchỉ số)\s")
CHANGED = Closing(r"\b(?:tăng|giảm|thêm)\s(?:(?:thêm|từ|gần|hơn|trên|khoảng|ít nhất)\s)*\Z")
_LINK = Closing(
    r"(?:\blà|\bđạt|\bđược|\bcòn|:|\blên|\bbằng|\bđón|\bở mức)\s*"
    r"(?:(?:trên|hơn|gần|khoảng|xấp xỉ|được|tới|đến|dưới)\s*)*\Z"
)
_OPENS = Closing(
    r"(?:^[-+*•\s]*|[,;:(]|\bcó|\bvới|\bđã có|\bđến nay|\bvà"
    r"|\bphấn đấu|\bduy trì|\bbảo đảm|\bđảm bảo|\bmới)\s*"
    r"(?:(?:trên|hơn|gần|khoảng|có|tới|chỉ|ít nhất|tối thiểu|không dưới|xấp xỉ|dưới|từ|đạt)\s*)*\Z"
)
_REACHED = Closing(r"\b(?:đạt|có)\s\Z")
_OPENING = re.compile(r"(?:[\w.]{1,20}\s-\s)?\s?(?:(?:trong đó|với|có|hơn|gần|trên|khoảng)\s)*")
_IS = re.compile(r"\s(?:lượt\s|người\s)?là\s")
_OF_NUMBER = re.compile(r"\s(?:tổng\s)?số\s")
OF_THINGS = re.compile(
    r"\s(?:tổng\s)?(?:số\s|các\s)*(?=[^\W\d])(?!so\b|(?:tổng )?(?:số )?kế hoạch|kh\b|dự toán"
    r"|mục tiêu|chỉ tiêu|nghị quyết|về\b|và\b"
    r"|trong\b|vào\b)"
)


class Candidates:
    """The names of one sentence. units: the unit of each indicator."""

    def __init__(self, text: str, sentence: Span, found: Sequence[Name], units: Mapping[str, str]) -> None:
        self._text = text
        self._sentence = sentence
        self._found = found
        self._units = units

    def of(self, quantity: Quantity, segment: int) -> list[Name]:
        """The names that may be the number's, likeliest first."""
        left = [n for n in self._found if n.end <= quantity.start and n.start >= segment]
        left = [n for n in left if not self._is_in_closed_bracket(n, quantity)] or left
        own = self._told_behind(quantity) or self.beside(quantity)
        if quantity.kind == "rank" and (
            about := RANKED_IN.match(self._text, quantity.end, self._sentence.end)
        ):
            behind = [n for n in self._found if n.start >= quantity.end and n.end > about.end()]
            left = behind[::-1] or left
        linked = _LINK.search(self._text[max(segment, quantity.start - 24) : quantity.start])
        piece = quantity.start - len(last_piece(self._text[segment : quantity.start]))
        changed = CHANGED.search(self._text, segment, quantity.start) and any(n.start >= piece for n in left)
        own_first = quantity.kind in ("percent", "money") or (
            quantity.kind == "counted" and not (linked or changed or self._said_twice(quantity, left))
        )
        left = self._heads_first(left, segment, quantity)
        return [*own, *left] if own_first else [*left, *own]

    def _said_twice(self, quantity: Quantity, left: list[Name]) -> bool:
        """Whether what is counted was named in full before: "số doanh nghiệp giải thể 16 doanh nghiệp"."""
        noun = self._text[quantity.unit_start : quantity.end]
        piece = quantity.start - len(last_piece(self._text[self._sentence.start : quantity.start]))
        names = [self._text[n.start : n.end] for n in left if n.start >= piece]
        return bool(noun) and any(noun in name and name != noun for name in names)

    def _heads_first(self, left: list[Name], segment: int, quantity: Quantity) -> list[Name]:
        """Nearest phrase first; inside it the head, which Vietnamese puts before what describes it."""
        words = self._text[segment : quantity.start]
        if words.endswith(": "):  # "Tỷ lệ lấp đầy tại KCN Đông: 92%"
            words = words[:-2]
        piece = segment + len(words) - len(last_piece(words))
        own = [n for n in left if n.start >= piece]
        if quantity.kind == "percent":  # "các khu công nghiệp có tỷ lệ lấp đầy 72%": the rate, not the count
            own.sort(key=lambda name: not self._is_a_rate(name))
        return [*own, *(n for n in reversed(left) if n.start < piece)]

    def _is_a_rate(self, name: Name) -> bool:
        return any(row.code and not row.near and self._units[row.code] == "PERCENT" for row in name.rows)

    def beside(self, quantity: Quantity) -> list[Name]:
        """Names that the number itself carries: what is counted, what a measured amount is of."""
        if quantity.kind in ("counted", "ratio"):
            at = quantity.unit_start
        elif quantity.kind == "percent":
            about = ABOUT.match(self._text, quantity.end) or self.of_things(quantity)
            at = about.end() if about else -1
        else:
            at = quantity.end + 1
        return [n for n in self._found if n.start <= at < n.end]

    def _is_in_closed_bracket(self, name: Name, quantity: Quantity) -> bool:
        """Whether a name stands in a bracket that is closed before the number."""
        closing = self._text.find(")", name.end, quantity.start)
        return closing >= 0 and self._text.find("(", name.end, closing) < 0

    def _told_behind(self, quantity: Quantity) -> list[Name]:
        """The name behind a number that opens its sentence: "Trên 318.000 lượt là tổng lượng khách"."""
        left = self._text[self._sentence.start : quantity.start]
        opens = _OPENING.fullmatch(left) or _OPENING.fullmatch(last_piece(left))
        is_ = _IS.match(self._text, quantity.end, self._sentence.end) if opens else None
        return [n for n in self._found if n.start == is_.end()] if is_ else []

    def of_things(self, quantity: Quantity) -> re.Match[str] | None:
        """The words after a percentage that opens its clause: "92% số xã có đường ô tô"."""
        if "/" in self._text[quantity.start : quantity.end]:
            return None
        begin = max(self._sentence.start, quantity.start - 48)
        left = ("" if begin == self._sentence.start else "·") + self._text[begin : quantity.start]
        number = _OF_NUMBER.match(self._text, quantity.end)
        opens = _OPENS.search(left) or (number and (_REACHED.search(left) or CHANGED.search(left)))
        return OF_THINGS.match(self._text, quantity.end) if opens else None

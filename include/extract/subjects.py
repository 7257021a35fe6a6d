"""Which indicator each number of a sentence speaks of."""

from __future__ import annotations

import re
from dataclasses import dataclass

from include.extract.indicators import IndicatorNames, Name, Row, choose
from include.extract.measures import last_piece
from include.extract.quantities import Quantity
from include.extract.text import Span
from include.extract.units import UnitWords


@dataclass(frozen=True, slots=True)
class Subject:
    """What a number is about. code: of the vocabulary, else null. name, breakdown: spans of the body."""

    code: str | None
    name: Span
    breakdown: Span | None = None


# A sum right beside a count is the count's money: "43 dự án, trên 12,3 tỷ USD".
_MONEY_OF = {
    "fdi_projects": "fdi_registered_capital",
    "investment_projects": "registered_capital",
    "investment_projects_new": "registered_capital",
    "new_enterprises": "new_enterprises_capital",
    "infrastructure_projects": "infrastructure_investment",
}
_RANKED_IN = re.compile(r"[^,;.]{0,50}?\bvề\s")
_WITH_MONEY = re.compile(r"\b(?:với|trị giá|kinh phí)\s[^,;:]{0,40}\Z")
_LINK = re.compile(
    r"(?:\blà|\bđạt|\bđược|\bcòn|:|\blên|\bbằng|\bđón|\bở mức)\s*"
    r"(?:(?:trên|hơn|gần|khoảng|xấp xỉ|được|tới|đến|dưới)\s*)*\Z"
)
# Words that name nothing: verbs, particles, words of time and of comparison.
_NAMELESS = frozenset(
    "tăng giảm đạt trên hơn gần khoảng xấp xỉ dưới là ước thực hiện được có còn lên xuống đến tới từ và với so cùng kỳ"
    " năm tháng quý trước ngoái nay này đầu cuối cả trong đó của cho vào bằng chiếm vượt thêm mức tốc độ trưởng bình quân"
    " kế hoạch dự toán mục tiêu tỷ lệ đã sẽ cũng chỉ thì tương đương gấp khá cao thấp nhất tính riêng hiện hay"
    " ở ra mới nữa vẫn lại rồi con số giá trị tổng toàn tỉnh i ii iii iv đồng thời bao gồm gồm như sau theo qua"
    " kiến phấn đấu trung sơ bộ lũy luỹ kế tuyệt đối tối đa thiểu ít sụt mạnh nhẹ ngày giai đoạn khi đề ra giao đặt chung riêng lên hàng mỗi đang bị hoàn thành".split(
        " "
    )
)
_BREAKDOWN = re.compile(
    r"\s*(?:của\s|\()?(?:các\s)?(?P<part>(?:ngành|khu vực|nhóm|lĩnh vực|khối|mặt hàng|thành phần)\s[^,;:()\d]{3,60}?)"
    r"(?=\s(?:đạt|tăng|giảm|ước|là|chiếm|năm|tháng|quý|trong|còn|trên|bình quân|\d)|\s?\d|\)|\s*\Z)"
)


def _own_words(text: str, start: int, end: int) -> Span | None:
    """The naming words of `text[start:end]`: from the first word that names something to the last."""
    words = [w for w in re.finditer(r"[^\W\d]+", text[start:end]) if w.group() not in _NAMELESS]
    return Span(start + words[0].start(), start + words[-1].end()) if words else None


class SubjectFinder:
    """Finds the subjects of one sentence's numbers, in order; remembers the one before."""

    def __init__(self, text: str, sentence: Span, names: IndicatorNames, units: UnitWords) -> None:
        self._text = text
        self._sentence = sentence
        self._names = names
        self._units = units
        self._found = names.find(text, sentence.start, sentence.end)
        self._head: list[Name] = []

    def fits(self, code: str | None, quantity: Quantity) -> bool:
        """Whether a number of this unit can be an amount of the indicator, or a rate of it."""
        if code is None or quantity.kind in ("percent", "point", "times", "rank", "score"):
            return True
        unit = self._names.units[code]
        if not unit:
            return quantity.kind in ("mass", "volume", "energy", "counted", "length", "area")
        if quantity.kind == "counted" or unit not in self._units.kinds:
            return unit == quantity.unit_code
        return self._units.kinds[unit] == quantity.kind

    def _pick(self, name: Name, quantity: Quantity, contexts: list[str]) -> Subject | None:
        rows = [row for row in name.rows if self._row_fits(row, quantity)]
        row = choose(rows, contexts)
        if row is None:
            return None
        part = _BREAKDOWN.match(self._text[name.end : quantity.start]) if name.end < quantity.start else None
        breakdown = Span(name.end + part.start("part"), name.end + part.end("part")) if part else None
        return Subject(row.code, Span(name.start, name.end), breakdown)

    def _row_fits(self, row: Row, quantity: Quantity) -> bool:
        if (
            quantity.kind == "percent"
            and row.code is not None
            and self._names.units[row.code] in self._units.kinds
        ):
            # A count's rate needs the rate said: "hộ nghèo" with a percentage is the poverty rate.
            return True
        return self.fits(row.code, quantity)

    def _contexts(self, quantity: Quantity, previous_end: int) -> list[str]:
        text, sentence = self._text, self._sentence
        left = text[sentence.start : quantity.start]
        stop = re.compile(r"[,;.)]").search(text, quantity.end, sentence.end)
        right = min(stop.start() if stop else sentence.end, quantity.end + 60)
        narrow = quantity.start - len(last_piece(left))
        near = min(previous_end, narrow)
        return [
            text[narrow:right],
            text[near:right],
            text[sentence.start : right],
            text[sentence.start : sentence.end],
        ]

    def of(self, quantity: Quantity, previous: Quantity | None, before: Subject | None) -> Subject:
        """The subject of `quantity`; previous, before: the number before it and its subject, if any."""
        start = previous.end if previous else self._sentence.start
        contexts = self._contexts(quantity, start)
        segment = max(start, self._text.rfind(";", start, quantity.start) + 1)
        left = [n for n in self._found if n.end <= quantity.start and n.start >= segment]
        own = [n for n in self._found if n.start == quantity.unit_start]
        if quantity.kind == "rank" and (about := _RANKED_IN.match(self._text, quantity.end, self._sentence.end)):
            left = [n for n in self._found if n.start >= about.end() - 1][::-1] or left
        linked = _LINK.search(self._text[max(segment, quantity.start - 24) : quantity.start])
        ordered = [*left[::-1], *own] if linked or quantity.kind != "counted" else [*own, *left[::-1]]
        for name in ordered:
            if subject := self._pick(name, quantity, contexts):
                return subject
        return self._without_name(quantity, segment, before, contexts)

    def _without_name(
        self, quantity: Quantity, segment: int, before: Subject | None, contexts: list[str]
    ) -> Subject:
        """No name of the vocabulary beside the number: its own words, the list's head, the one before."""
        piece_start = quantity.start - len(last_piece(self._text[segment : quantity.start]))
        words = _own_words(self._text, piece_start, quantity.start)
        if quantity.kind == "counted" and quantity.unit_start < quantity.end:
            words = self._counted(quantity)
            generic = self._text[quantity.unit_start : quantity.end] in ("đơn vị", "lượt", "trường hợp")
            if not generic:
                return Subject(None, words)
        elif before is not None and (words is None or self._is_money_of(quantity, segment, before)):
            code = before.code if self.fits(before.code, quantity) else _MONEY_OF.get(before.code or "")
            return Subject(code, before.name, before.breakdown)
        if head := self._head_subject(quantity, segment, contexts):
            return Subject(head.code, head.name, words)
        if before is not None and quantity.kind == "counted" and before.code is not None:
            return before
        return Subject(None, words or Span(quantity.start, quantity.end))

    def _is_money_of(self, quantity: Quantity, segment: int, before: Subject) -> bool:
        """Whether a sum belongs to the things counted before it: "8 công trình … với gần 95 tỷ đồng"."""
        joined = _WITH_MONEY.search(self._text, segment, quantity.start)
        return quantity.kind == "money" and before.code in _MONEY_OF and joined is not None

    def _head_subject(self, quantity: Quantity, segment: int, contexts: list[str]) -> Subject | None:
        """The indicator that a list's head names: "sản lượng một số sản phẩm … như: …"."""
        colon = self._text.find(":", self._sentence.start, quantity.start)
        if colon < 0:
            return None
        for name in reversed([n for n in self._found if n.end <= colon]):
            if subject := self._pick(name, quantity, contexts):
                return subject
        return None

    def _counted(self, quantity: Quantity) -> Span:
        """The counted noun with what describes it, up to the next break."""
        stop = re.compile(
            r"[,;.():]|\s(?:với|và|đã|được|đang|trong|của|để|có|so|đạt|tăng|giảm|còn|này|chiếm)\s"
        ).search(self._text, quantity.end, self._sentence.end)
        end = min(stop.start() if stop else self._sentence.end, quantity.end + 60)
        return Span(quantity.unit_start, max(quantity.end, end))

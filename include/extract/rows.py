"""Which row of the aliases seed a name stands for, given the number and the words around it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from include.extract.indicators import IndicatorNames, Name, Row, allowed_by, choose
from include.extract.quantities import Quantity
from include.extract.text import Span
from include.extract.units import UnitWords


@dataclass(frozen=True, slots=True)
class Subject:
    """What a number is about. code: of the vocabulary, else null. name, breakdown: spans of the body.

    listed: whether the aliases seed has the name, also with no indicator for it.
    """

    code: str | None
    name: Span
    breakdown: Span | None = None
    listed: bool = False


_BREAKDOWN = re.compile(
    r"\s*(?:của\s|\()?(?:các\s)?(?P<part>(?:ngành|khu vực|nhóm|lĩnh vực|khối|mặt hàng"
    r"|thành phần)\s[^,;:()\d]{3,60}?)"
    r"(?=\s(?:đạt|tăng|giảm|ước|là|chiếm|năm|tháng|quý|trong|còn|trên|bình quân|\d)|\s?\d|\)|\s*\Z)"
)
_PER_HEAD = frozenset({"grdp_per_capita", "income_per_capita", "labour_productivity", "grdp", "gdp"})
_PER_PIECE = re.compile(r"/\s?(?:ha|kg|lít|m2|m²|m3|tấn|tạ|con|cái|chiếc|sào|căn|bao|cây|hộ|lao động)")
_PART = re.compile(r"\btrong (?:số )?(?:đó|này)\b")


class RowPicker:
    """Picks the rows of one sentence's names."""

    def __init__(self, text: str, sentence: Span, names: IndicatorNames, units: UnitWords) -> None:
        self._text = text
        self._sentence = sentence
        self._names = names
        self._units = units

    def fits(self, code: str | None, quantity: Quantity) -> bool:
        """Whether a number of this unit can be an amount of the indicator, or a rate of it."""
        if code is None or quantity.kind in ("percent", "point", "times", "rank", "score"):
            return True
        if quantity.kind == "money" and not self._fits_per(code, quantity):
            return False
        unit = self._names.units[code]
        if not unit:
            return quantity.kind in ("mass", "volume", "energy", "counted", "length", "area")
        if quantity.kind == "counted" or unit not in self._units.kinds:
            return unit == quantity.unit_code
        return self._units.kinds[unit] == quantity.kind

    def _fits_per(self, code: str, quantity: Quantity) -> bool:
        """Whether a sum per something can be the indicator's: "triệu đồng/ha" and "đồng/kg" are no totals."""
        printed = self._text[quantity.start : quantity.end]
        if "/" not in printed:
            return True
        return code in _PER_HEAD if "/người" in printed else not _PER_PIECE.search(printed)

    def pick(
        self, name: Name, quantity: Quantity, contexts: list[str], told: Sequence[str] = ()
    ) -> Subject | None:
        """The subject that `name` makes of the number, null where none of its rows fits.

        contexts: the words around, the nearest first; told: codes spoken of before, the newest first. A noun
        that no unit lists fits by itself: "4.000 việc làm" are jobs, which are counted in persons.
        """
        own_noun = quantity.unit_code == "COUNT" and quantity.start < name.start < quantity.end
        rows = [
            r for r in name.rows if (own_noun and self._is_a_count(r.code)) or self._row_fits(r, quantity)
        ]
        if not rows:
            return None
        # "xã", "dự án": what needs its surroundings to mean something goes on with what was told.
        plain = len(rows) == 1 and not rows[0].near and not rows[0].unless
        row = rows[0] if plain else self._foreign(rows, quantity, contexts, told) or choose(rows, contexts)
        if row is None:
            allowed = allowed_by(rows, contexts[0])
            row = next((r for code in told for r in allowed if r.code == code), None)
        if row is None:
            return None
        part = _BREAKDOWN.match(self._text[name.end : quantity.start]) if name.end < quantity.start else None
        breakdown = Span(name.end + part.start("part"), name.end + part.end("part")) if part else None
        return Subject(row.code, Span(name.start, name.end), breakdown, listed=True)

    def _is_a_count(self, code: str | None) -> bool:
        """Whether an indicator counts things: "57 thủy điện" are no megawatts."""
        return code is None or self._units.kinds.get(self._names.units[code]) in ("counted", "ratio", None)

    def _foreign(
        self, rows: Sequence[Row], quantity: Quantity, contexts: list[str], told: Sequence[str]
    ) -> Row | None:
        """Whose projects they are still holds for parts: "11 dự án FDI … Trong đó, 10 dự án mới"."""
        foreign = bool(told) and told[0].startswith("fdi_") and "trong nước" not in contexts[0]
        if not foreign or not _PART.search(self._text, self._sentence.start, quantity.start):
            return None
        return next((row for row in rows if row.code == "fdi_projects"), None)

    def _row_fits(self, row: Row, quantity: Quantity) -> bool:
        if (
            quantity.kind == "percent"
            and row.code is not None
            and self._names.units[row.code] in self._units.kinds
        ):
            # A count's rate needs the rate said: "hộ nghèo" with a percentage is the poverty rate.
            return True
        return self.fits(row.code, quantity)

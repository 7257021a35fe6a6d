"""Cells to figures and units: numbers as tables print them, with what they are counted in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from include.extract.numbers import LARGEST
from include.extract.text import Span
from include.extract.units import UnitWords

_NUMBER = r"\d(?:[\d.,]|\s(?=\d{3}(?!\d)))*(?<![.,])"
_CELL = re.compile(
    r"(?:(?P<over>trên|hơn|từ|tối thiểu|ít nhất|>=|≥|>)|(?P<under>dưới|gần|tối đa|không quá|<=|≤|<)"
    r"|(?P<about>khoảng|xấp xỉ|~|≈))?\s*"
    rf"(?P<sign>[-+])?\s?(?P<low>{_NUMBER})(?:\s?-\s?(?P<high>{_NUMBER}))?(?P<unit>\s*[^\d\s].*|)\Z"
)
_YEAR = re.compile(r"(?:19|20)\d\d\Z")
_ONE_GROUP = re.compile(r"[1-9]\d{0,2}[.,]\d{3}\Z")
_VIETNAMESE = re.compile(r"\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?\Z|\d{1,3}\.\d{3},\d+\Z|\d+,\d+\Z")
_ENGLISH = re.compile(r"\d{1,3}(?:,\d{3}){2,}(?:\.\d+)?\Z|\d{1,3},\d{3}\.\d+\Z|\d+\.\d+\Z")
_MULTIPLE = re.compile(r"(?:10+|1\.0{3}(?:\.0{3})*)\s")
_SCALES = {
    "nghìn": 1e3, "ngàn": 1e3, "ng": 1e3, "vạn": 1e4, "triệu": 1e6, "tr": 1e6, "tỷ": 1e9,
}  # fmt: skip
_SCALE = re.compile(r"(nghìn|ngàn|vạn|triệu|tỷ|tr(?=[.đ ])|ng(?=\.))\.?\s*")
_PER = re.compile(r"\s?/\s?[^\d;,]+")
_A_TIME = re.compile(r"/\s?(?:ngày|giờ|phút|giây|s|h|mẻ|ca)\b")


@dataclass(frozen=True, slots=True)
class TableUnit:
    """What figures are given in. code, kind: of the units seed; factor: into the code's unit.

    per: what it is counted per as printed, "/người"; else empty.
    """

    code: str
    kind: str
    factor: float
    per: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """The number of one cell as printed: offsets with sign and unit; value, high: before any factor.

    is_signed: whether plus or minus stands before it; unit: what the cell itself says of its unit, or null.
    """

    start: int
    end: int
    value: float
    high: float | None
    is_signed: bool
    approximation: str
    unit: TableUnit | None


def is_figure(cell: str) -> bool:
    """Whether a folded cell is a number, with or without its unit."""
    return _CELL.match(cell) is not None


def is_year(cell: str) -> bool:
    """Whether a folded cell is a year, as heads print it."""
    return _YEAR.match(cell) is not None


def unit_of(words: str, units: UnitWords) -> TableUnit | None:
    """The unit that folded `words` name and nothing besides: "tỷ đồng", "1.000 tấn", "tr.đ", "kg/người"."""
    words, factor = words.strip(" .:()"), 1.0
    if many := _MULTIPLE.match(words + " "):
        factor, words = float(many.group().strip().replace(".", "")), words[many.end() :]
    while factor < LARGEST and (scale := _SCALE.match(words)):
        factor, words = factor * _SCALES[scale.group(1)], words[scale.end() :]
    unit = units.at(words, 0)
    if unit is None:
        return None
    per = words[unit.end :].strip()
    if per and not _PER.fullmatch(per):
        return None
    if per and unit.kind in ("mass", "volume") and _A_TIME.match(per):
        return TableUnit("COUNT", "counted", 1.0, per)  # a capacity: the contract has no code for it
    return TableUnit(unit.code, unit.kind, factor * unit.factor, per)


class Notation:
    """How a table prints its numbers, told by those cells that can be read in one way only."""

    def __init__(self, cells: Iterable[str]) -> None:
        numbers = []
        for cell in cells:
            if found := _CELL.match(cell):
                numbers += [found["low"], *([found["high"]] if found["high"] else [])]
        plain = [number for number in numbers if not _ONE_GROUP.match(number)]
        self._vietnamese = any(_VIETNAMESE.match(number) for number in plain)
        self._english = any(_ENGLISH.match(number) for number in plain)

    def number(self, printed: str) -> float | None:
        """The number printed, or null where a comma could mean either: "525,620" tells nothing alone.

        Null too for a run of digits that nothing is counted by (`numbers.LARGEST`).
        """
        number = self._number(printed)
        return number if number is None or number < LARGEST else None

    def _number(self, printed: str) -> float | None:
        bare = printed.replace(" ", "")
        if _ONE_GROUP.match(bare):
            mark = "," if "," in bare else "."
            groups = (mark == ".") if self._vietnamese else (mark == ",")
            if self._vietnamese == self._english and (self._english or mark == ","):
                return None
            if not self._vietnamese and not self._english:
                groups = True
            return float(bare.replace(mark, "" if groups else "."))
        if _ENGLISH.match(bare):
            return float(bare.replace(",", ""))
        if _VIETNAMESE.match(bare):
            return float(bare.replace(".", "").replace(",", "."))
        return float(bare) if bare.isdigit() else None


def read_figure(text: str, cell: Span, notation: Notation, units: UnitWords) -> Figure | None:
    """The figure of a cell in folded text; null for words, for signs of no value and for doubtful numbers."""
    found = _CELL.match(cell.of(text))
    if found is None:
        return None
    low = notation.number(found["low"])
    high = notation.number(found["high"]) if found["high"] else None
    own = unit_of(found["unit"], units) if found["unit"].strip() else None
    if low is None or (found["unit"].strip() and own is None) or (found["high"] and (high or 0) <= low):
        return None
    start = found.start("sign") if found["sign"] else found.start("low")
    about = next((name for name in ("over", "under", "about") if found[name]), "exact")
    value = -low if found["sign"] == "-" else low
    return Figure(
        cell.start + start, cell.end, value, high, found["sign"] is not None, about, own
    )  # fmt: skip

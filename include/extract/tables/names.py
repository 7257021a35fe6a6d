"""The name cells of rows to indicators: codes of the vocabulary, parts, growth told in a name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from include.extract.indicators import Name, choose
from include.extract.lexicon import Lexicon
from include.extract.tables.cells import TableUnit, unit_of
from include.extract.text import Span

_NUMBERING = re.compile(r"(?:(?:[ivx]+|\d{1,2}(?:\.\d{1,2})*|[a-zđ])\s?[.)]|\d{1,2}(?:\.\d{1,2})+)\s*")
_BULLET = re.compile(r"[-+*•·]+\s*")
_OF_THESE = re.compile(r"(?:trong (?:số )?đó|gồm|bao gồm|chia ra|phân theo [^:]*)\s*:?\s*")
_TRAILING = re.compile(r"\s*(?:\([^()]*\)|[:;,.*]+)\s*\Z")
# Words around a name that leave it the whole: not a part of it, nor something else about it.
_OPENS_NAME = re.compile(
    r"(?:(?:tổng|số|giá trị|mức|quy mô|kim ngạch|tốc độ|tăng trưởng|tăng|tỷ lệ|thực hiện|về|ước|của"
    r"|cộng)\s)*\Z"
)
_CLOSES_NAME = re.compile(
    r"(?:\s*(?:,|\([^()]*\)|trên địa bàn|toàn tỉnh|của tỉnh|cả tỉnh|tỉnh|chung|tăng thêm|"
    r"theo giá [^,;|]*|giá (?:hiện hành|so sánh)[^,;|]*|\d{4}|năm|hàng năm))*\s*\Z"
)
_GROWTH = re.compile(r"tốc độ (?:tăng|phát triển)|tăng trưởng|mức tăng|tốc độ tăng trưởng")
_COUNTED = re.compile(r"(?:tổng\s)?số (?:lượng\s)?(?P<noun>.+)")
_CONSTANT = re.compile(r"giá (?:so sánh|cố định)(?: năm)?\s?(?P<year>(?:19|20)\d\d)")
_CURRENT = re.compile(r"giá (?:hiện hành|thực tế)")
# Kinds of unit that say something of any indicator, whatever it is counted in.
_RATES = frozenset({"percent", "point", "times", "rank", "score"})


@dataclass(frozen=True, slots=True)
class RowName:
    """The name of a row. span: without numbering, bullet and what stands in brackets behind it; whole: the
    cell; is_part: whether a bullet or "trong đó" sets it under the row above; unit: as the name itself
    tells it; opens_parts: "Trong đó:" with nothing behind it.
    """

    span: Span
    whole: Span
    is_part: bool
    is_numbered: bool
    opens_parts: bool
    unit: TableUnit | None


@dataclass(frozen=True, slots=True)
class Subject:
    """What a row is about: as in `subjects.Subject`, and whether its figures are growth rates."""

    code: str | None
    name: Span
    breakdown: Span | None = None
    is_growth: bool = False


def read_name(text: str, cell: Span, lexicon: Lexicon) -> RowName:
    """Take the name cell of a row apart."""
    start, end, part, numbered = cell.start, cell.end, False, False
    if found := _NUMBERING.match(text, start, end):
        start, numbered = found.end(), True
    if found := _BULLET.match(text, start, end):
        start, part = found.end(), True
    if found := _OF_THESE.match(text, start, end):
        start, part = found.end(), True
        if bullet := _BULLET.match(text, start, end):
            start = bullet.end()
    unit = _unit_told(text[start:end], lexicon)
    while trailing := _TRAILING.search(text, start, end):
        end = trailing.start()
    return RowName(Span(start, max(start, end)), cell, part, numbered, part and end <= start, unit)


def _unit_told(name: str, lexicon: Lexicon) -> TableUnit | None:
    for found in re.finditer(r"\(([^()]*)\)|[,;]\s*([^,;()]+)\Z", name):
        if unit := unit_of(found[1] or found[2], lexicon.units):
            return unit
    counted = _COUNTED.match(name)
    unit_word = lexicon.units.at(counted["noun"], 0) if counted else None
    if unit_word is None or unit_word.kind != "counted":
        return None
    return TableUnit(unit_word.code, unit_word.kind, 1.0)


def own_subject(
    text: str, name: RowName, unit: TableUnit | None, around: Sequence[Span], lexicon: Lexicon
) -> Subject:
    """What the words of a name cell alone are about; around: lines and rows over it, the nearest first.

    Words behind an indicator's name are the part of it; words before it make it another thing, null code.
    """
    words = name.span.of(text)
    is_growth = bool(_GROWTH.search(words)) and (unit is None or unit.kind == "percent")
    contexts = [f"{words} {unit_words(unit)}", *(f"{words} {span.of(text)}" for span in around)]
    contexts.append(" ".join([words, *(span.of(text) for span in around)]))
    for found in lexicon.names.find(text, name.span.start, name.span.end):
        rows = [row for row in found.rows if _fits(row.code, unit, lexicon)]
        row = choose(rows, contexts)
        if row is None:
            continue
        if not _OPENS_NAME.match(text[name.span.start : found.start]):
            break
        part = _part_behind(text, found, name.span.end)
        return Subject(row.code, Span(found.start, found.end) if part else name.span, part, is_growth)
    return Subject(None, name.span, None, is_growth)


def unit_words(unit: TableUnit | None) -> str:
    """Words that tell the vocabulary's rules which unit is meant."""
    return {"HECTARE": "ha diện tích", "TONNE": "tấn sản lượng"}.get(unit.code, "") if unit else ""


def _part_behind(text: str, found: Name, end: int) -> Span | None:
    if _CLOSES_NAME.match(text[found.end : end]):
        return None
    rest = text[found.end : end]
    start = found.end + len(rest) - len(rest.lstrip(" ,-:("))
    return Span(start, end) if start < end else None


def _fits(code: str | None, unit: TableUnit | None, lexicon: Lexicon) -> bool:
    """Whether figures in `unit` can be amounts or rates of the indicator."""
    if code is None or unit is None or unit.kind in _RATES:
        return True
    own = lexicon.names.units[code]
    if not own:
        return unit.kind in ("mass", "volume", "energy", "counted", "length", "area")
    if unit.kind == "counted" or own not in lexicon.units.kinds:
        return own == unit.code
    return lexicon.units.kinds[own] == unit.kind


def fits(code: str | None, unit: TableUnit, lexicon: Lexicon) -> bool:
    """Whether a part with figures in `unit` can be a part of the indicator."""
    return code is not None and _fits(code, unit, lexicon)


def covers(text: str, subject: Subject, name: RowName) -> bool:
    """Whether a section's title is an indicator's name and nothing else."""
    return subject.code is not None and subject.breakdown is None and subject.name == name.span


def price_basis(texts: Sequence[str]) -> str | None:
    """The prices that folded lines tell, the nearest first."""
    for words in texts:
        if found := _CONSTANT.search(words):
            return f"constant_{found['year']}"
        if _CURRENT.search(words):
            return "current"
    return None

"""The ranking or index that points and places are of where the sentence does not name it again."""

from __future__ import annotations

from include.extract.indicators import IndicatorNames
from include.extract.rows import Subject
from include.extract.text import Span

# Characters back: an article that goes on about a ranking names it again within a few paragraphs.
_REACH = 2500


def index_named(names: IndicatorNames, text: str, position: int) -> Subject | None:
    """The ranking (PCI, PAPI, …) that the article named last before `position`, for bare points and ranks."""
    for name in reversed(names.find(text, max(0, position - _REACH), position)):
        row = next((r for r in name.rows if r.code and names.units[r.code] in ("RANK", "SCORE")), None)
        if row is not None and not row.near:
            return Subject(row.code, Span(name.start, name.end), listed=True)
    return None

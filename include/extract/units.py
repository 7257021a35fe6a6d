"""Units of measure and counted things, read from the words that the units seed lists."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from include.extract.text import fold

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
        self._by_first: dict[str, list[tuple[str, str, float]]] = {}
        for row in rows:
            self.kinds[row["unit_code"]] = row["kind"]
            for entry in row["words"].split(";"):
                self._add(row["unit_code"], fold(entry))
        for entries in self._by_first.values():
            entries.sort(key=lambda entry: -len(entry[0]))

    def _add(self, code: str, entry: str) -> None:
        scaled = _FACTOR.match(entry)
        word, factor = (scaled.group(1), float(scaled.group(2))) if scaled else (entry, 1.0)
        self._by_first.setdefault(word[0], []).append((word, code, factor))

    def at(self, text: str, position: int) -> Unit | None:
        """The unit that starts at `position` of folded `text`, spaces skipped; null where none does."""
        while text[position : position + 1] == " ":
            position += 1
        for word, code, factor in self._by_first.get(text[position : position + 1], ()):
            end = position + len(word)
            if text.startswith(word, position) and not (word[-1].isalnum() and text[end : end + 1].isalnum()):
                return Unit(code, self.kinds[code], factor, position, end)
        return None

"""The vocabulary in the form that matching needs, built once for each content of the seeds."""

from __future__ import annotations

from dataclasses import dataclass

from include.extract.indicators import IndicatorNames
from include.extract.places import Places
from include.extract.units import UnitWords
from include.extract.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Unit words, indicator names and provinces, ready to be matched.

    accumulating: codes of indicators that are counted over a time, so that "tính đến ngày 15/9" is the
    end of a period that began on 1 January; for the others it is an instant.
    """

    units: UnitWords
    names: IndicatorNames
    places: Places
    accumulating: frozenset[str]


# By digest: a process reads thousands of articles with one vocabulary, tests with a few.
_COMPILED: dict[str, Lexicon] = {}
_KEPT = 4


def lexicon_of(vocabulary: Vocabulary) -> Lexicon:
    """The compiled vocabulary; the same object for the same digest."""
    lexicon = _COMPILED.get(vocabulary.digest)
    if lexicon is None:
        lexicon = Lexicon(
            UnitWords(vocabulary.units),
            IndicatorNames(vocabulary.indicator_aliases, vocabulary.indicators),
            Places(vocabulary.provinces),
            _accumulating(vocabulary),
        )
        while len(_COMPILED) >= _KEPT:
            _COMPILED.pop(next(iter(_COMPILED)))
        _COMPILED[vocabulary.digest] = lexicon
    return lexicon


def _accumulating(vocabulary: Vocabulary) -> frozenset[str]:
    """The codes marked in the seed; ValueError where a mark is neither true nor false."""
    marks = {row["indicator_code"]: row.get("accumulates") for row in vocabulary.indicators}
    if unclear := sorted(code for code, mark in marks.items() if mark not in ("true", "false")):
        raise ValueError(f"indicators.csv: write true or false under accumulates for {', '.join(unclear)}")
    return frozenset(code for code, mark in marks.items() if mark == "true")

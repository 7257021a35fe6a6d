"""The vocabularies that extraction reads with: data handed in, never loaded here.

The rows are those of the dbt seeds, so that analysts extend the language in one place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Seed rows by seed name, each row a mapping of column to text, and a digest of them all.

    indicators, indicator_aliases, provinces, units: as in dbt_project/seeds. digest: changes when
    any row does, so that articles read with an older vocabulary are read again.
    """

    indicators: Sequence[Mapping[str, str]]
    indicator_aliases: Sequence[Mapping[str, str]]
    provinces: Sequence[Mapping[str, str]]
    units: Sequence[Mapping[str, str]]
    digest: str

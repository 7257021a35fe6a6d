"""Loads the vocabularies from the dbt seeds for extraction."""

from __future__ import annotations

import csv
import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

from include.extract.vocabulary import Vocabulary
from include.settings import PROJECT_ROOT

SEEDS = PROJECT_ROOT / "dbt_project" / "seeds"
FIRST_ROW: Final = 2  # the line of a seed's first row, below its header

Rows = Sequence[Mapping[str, str]]

KEYS: Final = {"indicators": "indicator_code", "provinces": "province_id", "units": "unit_code"}
# seed, its column, the seed whose key stands there; an empty cell names nothing.
REFERENCES: Final = (
    ("indicators", "unit_code", "units"),
    ("indicator_aliases", "indicator_code", "indicators"),
    ("provinces", "successor_id", "provinces"),
)


@lru_cache(maxsize=4)
def load_vocabulary(seeds: Path = SEEDS) -> Vocabulary:
    """Read indicators, indicator_aliases, provinces and units from `seeds`, as text.

    Raises FileNotFoundError naming the seed that is missing, ValueError naming every line whose key
    stands twice or that names a unit, indicator or province which is in no seed.
    """
    digest = hashlib.sha256()
    rows: dict[str, list[dict[str, str]]] = {}
    for name in ("indicators", "indicator_aliases", "provinces", "units"):
        text = (seeds / f"{name}.csv").read_text(encoding="utf-8")
        digest.update(text.encode())
        rows[name] = list(csv.DictReader(text.splitlines()))
    if faults := [*_keys_twice(rows), *_unknown_names(rows)]:
        raise ValueError(f"The vocabulary in {seeds} contradicts itself:\n  " + "\n  ".join(faults))
    return Vocabulary(
        indicators=rows["indicators"],
        indicator_aliases=rows["indicator_aliases"],
        provinces=rows["provinces"],
        units=rows["units"],
        digest=digest.hexdigest(),
    )


def _keys_twice(rows: Mapping[str, Rows]) -> Iterator[str]:
    for seed, column in KEYS.items():
        times = Counter(row.get(column) or "" for row in rows[seed])
        for key, count in times.items():
            if not key:
                yield f"{seed}.csv: {count} row(s) without {column}; give each its own"
            elif count > 1:
                yield f"{seed}.csv: {column} {key} stands {count} times; keep one of the rows"


def _unknown_names(rows: Mapping[str, Rows]) -> Iterator[str]:
    for seed, column, named in REFERENCES:
        known = {row.get(KEYS[named]) for row in rows[named]}
        for line, row in enumerate(rows[seed], start=FIRST_ROW):
            if (value := row.get(column)) and value not in known:
                yield (
                    f"{seed}.csv, line {line}: {column} {value} is not in {named}.csv; "
                    f"add it there or correct it here"
                )

"""Loads the vocabularies from the dbt seeds for extraction."""

from __future__ import annotations

import csv
import hashlib
from functools import lru_cache
from pathlib import Path

from include.extract.vocabulary import Vocabulary
from include.settings import PROJECT_ROOT

SEEDS = PROJECT_ROOT / "dbt_project" / "seeds"


@lru_cache(maxsize=4)
def load_vocabulary(seeds: Path = SEEDS) -> Vocabulary:
    """Read indicators, indicator_aliases, provinces and units from `seeds`, as text.

    Raises FileNotFoundError naming the seed that is missing.
    """
    digest = hashlib.sha256()
    rows: dict[str, list[dict[str, str]]] = {}
    for name in ("indicators", "indicator_aliases", "provinces", "units"):
        text = (seeds / f"{name}.csv").read_text(encoding="utf-8")
        digest.update(text.encode())
        rows[name] = list(csv.DictReader(text.splitlines()))
    return Vocabulary(
        indicators=rows["indicators"],
        indicator_aliases=rows["indicator_aliases"],
        provinces=rows["provinces"],
        units=rows["units"],
        digest=digest.hexdigest(),
    )

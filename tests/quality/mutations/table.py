"""The table of which guard caught what, as docs/mutations.md shows it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from include.settings import PROJECT_ROOT
from tests.quality.mutations.built import BUILT_MUTATIONS
from tests.quality.mutations.guards import Fired, Guards
from tests.quality.mutations.landed import LANDED_MUTATIONS
from tests.quality.mutations.mutation import Mutation, catch_all

MUTATIONS: Final = (*LANDED_MUTATIONS, *BUILT_MUTATIONS)
PAGE: Final = PROJECT_ROOT / "docs" / "mutations.md"
PLACES: Final = {"landed": "gate landed", "build": "dbt", "marts": "gate marts", "publish": "publish"}

HEAD: Final = """\
# What the guards catch

A guard that never fired is a guess. Each row is a mistake made on purpose in the rows of a finished
warehouse: the sample portals' pages as an archive, and six nights of four portals over it, the last one
waiting to be judged. Every guard between a page and its reader is asked: the gates' Great Expectations
suites, dbt's data tests and contracts, the audit of the published file. None of them finds anything in the
warehouse as it was built; the one named first has to find the mistake, or `make test` is red.

*stop*: nothing is published. *warn*: told in the run's summary and in `ops.gate_results`; the release goes
on, because one portal's trouble is no reason to keep the others' news from readers.
"""

TAIL: Final = """
## What they cannot catch

- **One article's day and month swapped** where its address bears no day and the swapped day lies in the
  past, nor a figure of one article that differs from its page: a single article is judged by its own text
  alone. A portal that does it is caught.
- **After the 12th of a month** a swapped day is no day at all: the articles are undated, and the fall in
  dated articles is what is caught.
- **A value × 1000** where the printed number has no single reading: "1,234" (a thousand or 1.234), numbers
  in words, two numbers in one ("25 nghìn 430 tỷ"), a cell whose column's head multiplies.
- **An estimate kept as a result**: the word for it ("ước") stands anywhere in a sentence or before it.
- **A wrong indicator or breakdown** that is in the vocabulary: only reading tells. The golden articles and
  `tests/extract/floors.json` hold how often.
- **A portal's first five nights**: nothing is usual yet. Nor a fault that comes in slowly, or that has been
  there in more than half of the nights compared.
"""


def run_all(guards: Guards, folder: Path) -> dict[str, list[Fired]]:
    """What each mutation was caught by, by its name; `folder` is for copies."""
    return catch_all(MUTATIONS, guards, folder)


def table_of(caught: Mapping[str, Iterable[Fired]]) -> str:
    """The page: one row a mutation, the guard that must catch it first."""
    lines = [HEAD, "| mistake | what makes it | caught by | where | also |", "|---|---|---|---|---|"]
    lines += [_row(mutation, caught[mutation.name]) for mutation in MUTATIONS]
    return "\n".join(lines) + "\n" + TAIL


def _row(mutation: Mutation, caught: Iterable[Fired]) -> str:
    own = next((fired for fired in caught if fired.name == mutation.caught_by), None)
    others = [fired.name for fired in caught if fired.name != mutation.caught_by]
    where = f"{PLACES[own.place]}, {own.severity}" if own else "not caught"
    also = f"{len(others)} more" if len(others) > 2 else ", ".join(f"`{name}`" for name in others)
    return f"| {mutation.name} | {mutation.stands_for} | `{mutation.caught_by}` | {where} | {also} |"

"""The floors under what extraction gets right, by golden set and field, kept in floors.json.

    python -m tests.extract.floors [--lower SET.FIELD ...]

raises every floor to what is measured now. It lowers none, and then changes nothing at all, unless
each field that fell is named with --lower: give the reason in the commit. Sets that are not on this
machine keep their floors.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import Final

from include.extract.model import Reading
from include.extract.read import read_article
from include.vocabulary import load_vocabulary
from tests.extract.labelled import SETS, Labelled, articles_of, is_here
from tests.extract.scoring import score

FLOORS: Final = Path(__file__).with_name("floors.json")

# By "set.field", as in "samples.period".
Scores = Mapping[str, float]


class FloorsFallError(ValueError):
    """A field is measured below its floor and was not named, or one was named that is not below it."""


def read_labelled(labelled: Labelled) -> Reading:
    """What extraction reads from a labelled article, as a night would."""
    return read_article(labelled.article, load_vocabulary())


def measured(sets: Collection[str]) -> dict[str, float]:
    """The scores of the sets named."""
    return {
        f"{name}.{field}": figure
        for name in sets
        for field, figure in score(articles_of(name), read_labelled).items()
    }


def fallen(floors: Scores, scores: Scores) -> dict[str, tuple[float, float | None]]:
    """Fields of the sets measured that are below their floor: the floor and the score, null for none."""
    sets = {name.partition(".")[0] for name in scores}
    return {
        name: (floor, scores.get(name))
        for name, floor in sorted(floors.items())
        if name.partition(".")[0] in sets and scores.get(name, -1.0) < floor
    }


def renewed(floors: Scores, scores: Scores, lowering: Collection[str]) -> dict[str, float]:
    """The floors at what is measured, those of other sets as they were.

    Raises FloorsFallError unless `lowering` names exactly the fields that are below their floor.
    """
    fell = fallen(floors, scores)
    if unnamed := [name for name in fell if name not in lowering]:
        told = ", ".join(f"{name} ({fell[name][0]} -> {fell[name][1]})" for name in unnamed)
        raise FloorsFallError(f"below the floor: {told}; mend the rule, or name each with --lower")
    if standing := sorted(set(lowering) - set(fell)):
        raise FloorsFallError(f"not below the floor: {', '.join(standing)}; leave out their --lower")
    kept = {name: floor for name, floor in floors.items() if name not in fell}
    return dict(sorted({**kept, **scores}.items()))


def load(path: Path = FLOORS) -> dict[str, float]:
    """The floors as pinned."""
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def main(arguments: Sequence[str], *, path: Path = FLOORS, scores: Scores | None = None) -> int:
    """Renew the floors in `path`; returns 1, with the reason on stderr, where they are left as they are."""
    parser = argparse.ArgumentParser(prog="python -m tests.extract.floors", description="Raise the floors.")
    parser.add_argument("--lower", action="append", default=[], metavar="SET.FIELD", help="may be repeated")
    lowering = parser.parse_args(arguments).lower
    before = load(path)
    try:
        after = renewed(before, scores or measured([name for name in SETS if is_here(name)]), lowering)
    except FloorsFallError as error:
        print(f"Nothing changed: {error}", file=sys.stderr)
        return 1
    path.write_text(json.dumps(after, indent=1) + "\n", encoding="utf-8")
    for name in sorted({*before, *after}):
        if before.get(name) != after.get(name):
            print(f"{name}: {before.get(name)} -> {after.get(name)}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

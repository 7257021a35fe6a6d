"""Make every mutation and write docs/mutations.md; ends with 1 where one is not caught by its guard."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.quality.mutations.base import build_base
from tests.quality.mutations.guards import Guards
from tests.quality.mutations.table import MUTATIONS, PAGE, run_all, table_of


def main() -> int:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        build_base(folder / "base")
        caught = run_all(Guards.of(folder / "base"), folder)
    PAGE.write_text(table_of(caught), encoding="utf-8")
    missed = [m for m in MUTATIONS if m.caught_by not in {fired.name for fired in caught[m.name]}]
    for mutation in missed:
        found = ", ".join(fired.name for fired in caught[mutation.name]) or "nothing"
        print(f"{mutation.name}: not caught by {mutation.caught_by}, but by {found}")
    print(f"{len(MUTATIONS) - len(missed)} of {len(MUTATIONS)} mutations caught; {PAGE}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())

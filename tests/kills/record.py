"""What came of each kill, a line a kill, so that runs in pieces add up and a run that is stopped is not lost.

python -m tests.kills.record FILE        # the table of all runs that wrote there
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from dataclasses import asdict
from pathlib import Path

from tests.kills.plan import Kill
from tests.kills.report import table, told_in_words
from tests.kills.tally import Tallies, Tally


class Record:
    """The file at `path`, which only grows."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def add(self, kill: Kill, tally: Tally) -> None:
        """Append what came of one kill."""
        self._append(kill.stage, "named point" if kill.point else "random", tally)

    def add_reads(self, stage: str, reads: dict[str, int]) -> None:
        """Append what a reader met while the stage was killed."""
        self._append(stage, "random", Tally(reads=reads))

    def _append(self, stage: str, kind: str, tally: Tally) -> None:
        line = json.dumps({"stage": stage, "kind": kind} | asdict(tally), ensure_ascii=False)
        with self._path.open("a", encoding="utf-8") as stream:
            stream.write(f"{line}\n")

    def tallies(self) -> Tallies:
        """The sum of all lines, by stage and kind of kill."""
        found: Tallies = defaultdict(Tally)
        if self._path.exists():
            for text in self._path.read_text(encoding="utf-8").splitlines():
                line = json.loads(text)
                key = line.pop("stage"), line.pop("kind")
                found[key] = found[key] + Tally(**line)
        return found


if __name__ == "__main__":
    whole = Record(Path(sys.argv[1])).tallies()
    print(f"{told_in_words(whole)}\n\n{table(whole)}")
    print("\n".join(trouble for tally in whole.values() for trouble in tally.troubles), file=sys.stderr)

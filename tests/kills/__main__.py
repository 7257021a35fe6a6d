"""Kills every stage of a night at every named point and at random moments, and writes what came of it.

python -m tests.kills [--kills 500] [--seed 1] [--stages fetch,land] [--minutes 60] [--prepared FOLDER]
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path

from include.settings import PROJECT_ROOT
from tests.kills.lane import Lane, Until, until_killed
from tests.kills.ledger import Ledger
from tests.kills.plan import SHARES, Kill, kills, parts
from tests.kills.prepared import Prepared, prepared
from tests.kills.process import CONTEXT
from tests.kills.publishing import PublishingLane
from tests.kills.record import Record
from tests.kills.report import table, told_in_words
from tests.kills.small import SMALL_STAGES, small
from tests.kills.tally import Tallies, Tally
from tests.kills.whole import LoopingReader, Releases
from tests.marked_section import replace_section
from tests.storage.table import storage_table

# What a gate imports takes longer than its work.
PRELOADED = ["tests.kills.night", "great_expectations"]
# Of the time that publishing and exporting have.
PUBLISH_SHARE = 0.7
# The portals' log tells who was asked, so these go one after the other; the others may run beside them.
ASKING = ("discover", "fetch", "clean", "site")
WRITING = ("land", "judge_landed", "judge_marts")
WRITERS = 3
PUBLISHING = ("publish", "export")


def main() -> int:
    """Run what the command line asks for; 1 where anything was lost, doubled, torn or not completed."""
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("--kills", type=int, default=500, help="how many in all, at least")
    options.add_argument("--seed", type=int, default=1, help="decides the random moments")
    options.add_argument("--stages", default=",".join(SHARES), help="only these, commas between")
    options.add_argument("--document", type=Path, default=PROJECT_ROOT / "docs" / "reliability.md")
    options.add_argument("--minutes", type=float, default=float("inf"), help="begin no kill after so many")
    options.add_argument("--prepared", type=Path, help="keep the two unkilled nights there, or take them")
    options.add_argument("--record", type=Path, help="add to what earlier runs wrote there, and tell of all")
    options.add_argument("--small", action="store_true", help="land, publish, export on a few kilobytes")
    options.add_argument("--scratch", type=Path, help="where to work; removed at the end")
    chosen = options.parse_args()
    if chosen.small:
        chosen.stages = ",".join(SMALL_STAGES)
    CONTEXT.set_forkserver_preload(PRELOADED[: 1 if chosen.small else None])
    scratch = Path(tempfile.mkdtemp(prefix="sotinh-kills-", dir=chosen.scratch))
    try:
        ledger = Ledger(scratch / "acknowledged.jsonl")
        with _two_nights(chosen, scratch / "prepared", ledger) as made:
            record = Record(chosen.record or scratch / "record.jsonl")
            Killing(made, ledger, record, chosen).all()
            tallies = record.tallies()
    finally:
        shutil.rmtree(scratch)
    return tell(tallies, chosen)


def _two_nights(
    chosen: argparse.Namespace, scratch: Path, ledger: Ledger
) -> AbstractContextManager[Prepared]:
    return small(scratch, ledger) if chosen.small else prepared(chosen.prepared or scratch, ledger)


class Killing:
    """Kills side by side in several folders: builds, publishing, what asks the portals, all other stages."""

    def __init__(self, made: Prepared, ledger: Ledger, record: Record, chosen: argparse.Namespace) -> None:
        self.made, self.ledger, self.record, self.seed = made, ledger, record, chosen.seed
        self.planned = kills(chosen.kills, chosen.seed, tuple(chosen.stages.split(",")))
        self.until = Until(time.monotonic() + chosen.minutes * 60)

    def all(self) -> None:
        """Every kill that is planned, or as many as the time allows."""
        folder = self.made.folder
        with ThreadPoolExecutor(3 + WRITERS) as pool:
            # What dbt has parsed holds for this folder alone: elsewhere it would be parsed anew each time.
            running = [
                pool.submit(self.stages, ("build",), self.made.data_dir),
                pool.submit(self.stages, ASKING, folder / "asking" / "data"),
                pool.submit(self.publishing),
            ]
            running += [
                pool.submit(self.stages, WRITING, folder / f"writing-{n}" / "data", slice(n, None, WRITERS))
                for n in range(WRITERS)
            ]
        for future in running:
            future.result()

    def stages(self, stages: tuple[str, ...], data_dir: Path, part: slice = slice(None)) -> None:
        """Each kill in the folder as it was right before its stage; the stages mixed, as the seed has it."""
        lane = Lane(self.made, data_dir, self.ledger, Releases())
        planned = [kill for stage in stages for kill in self.planned.get(stage, [])]
        random.Random(self.seed).shuffle(planned)  # noqa: S311 - a schedule, no secret
        again = parts(f"{data_dir.parent.name} again", self.seed)

        def once(kill: Kill) -> bool:
            tally = Tally()
            was_killed = lane.kill(kill, tally)
            self.record.add(kill, tally)
            return was_killed

        self._until_killed(planned[part], again, once, self.until)

    def _until_killed(
        self, planned: list[Kill], again: Iterator[float], once: Callable[[Kill], bool], until: Until
    ) -> None:
        for done in until_killed(planned, again, once, until):
            if done % 25 == 0:
                print(f"so far:\n{table(self.record.tallies())}", flush=True)

    def publishing(self) -> None:
        """Publishing and exporting in one folder, with a reader in it from the first kill to the last."""
        planned = [self.planned.get(stage, []) for stage in PUBLISHING]
        if not any(planned):
            return
        lane = PublishingLane(self.made, self.made.folder / "publishing" / "data", self.ledger, Releases())
        lane.lay_out()
        ends = [Until(min(self.until.moment, time.monotonic() + self._left() * PUBLISH_SHARE)), self.until]
        for stage, found, until in zip(PUBLISHING, planned, ends, strict=True):
            reader = LoopingReader(lane.data_dir / "sotinh.duckdb", self.made.folder / "stop")
            try:
                again = parts(f"{stage} again", self.seed)
                self._until_killed(found, again, partial(self._publish, lane), until)
            finally:
                reads = reader.end(lane.releases.fingerprints)
            self.record.add_reads(stage, reads)

    def _publish(self, lane: PublishingLane, kill: Kill) -> bool:
        if kill.stage == "export":
            lane.let_pass("publish")
        tally = Tally()
        was_killed = lane.turn(kill, tally)
        self.record.add(kill, tally)
        return was_killed

    def _left(self) -> float:
        return self.until.moment - time.monotonic()


def tell(tallies: Tallies, chosen: argparse.Namespace) -> int:
    """Print the table and put it into the document."""
    text = f"{told_in_words(tallies)}\n\n{table(tallies)}"
    print(text)
    troubles = [trouble for tally in tallies.values() for trouble in tally.troubles]
    for trouble in troubles:
        print(trouble, file=sys.stderr)
    as_said = True
    if chosen.document.exists():
        replace_section(chosen.document, "small-kills" if chosen.small else "kills", text)
    if not chosen.small:
        storage, as_said = storage_table()
        print(storage)
        if chosen.document.exists():
            replace_section(chosen.document, "storage", storage)
    torn = sum(tally.reads.get("torn", 0) + tally.reads.get("failed", 0) for tally in tallies.values())
    return 1 if troubles or torn or not as_said else 0


if __name__ == "__main__":
    sys.exit(main())

"""Kills a stage, lets the next run complete it, and compares what is there with what was acknowledged."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Final

from tests.kills.facts import Facts, facts_of, lost_and_doubled
from tests.kills.ledger import Ledger, broken_promises
from tests.kills.night import Order
from tests.kills.plan import Kill
from tests.kills.prepared import Prepared, lay_out
from tests.kills.process import Ended, run
from tests.kills.tally import Tally
from tests.kills.whole import Releases

# How often a random kill is drawn again whose stage had ended before it.
REDRAWN: Final = 8


class Lane:
    """Kills in one folder, one after the other."""

    def __init__(self, made: Prepared, data_dir: Path, ledger: Ledger, releases: Releases) -> None:
        self.made, self.data_dir, self.ledger, self.releases = made, data_dir, ledger, releases
        data_dir.parent.mkdir(parents=True, exist_ok=True)

    def kill(self, kill: Kill, tally: Tally) -> bool:
        """One kill and the run after it, from the folder as it was before the stage; False: ended before."""
        stage = kill.stage
        lay_out(self.made.before(stage), self.data_dir, with_dbt=stage in ("build", "export"))
        self.ledger.begin(self.data_dir.parent.name, self.made.promises[stage])
        order = self.made.order(stage, self.data_dir)
        return self.kill_here(kill, order, tally, self.made.facts[stage])

    def kill_here(self, kill: Kill, order: Order, tally: Tally, expected: Facts) -> bool:
        """One kill and the run after it, in the folder as it is."""
        asked = Asked(self.made.requests) if kill.stage == "fetch" else None
        ended = run(
            order.at(kill.point), kill_after=None if kill.point else kill.part * self.made.seconds[kill.stage]
        )
        if ended.how == "failed":
            tally.troubles.append(f"{kill}: the killed run itself failed: {ended.result}")
        was_killed = ended.how == "killed"
        if was_killed:
            tally.kills += 1
            self._look(kill, tally, "after the kill")
            known = asked.acknowledged(self.data_dir) if asked else set()
            ended = run(order)
            if ended.how == "done":
                tally.completed += 1
            if asked:
                self._count_repeats(kill, tally, asked.again(known))
        else:
            tally.ended_first += 1
            # The machine has less else to do than when the time was taken: aim earlier from now on.
            self.made.seconds[kill.stage] = min(self.made.seconds[kill.stage], ended.seconds)
        self._compare(kill, ended, tally, expected)
        return was_killed

    def found(self, stage: str) -> Facts:
        """What the stage left in the folder."""
        return facts_of(stage, self.data_dir)

    def _look(self, kill: Kill, tally: Tally, when: str) -> None:
        wrong = self.releases.what_is_wrong(self.data_dir)
        broken = broken_promises(self.ledger.promises(self.data_dir.parent.name), self.data_dir)
        tally.half_published += bool(wrong)
        tally.lost += len(broken)
        tally.troubles += [f"{kill}: {when}: {text}" for text in (*wrong, *broken)]

    def _compare(self, kill: Kill, ended: Ended, tally: Tally, expected: Facts) -> None:
        if ended.how != "done":
            tally.troubles.append(f"{kill}: the next run did not complete: {ended.result}")
            return
        self.ledger.acknowledge(kill.stage, self.data_dir)
        self._look(kill, tally, "after the next run")
        lost, doubled = lost_and_doubled(expected, self.found(kill.stage))
        tally.lost += lost
        tally.doubled += doubled
        if lost or doubled:
            tally.troubles.append(f"{kill}: {lost} rows lost, {doubled} doubled")

    def _count_repeats(self, kill: Kill, tally: Tally, again: set[tuple[str, str]]) -> None:
        tally.doubled += len(again)
        if again:
            tally.troubles.append(f"{kill}: pages with a line on disk were asked for again: {sorted(again)}")


class Asked:
    """What the portals' own log says of a fetch."""

    def __init__(self, requests: Path) -> None:
        self._requests = requests
        self._start = requests.stat().st_size

    def acknowledged(self, data_dir: Path) -> set[tuple[str, str]]:
        """Portal and path of the last batch's pages that have their whole line: not to be asked again."""
        self._start = self._requests.stat().st_size
        last = max((data_dir / "landing").glob("[!.]*/discovered.jsonl")).with_name("fetched.jsonl")
        lines = last.read_bytes().split(b"\n")[:-1] if last.exists() else []
        rows = [json.loads(line) for line in lines]
        return {(row["source_id"], "/" + row["url"].split("/", 3)[3]) for row in rows}

    def again(self, known: set[tuple[str, str]]) -> set[tuple[str, str]]:
        """Of these pages those that a portal was asked for since; robots.txt is read by every run."""
        with self._requests.open(encoding="utf-8") as stream:
            stream.seek(self._start)
            return known & {(portal, path) for portal, path, *_ in (line.split("\t") for line in stream)}


@dataclass(frozen=True, slots=True)
class Until:
    """When to begin no further kill: a moment of the monotonic clock."""

    moment: float = float("inf")

    def is_over(self) -> bool:
        """Whether it has come."""
        return time.monotonic() > self.moment


def until_killed(
    planned: list[Kill], more: Iterator[float], kill_once: Callable[[Kill], bool], until: Until
) -> Iterator[int]:
    """Every planned kill, and how many there were after each.

    One whose stage had ended before is drawn again, a few times at most.
    """
    for number, kill in enumerate(planned, start=1):
        if until.is_over():
            return
        moments = [kill, *(replace(kill, part=part * 0.9) for part in islice(more, REDRAWN))]
        any(kill_once(moment) for moment in moments)
        yield number

"""Kills of publishing and exporting in one folder that lives on, while a reader opens the published file.

Two sets of marts take turns, those of the first and of the second night, so that no two releases that follow
each other are alike.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import duckdb

from include.warehouse.open_data.write import is_whole
from tests.kills.facts import RUNS_MART, Facts, published
from tests.kills.lane import Lane
from tests.kills.night import NIGHTS, Order
from tests.kills.plan import Kill
from tests.kills.prepared import lay_out
from tests.kills.process import run
from tests.kills.tally import Tally

VARIANTS = 2
VERDICTS = "fct_gate_results"


class PublishingLane(Lane):
    """Publishes over and over. `expected`: what each set of marts must give readers and open data."""

    def lay_out(self) -> None:
        """Begin as before the second night's publish, and publish both sets once without a kill."""
        lay_out(self.made.before("publish"), self.data_dir)
        self.ledger.begin(self.data_dir.parent.name, [])
        self.number = 0
        self.expected: dict[tuple[str, int], Facts] = {}
        for variant in range(VARIANTS):
            for stage, facts in (("publish", marts), ("export", open_data)):
                order = self.next_order(stage)
                ended = run(order)
                if ended.how != "done":
                    raise RuntimeError(f"{stage} without a kill: {ended.result}")
                self.ledger.acknowledge(stage, self.data_dir)
                self.expected[stage, variant] = facts(self.data_dir)
        wrong = self.releases.what_is_wrong(self.data_dir)
        if wrong:
            raise RuntimeError(f"without a kill: {wrong}")

    def next_order(self, stage: str) -> Order:
        """The stage on the marts whose turn it is; a publish begins the next turn, with another run."""
        if stage == "publish":
            self.number += 1
            self._put_marts()
        work = self.made.work if self.variant else self.made.first_work
        order = self.made.order(stage, self.data_dir)
        return replace(
            order, work=work | {"run_id": self.run_id}, now=NIGHTS[1] + timedelta(seconds=self.number)
        )

    @property
    def variant(self) -> int:
        """Whose turn it is: 0 the first night's marts, 1 the second's."""
        return (self.number - 1) % VARIANTS

    @property
    def run_id(self) -> str:
        """The run of the turn."""
        return f"build-{self.number:05}"

    def turn(self, kill: Kill, tally: Tally) -> bool:
        """A publish or export with a kill in it, and what it is held against; False: it ended before."""
        before = self._manifest()["run_id"]
        order = self.next_order(kill.stage)
        was_killed = self.kill_here(kill, order, tally, self.expected[kill.stage, self.variant])
        if kill.stage == "publish":
            manifest = self._manifest()
            if (manifest["run_id"], manifest["replaces"]) != (self.run_id, before):
                tally.troubles.append(
                    f"{kill}: {manifest['run_id']} took the place of {manifest['replaces']}"
                )
                tally.half_published += 1
        return was_killed

    def let_pass(self, stage: str) -> None:
        """The stage without a kill."""
        ended = run(self.next_order(stage))
        if ended.how != "done":
            raise RuntimeError(f"{stage} without a kill: {ended.result}")

    def found(self, stage: str) -> Facts:
        """What the stage left."""
        return marts(self.data_dir) if stage == "publish" else open_data(self.data_dir)

    def _manifest(self) -> dict[str, str]:
        return json.loads((self.data_dir / "manifest.json").read_text(encoding="utf-8"))

    def _put_marts(self) -> None:
        """The warehouse as it was judged on that night, as the work of this turn's run."""
        source = self.made.before("publish") / "warehouse.duckdb"
        shutil.copy2(
            source if self.variant else self.made.folder / "first.duckdb", self.data_dir / "warehouse.duckdb"
        )
        shutil.rmtree(self.data_dir / "ops")
        shutil.copytree(self.made.before("publish") / "ops", self.data_dir / "ops")
        (self.data_dir / "warehouse.duckdb.wal").unlink(missing_ok=True)
        with duckdb.connect(str(self.data_dir / "warehouse.duckdb")) as connection:
            for table in ("builds", "gate_results"):
                connection.execute(
                    f"update ops.{table} set run_id = $1 where run_id = $2",
                    [self.run_id, (self.made.work if self.variant else self.made.first_work)["run_id"]],
                )
            connection.execute("checkpoint")


def marts(data_dir: Path) -> Facts:
    """Every row that readers get; of the verdicts, which bear the name of the run, how many there are."""
    facts = published(data_dir)
    return facts | {VERDICTS: Counter([str(facts[VERDICTS].total())])}


def open_data(data_dir: Path) -> Facts:
    """Bytes of the tables that `latest` gives out, whether it is the release in place, and what lies about.

    The ledger of runs is another one after a kill, verdicts bear the name of the run: both are left out.
    """
    latest = data_dir / "releases" / "latest"
    manifest = json.loads((data_dir / "manifest.json").read_text(encoding="utf-8"))
    tables = [path for path in latest.glob("*/*") if path.stem not in (RUNS_MART, VERDICTS)]
    return {
        "tables": Counter(f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}" for path in tables),
        "latest": Counter([f"{latest.resolve().name == manifest['release']} {is_whole(latest)}"]),
        "half written": Counter(path.name for path in (data_dir / "releases").glob(".*")),
    }

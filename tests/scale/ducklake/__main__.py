"""Loads the same batches into a file and into a lake, kills and refuses, and compares the marts' hashes.

python -m tests.scale.ducklake [--folder FOLDER]
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path

from include.warehouse.lake_upkeep import keep_up
from tests.scale.ducklake import spark_sql
from tests.scale.ducklake.facts import described, held, must, nothing_lost_or_twice, rows, side_by_side
from tests.scale.ducklake.nights import (
    BUILD,
    Fetched,
    LaneError,
    fetch_both_nights,
    finish,
    lake_environment,
    moment,
    published,
    run,
    start,
)  # fmt: skip
from tests.scale.ducklake.refusals import lake_of, try_refusals
from tests.scale.postgres import Postgres, postgres

# dbt has made some of its tables after so many more commits, and has many to make.
COMMITS_BEFORE_KILL = 30
LONGEST_WAIT_S = 900


def main() -> int:
    """Run the lane; 1 where something does not hold."""
    options = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    options.add_argument("--folder", type=Path, help="work there and leave it; else a folder that goes")
    chosen = options.parse_args()
    folder = chosen.folder or Path(tempfile.mkdtemp(prefix="sotinh-lake-"))
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o755)  # the server's user has to come to its own folder below
    try:
        with postgres(folder / "postgres") as server:
            _lane(folder, server)
        must(not _processes_of(folder), "no process of the lane is left")
    except LaneError as wrong:
        print(f"\nNOT SO: {wrong}")
        return 1
    finally:
        if chosen.folder is None:
            shutil.rmtree(folder, ignore_errors=True)
    print("\nducklake-test: everything holds")
    return 0


def _lane(folder: Path, server: Postgres) -> None:
    began = time.monotonic()
    _say(began, "two nights of the sample portals, fetched in two halves")
    fetched = fetch_both_nights(folder)
    _say(began, "refusals")
    try_refusals(fetched, server, folder)
    _say(began, "night 1 into a file, both halves")
    embedded = folder / "embedded"
    for half in ("a", "b"):
        fetched.give(0, half, embedded)
    told = {"file, night 1": run(f"land,{BUILD}", embedded, fetched.registry, moment(0))}
    first = published(embedded), described(embedded / "sotinh.duckdb")
    _say(began, "night 1 into the lake: both halves and a copy of one at the same time")
    lake = Lane(folder, fetched, server)
    lake.land_at_once()
    _say(began, "its build, killed in the middle")
    lake.kill_a_build()
    _say(began, "its build again")
    told["lake, night 1"] = lake.build(0)
    first_lake = published(lake.main), described(lake.main / "sotinh.duckdb")
    must(first[1] == first_lake[1], "the published files are described alike: types, not null, comments")
    spark_sql.check(lake.main, "Spark's dialect, a whole build")
    _say(began, "night 2 into the file")
    for half in ("a", "b"):
        fetched.give(1, half, embedded)
    told["file, night 2"] = run(f"land,{BUILD}", embedded, fetched.registry, moment(1))
    _say(began, "night 2 into the lake: one landing is killed, the other is not")
    lake.kill_a_landing()
    told["lake, night 2"] = lake.build(1)
    lake.tidy()
    must(not _files_with(folder, server.password), "the password stands in no file of the lane")
    spark_sql.check(lake.main, "Spark's dialect, a build of changes")
    _tell_seconds(told)
    differing = side_by_side(first[0], first_lake[0], "night 1")
    differing += side_by_side(published(embedded), published(lake.main), "night 2")
    must(not differing, "every mart has the same content in both")


class Lane:
    """The lake, loaded from two folders, of which `main` builds and publishes."""

    def __init__(self, folder: Path, fetched: Fetched, server: Postgres) -> None:
        self.folder, self.fetched, self.server = folder, fetched, server
        self.main, self.other, self.copy = folder / "lake-main", folder / "lake-other", folder / "lake-copy"
        catalog, data = server.database("lane"), folder / "lake-data"
        self.environment = lake_environment(catalog, data)
        self.lake = lake_of(catalog, data, self.main)

    def land_at_once(self) -> None:
        """One process for each half, their transactions open together, and one with a copy of the first."""
        first, second = self.fetched.give(0, "a", self.main), self.fetched.give(0, "b", self.other)
        self.fetched.give(0, "a", self.copy)
        meeting = self.folder / "meeting"
        meeting.mkdir()
        started = [
            (self._start("land", where, 0, "--meet", str(meeting)), where)
            for where in (self.main, self.other, self.copy)
        ]
        for process, where in started:
            finish(process, where)
        must(
            {row[0] for row in rows(self.lake, "select batch_id from raw.batches")} == {*first, *second},
            "both halves are in the lake, committed by processes that had their transactions open together",
        )
        must(nothing_lost_or_twice(self.lake, self.main / "landing"), "nothing lost, nothing twice")
        must(
            nothing_lost_or_twice(self.lake, self.copy / "landing"),
            "what two land at once is there once",
        )

    def kill_a_build(self) -> None:
        before = self._commits()
        process = self._start(BUILD, self.main, 0)
        until = time.monotonic() + LONGEST_WAIT_S
        while self._commits() < before + COMMITS_BEFORE_KILL:
            if process.poll() is not None or time.monotonic() > until:
                raise LaneError(
                    f"the build did not come to be killed:\n{(self.main / 'lane.log').read_text()[-3000:]}"
                )
            time.sleep(0.2)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        must(not (self.main / "sotinh.duckdb").exists(), "a build that was killed published nothing")

    def build(self, night: int) -> dict[str, float]:
        return run(BUILD, self.main, self.fetched.registry, moment(night), self.environment)

    def kill_a_landing(self) -> None:
        """Both halves at once; the first is killed when it has written all and committed nothing."""
        killed_id = self.fetched.give(1, "a", self.main)[0]
        self.fetched.give(1, "b", self.other)
        meeting = self.folder / "meeting-2"
        meeting.mkdir()
        killed = self._start("land", self.main, 1, "--meet", str(meeting), "--count", "9")
        until = time.monotonic() + LONGEST_WAIT_S
        while not list(meeting.iterdir()):
            if killed.poll() is not None or time.monotonic() > until:
                raise LaneError("the landing did not come to its commit")
            time.sleep(0.05)
        run("land", self.other, self.fetched.registry, moment(1), self.environment)
        os.killpg(killed.pid, signal.SIGKILL)
        killed.wait()
        must(not any(held(self.lake, killed_id).values()), "of the killed landing nothing is in the lake")
        run("land", self.main, self.fetched.registry, moment(1), self.environment)
        must(
            nothing_lost_or_twice(self.lake, self.main / "landing"),
            "the next run lands it: nothing lost, nothing twice",
        )
        must(nothing_lost_or_twice(self.lake, self.other / "landing"), "the other one's batch is whole")

    def tidy(self) -> None:
        """As a publish does, and as if a day had gone by."""
        before = self._files()
        steps = (
            "call ducklake_expire_snapshots('warehouse', older_than => now())",
            "call ducklake_merge_adjacent_files('warehouse')",
            "call ducklake_cleanup_old_files('warehouse', cleanup_all => true)",
            "call ducklake_delete_orphaned_files('warehouse', cleanup_all => true)",
        )
        counts = "select count(*), sum(hash(v)) from raw.article_versions as v"
        told = rows(self.lake, counts)
        must(keep_up(self.lake, steps), f"the lake is tidied: {before} files before, {self._files()} after")
        must(rows(self.lake, counts) == told, "and holds the same rows")

    def _start(self, stages: str, where: Path, night: int, *more: str):
        return start(stages, where, self.fetched.registry, moment(night), self.environment, *more)

    def _commits(self) -> int:
        return int(self.server.sql("select max(snapshot_id) from ducklake_snapshot", "lane"))

    def _files(self) -> int:
        return sum(1 for path in Path(self.lake.data).rglob("*.parquet"))


def _say(began: float, what: str) -> None:
    print(f"{time.monotonic() - began:6.0f} s  {what}", flush=True)


def _tell_seconds(told: dict[str, dict[str, float]]) -> None:
    print("\nseconds of a stage")
    for what, seconds in told.items():
        print(f"  {what}: {', '.join(f'{stage} {value:.1f}' for stage, value in seconds.items())}")


def _files_with(folder: Path, secret: str) -> list[Path]:
    files = (path for path in folder.rglob("*") if path.is_file() and "postgres" not in path.parts)
    return [path for path in files if secret.encode() in path.read_bytes()]


def _processes_of(folder: Path) -> list[str]:
    """Command lines that name the folder, all but of this process and of who started it."""
    found, ours = [], _ancestors(os.getpid())
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = path.read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue
        if str(folder) in words and int(path.parent.name) not in ours:
            found.append(words)
    return found


def _ancestors(pid: int) -> set[int]:
    found = set()
    while pid:
        found.add(pid)
        # "pid (name) state parent …", and a name may hold anything.
        pid = int(Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[1])
    return found


if __name__ == "__main__":
    sys.exit(main())

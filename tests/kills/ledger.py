"""What was acknowledged, in a text file that only grows and is on disk before the run goes on.

It stands outside DuckDB and outside the data folder: what a stage said that it had done is held against what
the warehouse, the landing folders and the published file hold later.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq

from include.contract import WAREHOUSE_FILE

Promise = dict[str, Any]


class Ledger:
    """The file at `path`; one JSON line an acknowledgement."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def begin(self, folder: str, promises: list[Promise]) -> None:
        """The folder is laid out anew, as it was when these promises had been given."""
        self._write({"folder": folder, "stage": "laid out", "holds": {}})
        for promise in promises:
            self._write({"folder": folder} | promise)

    def acknowledge(self, stage: str, data_dir: Path) -> Promise:
        """Write down that `stage` has ended well in the folder, and what it then held."""
        promise = {"stage": stage, "holds": held(stage, data_dir)}
        self._write({"folder": data_dir.parent.name} | promise)
        return promise

    def promises(self, folder: str) -> list[Promise]:
        """What holds in a folder since it was laid out, oldest first."""
        found: list[Promise] = []
        for text in self._path.read_text(encoding="utf-8").splitlines():
            line = json.loads(text)
            if line["folder"] == folder:
                found = [] if line["stage"] == "laid out" else [*found, line]
        return found

    def _write(self, line: Promise) -> None:
        with self._path.open("a", encoding="utf-8") as stream:
            stream.write(json.dumps(line) + "\n")
            stream.flush()
            os.fsync(stream.fileno())


def held(stage: str, data_dir: Path) -> dict[str, int]:
    """What a stage has to keep once it has said that it did it, counted without the product's own code."""
    landing = data_dir / "landing"
    if stage == "fetch":
        done = sorted(path.parent for path in landing.glob("*/fetched.done"))
        return {batch.name: (batch / "fetched.jsonl").read_bytes().count(b"\n") for batch in done}
    if stage == "clean":
        files = sorted(landing.glob("*/cleaned.parquet"))
        return {path.parent.name: pq.read_metadata(path).num_rows for path in files}
    if stage == "land":
        return _landed(data_dir / WAREHOUSE_FILE)
    return {}


def broken_promises(promises: list[Promise], data_dir: Path) -> list[str]:
    """What was acknowledged in the folder and is not there any more, or is there another number of times."""
    stages = {promise["stage"] for promise in promises}
    now = {stage: held(stage, data_dir) for stage in stages}
    return [
        f"{promise['stage']}: {key} held {count}, holds {now[promise['stage']].get(key)} now"
        for promise in promises
        for key, count in promise["holds"].items()
        if now[promise["stage"]].get(key) != count
    ]


def _landed(warehouse: Path) -> dict[str, int]:
    """Rows of the landing tables by batch and table."""
    if not warehouse.exists():
        return {}
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        return {
            f"{batch_id} {table}": count
            for table in ("article_outcomes", "article_versions", "discovery_requests", "batches")
            for batch_id, count in connection.execute(
                f"select batch_id, count(*) from raw.{table} group by batch_id order by batch_id"
            ).fetchall()
        }

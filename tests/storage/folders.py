"""A data folder with three nights in it, small enough to be copied for every fault."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import duckdb

import include.warehouse.land as land_module
from include.crash_points import CRASH_EXIT_CODE
from include.settings import PROJECT_ROOT, Settings
from include.warehouse.database import open_warehouse
from include.warehouse.land import land_open_batches
from include.warehouse.publish import publish, read_manifest
from tests.kills.facts import RAW_TABLES
from tests.warehouse.samples import NIGHT, build_marts, page, write_batch

PUMP = "https://benlau.example/tram-bom"
DAY = timedelta(days=1)
BATCHES = ("crawl-1", "crawl-2", "crawl-3")


def settings_of(data_dir: Path) -> Settings:
    return Settings(data_dir=data_dir, registry=data_dir / "portals.yml", releases_kept=3, workers=1)


def three_batches(data_dir: Path) -> Settings:
    """Three cleaned batches, the same page with another text in each; none has landed."""
    settings = settings_of(data_dir)
    for number, batch_id in enumerate(BATCHES):
        rows = [
            page(PUMP, body=f"Trạm bơm số {number}.", fetched_at=NIGHT + number * DAY),
            page(f"https://benlau.example/{number}", fetched_at=NIGHT + number * DAY),
            page(f"https://benlau.example/gone-{number}", outcome="failed", reason="http_404"),
        ]
        (write_batch(settings.landing, batch_id, rows) / "fetched.done").touch()
    return settings


def land(settings: Settings) -> list[str]:
    """Land what is open, at the moment of the night that comes next."""
    landed = land_open_batches(
        landing=settings.landing, warehouse=settings.warehouse, landed_at=lambda: NIGHT + 3 * DAY
    )
    return [batch.batch_id for batch in landed]


def land_into_the_log(settings: Settings) -> None:
    """Land in a process that dies before DuckDB has moved its log into the file: all three are in the log."""
    with open_warehouse(settings.warehouse):
        pass
    words = [sys.executable, "-m", "tests.storage.folders", str(settings.data_dir)]
    ended = subprocess.run(words, cwd=PROJECT_ROOT, capture_output=True, text=True, timeout=120)
    assert ended.returncode == CRASH_EXIT_CODE, ended.stderr


def landed_rows(settings: Settings) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of the landing tables."""
    with open_warehouse(settings.warehouse, read_only=True) as connection:
        return {
            table: connection.execute(f"from raw.{table} order by all").fetchall() for table in RAW_TABLES
        }


def publish_articles(settings: Settings, run_id: str, articles: int, **now: Any) -> None:
    """Publish marts with so many articles."""
    build_marts(settings.warehouse, articles=articles)
    publish(
        warehouse=settings.warehouse,
        data_dir=settings.data_dir,
        run_id=run_id,
        releases_kept=3,
        published_at=now.get("published_at", NIGHT),
    )


def articles_read(settings: Settings) -> int:
    """What a reader counts, in a file that a manifest knows."""
    manifest = read_manifest(settings.data_dir)
    assert manifest is not None
    with duckdb.connect(str(settings.published), read_only=True) as reader:
        row = reader.execute("select count(*) from marts.dim_articles").fetchone()
    assert row == (manifest.rows["dim_articles"],)
    return int(row[0])


def copied(settings: Settings, name: str) -> Settings:
    """The folder again, for one fault."""
    target = settings.data_dir.with_name(name)
    shutil.copytree(settings.data_dir, target, symlinks=True)
    return settings_of(target)


_NEVER_CLOSED: list[duckdb.DuckDBPyConnection] = []


class _Session:
    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def execute(self, query: str, *given: Any) -> Any:
        return None if query == "checkpoint" else self._connection.execute(query, *given)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)


@contextmanager
def _without_checkpoints(path: Path) -> Iterator[Any]:
    connection = duckdb.connect(str(path))
    connection.execute("set TimeZone = 'UTC'; set checkpoint_threshold = '1TB'")
    # Kept: a connection that is collected is closed, and that moves the log into the file.
    _NEVER_CLOSED.append(connection)
    yield _Session(connection)


if __name__ == "__main__":
    land_module.open_warehouse = _without_checkpoints
    land(settings_of(Path(sys.argv[1])))
    os._exit(CRASH_EXIT_CODE)

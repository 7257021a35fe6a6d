"""`python -m benchmarks.spark.work <archive> <pages> <scratch folder>`: clean and extract pages.

The environment says which engine does it. Prints one JSON line: seconds of each part, on the clock and of
the processors, and the hashes of the rows.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.load.archive import settings_of
from benchmarks.samples import SAMPLES
from benchmarks.spark.nothing import same
from include import spark_session
from include.batches import BrokenRow, map_batches
from include.clean.stage import CLEANED_FILE, FETCHED_FILE, WORKER_BYTES, clean_batch
from include.landing import CLEANED_SCHEMA
from include.portals.portal import Portal
from include.portals.registry import load_registry
from include.settings import PROJECT_ROOT
from include.vocabulary import load_vocabulary
from tests.scale.spark.cluster import MARK, processor_seconds

# What DuckDB gives the function that dbt calls at once.
ROWS_AT_ONCE: Final = 2_048
WORKERS: Final = 2
SECONDS: Final = 60.0


def measured(archive: Path, pages: int, scratch: Path) -> dict[str, Any]:
    """Clean and extract the first `pages` pages of an installation that `archive_pages` made."""
    parts: dict[str, dict[str, float]] = {}
    # An executor that has ended is no longer asked what it took: sessions end where it is said below.
    spark_session.IDLE_S = 3_600.0
    small = [pa.record_batch({"n": pa.array([1], pa.int64())})]
    for name in ("start", "again"):
        with _timed(parts, name):
            answers = map_batches(
                same,
                small,
                workers=WORKERS,
                seconds_per_batch=SECONDS,
                seconds_per_row=SECONDS,
                max_bytes=WORKER_BYTES,
            )
            assert not any(isinstance(one, BrokenRow) for one in answers)
    folder = scratch_batch(archive, pages, scratch)
    portals = {one.id: one for one in registry().portals}
    with _timed(parts, "clean"):
        outcomes = clean_batch(folder, data_dir=archive, portals=portals, workers=WORKERS)
    cleaned = folder / CLEANED_FILE
    articles = articles_of(cleaned, portals)
    # As on a night, where dbt is a process of its own: what a session takes to start is in both parts.
    spark_session.end_session()
    digest, failed = hashlib.sha256(), 0
    with _timed(parts, "extract"):
        for reading in _readings(articles):
            content = reading.encode()
            digest.update(len(content).to_bytes(8, "big") + content)
            failed += '"error"' in reading[:10]
    return {
        "engine": os.environ.get("SOTINH_ENGINE") or "local",
        "pages": pages,
        "outcomes": dict(outcomes),
        "articles": articles.num_rows,
        "failed": failed,
        "cleaned": hashlib.sha256(cleaned.read_bytes()).hexdigest(),
        "readings": digest.hexdigest(),
        "parts": parts,
    }


def registry() -> Any:
    """The registry of the sample portals, whose pages the invented ones are like."""
    return load_registry(SAMPLES / "portals.yml", load_vocabulary().provinces)


def scratch_batch(archive: Path, pages: int, scratch: Path) -> Path:
    """A batch folder of the first `pages` URLs that the archive's only batch fetched."""
    (source,) = sorted(settings_of(archive, WORKERS).landing.glob(f"*/{FETCHED_FILE}"))
    folder = scratch / source.parent.name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with source.open("rb") as lines, (folder / FETCHED_FILE).open("wb") as target:
        target.writelines(islice(lines, pages))
    return folder


def articles_of(cleaned: Path, portals: dict[str, Portal]) -> pa.Table:
    """The cleaned articles as extraction takes them; published_on as cleaned, the province the portal's."""
    names = {row["province_id"]: row["name_vi"] for row in load_vocabulary().provinces}
    table = pq.read_table(cleaned, schema=CLEANED_SCHEMA)
    rows = [row for row in table.to_pylist() if row["outcome"] == "cleaned"]
    return pa.Table.from_pylist(
        [
            {
                **{name: row[name] for name in ("article_id", "title", "body", "published_on")},
                "province_name": names.get(portals[row["source_id"]].province_id or ""),
            }
            for row in rows
        ],
        schema=_reader().ARTICLE_SCHEMA,
    )


def _readings(articles: pa.Table) -> Iterator[str]:
    for start in range(0, articles.num_rows, ROWS_AT_ONCE):
        (batch,) = articles.slice(start, ROWS_AT_ONCE).combine_chunks().to_batches()
        yield from _reader().read_rows(batch, workers=WORKERS).to_pylist()


def _reader() -> Any:
    """dbt's plugin, which lies where dbt looks for it."""
    plugins = str(PROJECT_ROOT / "dbt_project" / "plugins")
    if plugins not in sys.path:
        sys.path.append(plugins)
    return __import__("article_reader")


@contextmanager
def _timed(parts: dict[str, dict[str, float]], name: str) -> Iterator[None]:
    mark = os.environ[MARK]
    processor, wall = processor_seconds(mark), time.monotonic()
    yield
    parts[name] = {
        "wall": round(time.monotonic() - wall, 3),
        "processor": round(processor_seconds(mark) - processor, 2),
    }


if __name__ == "__main__":
    print(json.dumps(measured(Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))))

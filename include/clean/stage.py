"""Clean every fetched batch: WARC records to cleaned.parquet, in worker processes that may die."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, fields
from datetime import datetime
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from include.batches import BrokenRow, map_batches
from include.clean.rows import PAGE_SCHEMA, clean_rows
from include.landing import CLEANED_SCHEMA, FetchedUrl
from include.progress import report

FETCHED_FILE: Final = "fetched.jsonl"
FETCHED_MARK: Final = "fetched.done"
CLEANED_FILE: Final = "cleaned.parquet"
# Small enough that a short night keeps every worker busy; a page takes 10 to 30 ms, sending a parcel 1 ms.
PAGES_PER_PARCEL: Final = 8
# The slowest page that passes the guards (5 MB of paragraphs) takes about 10 s on one core.
SECONDS_PER_PAGE: Final = 30.0
SECONDS_PER_PARCEL: Final = 120.0
# Interpreter, pyarrow, lxml and trafilatura map about 1 GB of address space; the largest page adds 0.5 GB.
WORKER_BYTES: Final = 3_000_000_000


class BrokenBatchError(RuntimeError):
    """A batch whose files contradict each other; the message names the file and what to do."""


def clean_open_batches(
    *, landing: Path, data_dir: Path, families: Mapping[str, str | None], workers: int
) -> list[str]:
    """Clean each batch of `landing` that is fetched and not yet cleaned; gives the ids of those batches.

    families: CMS family by source_id, null or absent to have it detected. Idempotent: a batch with
    cleaned.parquet is left alone, and the file appears whole or not at all.
    """
    cleaned = []
    for folder in sorted(path for path in landing.iterdir() if path.is_dir()) if landing.is_dir() else []:
        if (folder / FETCHED_MARK).exists() and not (folder / CLEANED_FILE).exists():
            clean_batch(folder, data_dir=data_dir, families=families, workers=workers)
            cleaned.append(folder.name)
    return cleaned


def clean_batch(
    folder: Path, *, data_dir: Path, families: Mapping[str, str | None], workers: int
) -> Counter[str]:
    """Write cleaned.parquet of one batch folder; gives how many rows have which outcome.

    Rows stand in the order of fetched.jsonl, one a line; those that were not fetched keep their outcome.
    """
    fetched = read_fetched(folder / FETCHED_FILE)
    pages = [row for row in fetched if row.outcome == "fetched"]
    report("clean", f"{folder.name}: {len(pages)} pages of {len(fetched)} URLs")
    results = list(_results(pages, data_dir=data_dir, families=families, workers=workers))
    if len(results) != len(pages):
        raise BrokenBatchError(f"{folder}: {len(pages)} pages gave {len(results)} results; clean it again")
    answers = iter(results)
    rows = [_row(row, next(answers) if row.outcome == "fetched" else None) for row in fetched]
    _write_whole(pa.Table.from_pylist(rows, schema=CLEANED_SCHEMA), folder / CLEANED_FILE)
    outcomes = Counter(row["outcome"] for row in rows)
    report("clean", f"{folder.name}: " + ", ".join(f"{n} {name}" for name, n in sorted(outcomes.items())))
    return outcomes


def read_fetched(path: Path) -> list[FetchedUrl]:
    """The lines of fetched.jsonl. A torn last line is ignored; any other that cannot be read is an error."""
    names = {field.name for field in fields(FetchedUrl)}
    rows = []
    lines = path.read_bytes().split(b"\n")
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            values = json.loads(line)
            rows.append(FetchedUrl(**{name: values.get(name) for name in names}))
        except (ValueError, AttributeError) as error:
            if number == len(lines):
                continue
            raise BrokenBatchError(
                f"{path}, line {number}: {error}; remove the batch and fetch it again"
            ) from error
    return rows


def _results(
    pages: list[FetchedUrl], *, data_dir: Path, families: Mapping[str, str | None], workers: int
) -> Iterator[dict[str, Any]]:
    answers = map_batches(
        clean_rows,
        _parcels(pages, data_dir, families),
        workers=workers,
        seconds_per_batch=SECONDS_PER_PARCEL,
        seconds_per_row=SECONDS_PER_PAGE,
        max_bytes=WORKER_BYTES,
    )
    for answer in answers:
        if isinstance(answer, BrokenRow):
            yield {"outcome": "quarantined", "reason": answer.reason, "detail": answer.detail}
        else:
            yield from answer.to_pylist()


def _parcels(
    pages: list[FetchedUrl], data_dir: Path, families: Mapping[str, str | None]
) -> Iterator[pa.RecordBatch]:
    for start in range(0, len(pages), PAGES_PER_PARCEL):
        rows = [
            {
                "url": page.final_url or page.url,
                "content_type": page.content_type,
                "family": families.get(page.source_id),
                "warc_path": str(data_dir / page.warc_file) if page.warc_file is not None else None,
                "warc_offset": page.warc_offset,
            }
            for page in pages[start : start + PAGES_PER_PARCEL]
        ]
        yield pa.RecordBatch.from_pylist(rows, schema=PAGE_SCHEMA)


def _row(fetched: FetchedUrl, result: dict[str, Any] | None) -> dict[str, Any]:
    row = dict.fromkeys(CLEANED_SCHEMA.names)
    row.update({name: value for name, value in asdict(fetched).items() if name in row})
    row["fetched_at"] = datetime.fromisoformat(fetched.fetched_at) if fetched.fetched_at else None
    if result is not None:
        row.update(result)
    return row


def _write_whole(table: pa.Table, path: Path) -> None:
    aside = path.with_suffix(".parquet.part")
    with aside.open("wb") as stream:
        pq.write_table(table, stream, compression="zstd")
        stream.flush()
        os.fsync(stream.fileno())
    aside.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)

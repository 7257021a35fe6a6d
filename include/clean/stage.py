"""Clean every fetched batch: WARC records to cleaned.parquet, in worker processes that may die."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import asdict, fields
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from include.batches import BrokenRow, map_batches
from include.clean.dates import LOCAL
from include.clean.rows import PAGE_SCHEMA, clean_rows
from include.crash_points import crash_point
from include.folder_lock import locked
from include.landing import CLEANED_SCHEMA, FetchedUrl
from include.portals.identity import article_id_of
from include.portals.portal import Portal
from include.progress import report

FETCHED_FILE: Final = "fetched.jsonl"
FETCHED_MARK: Final = "fetched.done"
CLEANED_FILE: Final = "cleaned.parquet"
LANDED_MARK: Final = "landed"
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
    *, landing: Path, data_dir: Path, portals: Mapping[str, Portal], workers: int
) -> list[str]:
    """Clean each batch of `landing` that is fetched and not yet cleaned; gives the ids of those batches.

    portals: by source_id; the family of a page whose portal is not among them is detected. Idempotent: a
    batch that has been cleaned, or that another process cleans, is left alone, and its file appears whole or
    not at all.
    """
    cleaned = []
    for folder in sorted(path for path in landing.iterdir() if path.is_dir()) if landing.is_dir() else []:
        if not (folder / FETCHED_MARK).exists() or _is_cleaned(folder):
            continue
        with locked(folder) as mine:
            if not mine:
                report("clean", f"{folder.name}: another process works on it")
            elif not _is_cleaned(folder):
                clean_batch(folder, data_dir=data_dir, portals=portals, workers=workers)
                cleaned.append(folder.name)
    return cleaned


def _is_cleaned(folder: Path) -> bool:
    """Whether the batch has its file; one that waits to be landed must be of this version's columns."""
    path = folder / CLEANED_FILE
    if not path.exists() or (folder / LANDED_MARK).exists():
        return path.exists()
    try:
        return bool(pq.read_schema(path).names == CLEANED_SCHEMA.names)
    except pa.ArrowInvalid:
        return True  # no Parquet at all: landing sets such a batch aside and says why


def clean_batch(folder: Path, *, data_dir: Path, portals: Mapping[str, Portal], workers: int) -> Counter[str]:
    """Write cleaned.parquet of one batch folder; gives how many rows have which outcome.

    Rows stand in the order of fetched.jsonl, one a line; those that were not fetched keep their outcome.
    """
    fetched = read_fetched(folder / FETCHED_FILE)
    pages = [row for row in fetched if row.outcome == "fetched"]
    report("clean", f"{folder.name}: {len(pages)} pages of {len(fetched)} URLs")
    results = list(_results(pages, data_dir=data_dir, portals=portals, workers=workers))
    if len(results) != len(pages):
        raise BrokenBatchError(f"{folder}: {len(pages)} pages gave {len(results)} results; clean it again")
    answers = iter(results)
    rows = [_row(row, next(answers) if row.outcome == "fetched" else None) for row in fetched]
    crash_point("clean_before_write")
    write_cleaned(pa.Table.from_pylist(rows, schema=CLEANED_SCHEMA), folder / CLEANED_FILE)
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
    pages: list[FetchedUrl], *, data_dir: Path, portals: Mapping[str, Portal], workers: int
) -> Iterator[dict[str, Any]]:
    answers = map_batches(
        clean_rows,
        _parcels(pages, data_dir, portals),
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
    pages: list[FetchedUrl], data_dir: Path, portals: Mapping[str, Portal]
) -> Iterator[pa.RecordBatch]:
    for start in range(0, len(pages), PAGES_PER_PARCEL):
        parcel = pages[start : start + PAGES_PER_PARCEL]
        rows = [_order(page, data_dir, portals.get(page.source_id)) for page in parcel]
        yield pa.RecordBatch.from_pylist(rows, schema=PAGE_SCHEMA)


def _order(page: FetchedUrl, data_dir: Path, portal: Portal | None) -> dict[str, Any]:
    """A page as a row of PAGE_SCHEMA."""
    captured_at = datetime.fromisoformat(page.fetched_at).astimezone(LOCAL) if page.fetched_at else None
    captured_on = captured_at.date() if captured_at else date.max
    return {
        "url": page.url,
        "final_url": page.final_url,
        "base_url": portal.base_url if portal else page.url,
        "content_type": page.content_type,
        "family": portal.family_on(captured_on) if portal else None,
        "warc_path": str(data_dir / page.warc_file) if page.warc_file is not None else None,
        "warc_offset": page.warc_offset,
    }


def _row(fetched: FetchedUrl, result: dict[str, Any] | None) -> dict[str, Any]:
    row = dict.fromkeys(CLEANED_SCHEMA.names)
    row.update({name: value for name, value in asdict(fetched).items() if name in row})
    row["fetched_at"] = datetime.fromisoformat(fetched.fetched_at) if fetched.fetched_at else None
    if result is not None:
        row.update(result)
    if row["article_url"] is not None:
        row["article_id"] = article_id_of(row["article_url"])
    return row


def write_cleaned(table: pa.Table, path: Path) -> None:
    """Write rows of CLEANED_SCHEMA to `path`, so that the file appears whole or not at all."""
    aside = path.with_suffix(".parquet.part")
    with aside.open("wb") as stream:
        pq.write_table(table, stream, compression="zstd")
        stream.flush()
        os.fsync(stream.fileno())
    crash_point("clean_before_rename")
    aside.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)

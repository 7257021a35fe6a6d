"""Reads the files of a cleaned batch, whole or not at all."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Final, TypeVar

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from include.contract import BATCH_KINDS, OUTCOMES
from include.landing import CLEANED_SCHEMA, BatchHeader, DiscoveredUrl, DiscoveryRequest, SourceRow

CLEANED: Final = "cleaned"
# Only landing knows which cleaned text is new, so `loaded` cannot come from cleaning.
CLEANING_OUTCOMES: Final = frozenset({CLEANED, *OUTCOMES} - {"loaded"})
# Columns that a cleaned article always has: without one of them its text or place is not known.
ARTICLE_COLUMNS: Final = (
    "fetched_at",
    "article_url",
    "body",
    "published_basis",
    "family",
    "content_sha256",
    "body_sha256",
)
Record = TypeVar("Record", BatchHeader, SourceRow, DiscoveryRequest, DiscoveredUrl)


class DamagedBatchError(ValueError):
    """A file of the batch is missing or cannot be read; the batch cannot land as it is."""


class UnaccountedUrlsError(ValueError):
    """Cleaning did not answer for exactly the URLs that were discovered."""


@dataclass(frozen=True, slots=True)
class BatchFiles:
    """Everything a batch folder tells; cleaned: rows of CLEANED_SCHEMA in the order of the file."""

    header: BatchHeader
    sources: list[SourceRow]
    discovery: list[DiscoveryRequest]
    discovered: list[DiscoveredUrl]
    cleaned: pa.Table


def read_batch(folder: Path) -> BatchFiles:
    """Read the files of the batch in `folder`.

    Raises DamagedBatchError for a file that is missing or not what include/landing.py says, and
    UnaccountedUrlsError when cleaned.parquet has not exactly one row per discovered URL. Any other
    OSError (no permission, a failing disk) passes through: it says nothing about the batch.
    """
    headers = _records(folder / "batch.json", BatchHeader)
    if len(headers) != 1 or headers[0].batch_id != folder.name:
        raise DamagedBatchError(f"{folder / 'batch.json'} does not hold the header of batch {folder.name}")
    if headers[0].batch_kind not in BATCH_KINDS:
        raise DamagedBatchError(f"batch.json: batch_kind {headers[0].batch_kind!r} is none of {BATCH_KINDS}")
    files = BatchFiles(
        header=headers[0],
        sources=_records(folder / "sources.jsonl", SourceRow),
        discovery=_records(folder / "discovery.jsonl", DiscoveryRequest),
        discovered=_records(folder / "discovered.jsonl", DiscoveredUrl),
        cleaned=_read_cleaned(folder / "cleaned.parquet"),
    )
    _account_for_urls(folder, files)
    return files


def _records(path: Path, kind: type[Record]) -> list[Record]:
    """The records of a JSON Lines file (or of a file with one JSON object)."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise DamagedBatchError(f"{path.name} is missing") from error
    except UnicodeDecodeError as error:
        raise DamagedBatchError(f"{path.name} is not UTF-8: {error}") from error
    lines = [text] if path.suffix == ".json" else text.split("\n")
    names = {field.name for field in fields(kind)}
    records: list[Record] = []
    for number, line in enumerate(lines, start=1):
        if line.strip():
            records.append(_record(line, kind, names, f"{path.name}, line {number}"))
    return records


def _record(line: str, kind: type[Record], names: set[str], where: str) -> Record:
    try:
        row: Any = json.loads(line)
    except json.JSONDecodeError as error:
        raise DamagedBatchError(f"{where}: not JSON ({error})") from error
    if not isinstance(row, dict) or set(row) != names:
        raise DamagedBatchError(f"{where}: not a {kind.__name__} with {', '.join(sorted(names))}")
    return kind(**row)


def _read_cleaned(path: Path) -> pa.Table:
    try:
        table = pq.read_table(path)
    except FileNotFoundError as error:
        raise DamagedBatchError(f"{path.name} is missing") from error
    except (pa.ArrowInvalid, pa.ArrowTypeError, pa.ArrowKeyError) as error:
        raise DamagedBatchError(f"{path.name} is not readable Parquet: {error}") from error
    except OSError as error:
        # Arrow reports a damaged page as OSError without errno; a real disk error carries one.
        if error.errno is not None:
            raise
        raise DamagedBatchError(f"{path.name} is damaged: {error}") from error
    if set(table.column_names) != set(CLEANED_SCHEMA.names):
        raise DamagedBatchError(f"{path.name} has other columns than CLEANED_SCHEMA: {table.column_names}")
    try:
        table = table.select(CLEANED_SCHEMA.names).cast(CLEANED_SCHEMA)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
        raise DamagedBatchError(f"{path.name} has other types than CLEANED_SCHEMA: {error}") from error
    _check_rows(table, path.name)
    return table


def _check_rows(table: pa.Table, name: str) -> None:
    unknown = set(table["outcome"].to_pylist()) - CLEANING_OUTCOMES
    if unknown:
        raise DamagedBatchError(f"{name} holds outcomes outside the contract: {sorted(map(str, unknown))}")
    for column in ("source_id", "url", "article_id"):
        if table[column].null_count:
            raise DamagedBatchError(f"{name}: {table[column].null_count} rows without {column}")
    articles = table.filter(pc.equal(table["outcome"], CLEANED))
    for column in ARTICLE_COLUMNS:
        if articles[column].null_count:
            raise DamagedBatchError(f"{name}: {articles[column].null_count} cleaned rows without {column}")


def _account_for_urls(folder: Path, files: BatchFiles) -> None:
    discovered = Counter((row.source_id, row.url) for row in files.discovered)
    columns = [files.cleaned[name].to_pylist() for name in ("source_id", "url")]
    cleaned = Counter(zip(*columns, strict=True))
    if discovered == cleaned:
        return
    missing = list((discovered - cleaned).elements())
    extra = list((cleaned - discovered).elements())
    shown = "; ".join(url for _, url in (*missing[:3], *extra[:3]))
    raise UnaccountedUrlsError(
        f"batch {folder.name}: {discovered.total()} URLs were discovered and {cleaned.total()} are answered"
        f" in cleaned.parquet ({len(missing)} missing, {len(extra)} never discovered: {shown})."
        f" Nothing of it was landed. Remove {folder / 'cleaned.parquet'} and run clean again."
    )

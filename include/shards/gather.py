"""On the warehouse's machine: what workers left in the store, put together as one batch folder.

What comes out is what one machine would have made of the batch, so landing, replays, restores and rebuilds
need to know nothing of shards.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from include.clean.stage import CLEANED_FILE, FETCHED_FILE, FETCHED_MARK, write_cleaned
from include.code_version import code_version
from include.crash_points import crash_point
from include.crawl.batch_files import batches_without, mark_done
from include.folder_lock import locked
from include.landing import CLEANED_SCHEMA
from include.progress import report
from include.shards.give_out import GATHERING_MARK, is_begun_here, planned_shards
from include.shards.orders import FETCHED, Order, Receipt, receipt_of, taken
from include.shards.store import Store
from include.warehouse.files import write_whole

_PARTS: Final = ".shards"
# Takes lines of the run ledger.
KeepLines = Callable[[tuple[Mapping[str, Any], ...]], None]


class ShardsMissingError(RuntimeError):
    """Shards of a batch are not fetched or not cleaned by this code; the message names them."""


def gather(store: Store, *, landing: Path, keep_lines: KeepLines) -> list[str]:
    """Put together every batch that was given out; returns the ids of those complete now.

    keep_lines: takes the workers' lines of the run ledger; called again with the same ones after a kill.
    Raises ShardsMissingError, after the others, for a batch with shards that are not done; StoreError.
    """
    gathered, missing = [], []
    for batch in batches_without(landing, CLEANED_FILE):
        names = None if is_begun_here(batch) else planned_shards(store, batch.name)
        if names is None:
            continue
        with locked(batch) as mine:
            if not mine:
                report("gather", f"{batch.name}: another process works on it")
                continue
            lacking = _gather_batch(store, batch, names, keep_lines)
            missing += lacking
            if not lacking:
                gathered.append(batch.name)
    if missing:
        raise ShardsMissingError(
            f"not done, or not by the code of this machine ({code_version()}): {', '.join(missing)}."
            " Clear the task give_out and those behind it: what is done is not done again"
        )
    return gathered


def _gather_batch(store: Store, batch: Path, names: list[str], keep_lines: KeepLines) -> list[str]:
    """Put one batch together; returns the shards that keep it from being whole."""
    orders = [Order(batch.name, name, code_version(), "") for name in names]
    found = {order: _receipts(store, order) for order in orders}
    whole = [(order, *receipts) for order, receipts in found.items() if receipts is not None]
    if len(whole) < len(orders):
        return [order.folder for order, receipts in found.items() if receipts is None]
    # From here on the folder may hold lines that are not of this machine's fetching.
    mark_done(batch, GATHERING_MARK)
    lines, tables = [], []
    for order, fetched, cleaned in whole:
        lines.append(_take_fetched(store, batch, order, fetched))
        tables.append(_take_cleaned(store, batch, order, cleaned))
        keep_lines((*fetched.journal, *cleaned.journal))
    _put_together(batch, lines, tables)
    workers = {receipt.worker for _, *receipts in whole for receipt in receipts}
    report(
        "gather", f"{batch.name}: {len(names)} shards, worked on by {', '.join(sorted(workers)) or 'nobody'}"
    )
    return []


def _receipts(store: Store, order: Order) -> tuple[Receipt, Receipt] | None:
    """Of fetching and of cleaning, None where one of them is not done."""
    fetched = receipt_of(store, order, FETCHED)
    cleaned = receipt_of(store, order, order.cleaned)
    return None if fetched is None or cleaned is None else (fetched, cleaned)


def _put_together(batch: Path, lines: list[bytes], tables: list[pa.Table]) -> None:
    """Write what one machine would have written, the file that completes the batch last."""
    write_whole(batch / FETCHED_FILE, b"".join(lines).decode())
    mark_done(batch, FETCHED_MARK)
    crash_point("gather_before_cleaned")
    write_cleaned(pa.concat_tables(tables) if tables else CLEANED_SCHEMA.empty_table(), batch / CLEANED_FILE)
    shutil.rmtree(batch / _PARTS, ignore_errors=True)


def _take_fetched(store: Store, batch: Path, order: Order, receipt: Receipt) -> bytes:
    """Bring the shard's archive files into the batch; returns its lines of fetched.jsonl."""
    lines = b""
    for file in receipt.files:
        if file.name == FETCHED_FILE:
            path = batch / _PARTS / order.shard / FETCHED_FILE
            taken(store, file, path)
            lines = path.read_bytes()
        else:
            taken(store, file, batch / file.name)
    return lines


def _take_cleaned(store: Store, batch: Path, order: Order, receipt: Receipt) -> pa.Table:
    (file,) = receipt.files
    path = batch / _PARTS / order.shard / CLEANED_FILE
    taken(store, file, path)
    return pq.read_table(path)

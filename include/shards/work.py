"""On a worker: one shard fetched, or cleaned, in a folder of its own, and its files into the store."""

from __future__ import annotations

import secrets
import shutil
import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from include.clean.stage import CLEANED_FILE, FETCHED_FILE, FETCHED_MARK, clean_batch
from include.code_version import require_code
from include.crash_points import crash_point
from include.crawl.batch_files import mark_done
from include.crawl.fetch import fetch_open_batches
from include.folder_lock import waiting_lock
from include.progress import report
from include.shards.orders import FETCHED, URLS_FILE, Order, Receipt, put_receipt, receipt_of, stored, taken
from include.shards.store import Store, StoreError
from include.shards.travelling_registry import receive_registry


@dataclass(frozen=True, slots=True)
class Bench:
    """Where a worker works. folder: its own data folder; workers: processes that clean."""

    store: Store
    folder: Path
    workers: int = 1

    def home(self, order: Order) -> Path:
        """The data folder of one shard: a batch folder lies in it as it does on the warehouse's machine."""
        return self.folder / "shards" / order.batch_id / order.shard

    def batch(self, order: Order) -> Path:
        """The batch folder of one shard."""
        return self.home(order) / "landing" / order.batch_id


Lines = tuple[Mapping[str, Any], ...]
# Does the work as a stage in the data folder of a shard; returns the folder's lines of the run ledger.
AsStage = Callable[[Path, Callable[[], list[str]]], Lines]


def fetch_shard(bench: Bench, order: Order, as_stage: AsStage) -> None:
    """Fetch what the order names, unless somebody has; then its receipt is in the store.

    A worker that was killed goes on where it stopped if it is the same machine's; another one begins anew.
    Raises OtherCodeError, StoreError, RegistryError.
    """
    require_code(order.code)
    if receipt_of(bench.store, order, FETCHED) is not None:
        return
    with waiting_lock(bench.home(order)):
        batch = bench.batch(order)
        batch.mkdir(parents=True, exist_ok=True)
        (batch / URLS_FILE).write_bytes(_urls(bench.store, order))
        lines = as_stage(bench.home(order), lambda: _fetch(bench, order))
        crash_point("shard_before_receipt")
        files = [batch / FETCHED_FILE, *sorted((batch / "warc").glob("*.warc.gz"))]
        _hand_in(bench, order, FETCHED, files, lines)


def _fetch(bench: Bench, order: Order) -> list[str]:
    home = bench.home(order)
    registry = receive_registry(bench.store, order.registry, bench.folder)
    batch = bench.batch(order)
    if not (batch / FETCHED_MARK).exists():
        fetch_open_batches(
            registry, landing=home / "landing", data_dir=home, http_cache=bench.folder / "http_cache"
        )
    if not (batch / FETCHED_MARK).exists():
        raise RuntimeError(f"{batch}: another process of this machine fetches it; the next try looks again")
    # Nothing to attempt leaves no file of lines.
    (batch / FETCHED_FILE).touch()
    return [order.batch_id]


def clean_shard(bench: Bench, order: Order, as_stage: AsStage) -> None:
    """Clean what was fetched of the order, unless somebody has with this code; then its receipt is there.

    Pages that were fetched on another machine come from the store. Raises OtherCodeError, StoreError.
    """
    require_code(order.code)
    if receipt_of(bench.store, order, order.cleaned) is not None:
        return
    with waiting_lock(bench.home(order)):
        _bring_fetched(bench, order)
        lines = as_stage(bench.home(order), lambda: _clean(bench, order))
        crash_point("shard_before_receipt")
        _hand_in(bench, order, order.cleaned, [bench.batch(order) / CLEANED_FILE], lines)
    shutil.rmtree(bench.home(order), ignore_errors=True)


def _clean(bench: Bench, order: Order) -> list[str]:
    registry = receive_registry(bench.store, order.registry, bench.folder)
    portals = {portal.id: portal for portal in registry.portals}
    clean_batch(bench.batch(order), data_dir=bench.home(order), portals=portals, workers=bench.workers)
    return [order.batch_id]


def _urls(store: Store, order: Order) -> bytes:
    data = store.get(f"{order.folder}/{URLS_FILE}")
    if data is None:
        raise StoreError(
            f"the store has no {order.folder}/{URLS_FILE}: is SOTINH_STORE the same on all machines?"
        )
    return data


def _bring_fetched(bench: Bench, order: Order) -> None:
    """Lay out what the receipt of fetching names, where it is not all here."""
    receipt = receipt_of(bench.store, order, FETCHED)
    if receipt is None:
        raise StoreError(f"{order.folder} has no receipt of fetching in the store: run fetch_shard again")
    batch = bench.batch(order)
    for file in receipt.files:
        taken(bench.store, file, batch / file.name)
    mark_done(batch, FETCHED_MARK)


def _hand_in(bench: Bench, order: Order, work: str, paths: list[Path], lines: Lines) -> None:
    folder = f"{order.folder}/{work}-{secrets.token_hex(4)}"
    files = stored(bench.store, folder, bench.batch(order), paths)
    counts = put_receipt(bench.store, order, work, Receipt(socket.gethostname(), files, lines))
    told = "handed in" if counts else "another worker was first, its files count"
    report("shard", f"{order.folder}, {work}: {told}")

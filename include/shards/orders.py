"""What the machines tell each other: orders to workers, receipts from them, and where both lie in the store.

    registries/<sha256>.json                    the registry of portals and the certificates that it names
    <batch_id>/plan.json                        names of the batch's shards; final once it is there
    <batch_id>/<shard>/discovered.jsonl         the URLs of a shard
    <batch_id>/<shard>/fetched-<attempt>/…      fetched.jsonl and WARC files of one attempt
    <batch_id>/<shard>/fetched.json             receipt: which attempt counts, size and SHA-256 of its files
    <batch_id>/<shard>/cleaned-<code>-<attempt>/cleaned.parquet
    <batch_id>/<shard>/cleaned-<code>.json      receipt of cleaning by that version of the code

Of two attempts at one shard the first that puts its receipt counts; files of the other are in nobody's way.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from include.shards.store import Store, StoreError, checked_key
from include.warehouse.files import sha256_of

PLAN_FILE: Final = "plan.json"
URLS_FILE: Final = "discovered.jsonl"
FETCHED: Final = "fetched"


@dataclass(frozen=True, slots=True)
class Order:
    """One shard to work on. code: the version that gave it out; registry: its key in the store."""

    batch_id: str
    shard: str
    code: str
    registry: str

    @property
    def folder(self) -> str:
        """Where the shard lies in the store."""
        return f"{self.batch_id}/{self.shard}"

    @property
    def cleaned(self) -> str:
        """Name of the work of cleaning it with this code."""
        return f"cleaned-{self.code}"


@dataclass(frozen=True, slots=True)
class StoredFile:
    """One file of an attempt. name: relative to the batch folder; key: in the store."""

    name: str
    key: str
    byte_count: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """What one attempt left in the store. worker: its host; journal: its lines of the run ledger."""

    worker: str
    files: tuple[StoredFile, ...]
    journal: tuple[Mapping[str, Any], ...]


def stored(store: Store, folder: str, base: Path, paths: list[Path]) -> tuple[StoredFile, ...]:
    """Put files below `base` under `folder` of the store; returns what a receipt says of them."""
    files = []
    for path in paths:
        name = path.relative_to(base).as_posix()
        one = StoredFile(name, f"{folder}/{name}", path.stat().st_size, sha256_of(path))
        store.put_file(one.key, path)
        files.append(one)
    return tuple(files)


def taken(store: Store, file: StoredFile, path: Path) -> None:
    """Bring a stored file to `path`. Raises StoreError where its bytes are not those that were stored."""
    path.parent.mkdir(parents=True, exist_ok=True)
    store.get_file(file.key, path)
    if path.stat().st_size != file.byte_count or sha256_of(path) != file.sha256:
        path.unlink()
        raise StoreError(
            f"{file.key} in the store is not what its worker stored there ({file.byte_count} bytes): put it"
            " back from a backup, or remove the receipt beside its folder to have the shard worked on again"
        )


def put_receipt(store: Store, order: Order, work: str, receipt: Receipt) -> bool:
    """Make an attempt count; False where another one counts already."""
    text = json.dumps(asdict(receipt), ensure_ascii=False, sort_keys=True)
    return store.put(f"{order.folder}/{work}.json", text.encode())


def receipt_of(store: Store, order: Order, work: str) -> Receipt | None:
    """The receipt of `work` (FETCHED, or Order.cleaned) on the shard, None where it is not done.

    Raises ValueError for one that names a file outside of its batch.
    """
    data = store.get(f"{order.folder}/{work}.json")
    if data is None:
        return None
    fields = json.loads(data)
    files = tuple(StoredFile(**file) for file in fields["files"])
    for file in files:
        checked_key(file.name)
    return Receipt(fields["worker"], files, tuple(fields["journal"]))

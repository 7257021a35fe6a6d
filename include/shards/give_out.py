"""On the warehouse's machine: the URLs of open batches into the store, as orders for workers."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

from include.clean.stage import CLEANED_FILE, FETCHED_FILE
from include.code_version import code_version
from include.crash_points import crash_point
from include.crawl.batch_files import as_line, batches_without, read_discovered
from include.landing import DiscoveredUrl
from include.portals.registry import Registry
from include.progress import report
from include.shards.orders import PLAN_FILE, URLS_FILE, Order
from include.shards.split import shards_of
from include.shards.store import Store
from include.shards.travelling_registry import send_registry

# In the folder of a batch that workers fetched, from the first file that is brought into it.
GATHERING_MARK: Final = "gathering"


def give_out(store: Store, registry: Registry, *, landing: Path, shards: int) -> list[Order]:
    """Orders for every shard of the batches that nobody has begun here; those already done are among them.

    A batch is divided once: its plan stays, however often this is called and whatever `shards` is then. A
    batch with lines in fetched.jsonl (begun on this machine alone, or opened with its bytes) is left to it.
    Raises StoreError.
    """
    orders: list[Order] = []
    key = None
    for batch in batches_without(landing, CLEANED_FILE):
        if is_begun_here(batch):
            continue
        key = key or send_registry(store, registry)
        names = _plan(store, batch.name, read_discovered(batch), shards)
        orders += [Order(batch.name, name, code_version(), key) for name in names]
        report("give_out", f"{batch.name}: {len(names)} shards")
    return orders


def is_begun_here(batch: Path) -> bool:
    """Whether this machine has fetched pages of the batch, or was given their bytes with it.

    No worker is to ask for them again then. One that is being gathered has its lines from workers.
    """
    return (batch / FETCHED_FILE).exists() and not (batch / GATHERING_MARK).exists()


def planned_shards(store: Store, batch_id: str) -> list[str] | None:
    """Names of the shards of a batch, None for one that was not given out."""
    data = store.get(f"{batch_id}/{PLAN_FILE}")
    return None if data is None else [str(name) for name in json.loads(data)["shards"]]


def _plan(store: Store, batch_id: str, rows: list[DiscoveredUrl], most: int) -> list[str]:
    known = planned_shards(store, batch_id)
    if known is not None:
        return known
    parts = shards_of(rows, most)
    # The number of shards stands in their names, so that what a kill left of another division is not met.
    names = [f"{number:03d}-of-{len(parts):03d}" for number in range(1, len(parts) + 1)]
    for name, part in zip(names, parts, strict=True):
        store.put(f"{batch_id}/{name}/{URLS_FILE}", b"".join(as_line(row) for row in part))
    crash_point("give_out_before_plan")
    store.put(f"{batch_id}/{PLAN_FILE}", json.dumps({"shards": names}).encode())
    return names

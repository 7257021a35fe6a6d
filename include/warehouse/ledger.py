"""Which landed batches the published marts hold, and which still wait."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from include.warehouse.database import has_landing_tables, open_warehouse


def pending_batches(warehouse: Path) -> list[str]:
    """Ids of the batches landed and not yet built into published marts, oldest id first.

    Empty where there is no warehouse yet. Raises WarehouseLockedError.
    """
    if not warehouse.exists():
        return []
    with open_warehouse(warehouse, read_only=True) as connection:
        if not has_landing_tables(connection):
            return []
        rows = connection.execute(
            "select distinct batch_id from raw.batches"
            " where batch_id not in (select batch_id from ops.built_batches) order by batch_id"
        ).fetchall()
    return [row[0] for row in rows]


def mark_built(warehouse: Path, batch_ids: Sequence[str], run_id: str, built_at: datetime) -> None:
    """Record that `run_id` published marts that hold these batches; a batch already recorded stays as it is.

    Raises KeyError naming the batches that were never landed, and records none then.
    """
    with open_warehouse(warehouse) as connection:
        wanted = sorted(set(batch_ids))
        landed = {row[0] for row in connection.execute("select batch_id from raw.batches").fetchall()}
        unknown = [batch_id for batch_id in wanted if batch_id not in landed]
        if unknown:
            raise KeyError(f"never landed, so not built either: {', '.join(unknown)}")
        connection.execute(
            "insert into ops.built_batches"
            " select batch_id, ?, ? from unnest(cast(? as varchar[])) as t (batch_id)"
            " where batch_id not in (select batch_id from ops.built_batches)",
            [run_id, built_at, wanted],
        )
        connection.execute("checkpoint")

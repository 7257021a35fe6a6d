"""Takes a landed batch back out of the warehouse, so that it can be cleaned again from its archive.

The way out when the landed gate refuses: a batch that waits with bad rows in it holds up every
night. The fetched bytes stay where they are; only what cleaning made of them goes.
`python -m include.warehouse.withdraw <batch_id>`
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

import duckdb

from include.crash_points import crash_point
from include.lake import Warehouse
from include.progress import report
from include.settings import Settings
from include.warehouse.database import WarehouseLockedError, open_warehouse, settle
from include.warehouse.files import sync
from include.warehouse.land import MARKER
from include.warehouse.transactions import in_transaction

TABLES: Final = ("sources", "discovery_requests", "article_outcomes", "article_versions", "batches")


class WithdrawError(ValueError):
    """The batch cannot be withdrawn; nothing was changed."""


def withdraw_batch(batch_id: str, *, landing: Path, warehouse: Warehouse) -> None:
    """Remove the batch's rows in one transaction, then its marker and cleaned.parquet.

    Afterwards the batch is one that was fetched and not yet cleaned. Killed in between, a second
    call completes it. Raises WithdrawError for a batch that never landed, that published marts
    already hold, or whose folder is gone (it could not be cleaned again), and
    WarehouseLockedError.
    """
    folder = landing / batch_id
    if not (folder / "fetched.done").exists():
        raise WithdrawError(f"{folder} has no fetched.done: there is no archive to clean it from again")
    with open_warehouse(warehouse) as connection:
        held, built = (
            {row[0] for row in connection.execute(query).fetchall()}
            for query in ("select batch_id from raw.batches", "select batch_id from ops.built_batches")
        )
        if batch_id in built:
            raise WithdrawError(f"{batch_id} is in the published marts: its rows are history now")
        if batch_id not in held and not (folder / MARKER).exists():
            raise WithdrawError(
                f"{batch_id} has not landed. Waiting: {', '.join(sorted(held - built)) or 'none'}"
            )
        in_transaction(connection, lambda: _remove_rows(connection, batch_id))
        settle(connection, warehouse)
    crash_point("withdraw_before_files")
    # cleaned.parquet first: without it a leftover marker is harmless, but not the other way round.
    (folder / "cleaned.parquet").unlink(missing_ok=True)
    (folder / MARKER).unlink(missing_ok=True)
    sync(folder)
    report("withdraw", f"{batch_id}: run clean and land again, then build_marts with full_refresh")


def _remove_rows(connection: duckdb.DuckDBPyConnection, batch_id: str) -> None:
    for table in TABLES:
        connection.execute(f"delete from raw.{table} where batch_id = ?", [batch_id])  # noqa: S608 - constants


def main(arguments: list[str]) -> int:
    """Withdraw the batches named on the command line; returns the exit code."""
    if not arguments:
        print("which batch? python -m include.warehouse.withdraw <batch_id> …", file=sys.stderr)
        return 2
    settings = Settings.from_environment()
    for batch_id in arguments:
        try:
            withdraw_batch(batch_id, landing=settings.landing, warehouse=settings.warehouse)
        except (WithdrawError, WarehouseLockedError) as problem:
            print(problem, file=sys.stderr)
            return 1
        print(f"{batch_id} is withdrawn. Run load_articles (clean and land), then `make rebuild`.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

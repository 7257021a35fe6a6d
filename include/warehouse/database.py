"""Opens the pipeline's own database, the same way everywhere.

Only the part of DuckDB's Python API that 1.5 and 2.0 share is used: `execute` with `fetchone`,
`fetchall` and `df`, and Arrow tables handed in by `register`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import duckdb

from include.lake import Lake, Warehouse
from include.warehouse.lake import (
    LAKE_NAME,
    TABLES_TURN,
    LakeNotMadeError,
    attach_lake,
    close_to_all_but,
    lake_exists,
    refusals_told,
    turn_of,
)
from include.warehouse.transactions import in_transaction

RAW_SCHEMA: Final = Path(__file__).with_name("raw.sql")

# Set when the file is opened, not after: replaying a write-ahead log can need more than the limit
# and then dies at every start. 2 GB leaves room for the other processes of an 8 GB machine; what
# does not fit is spilled beside the warehouse.
MEMORY_LIMIT: Final = "2GB"
THREADS: Final = 2
NOTHING_LANDED: Final = "does not exist: nothing was landed yet (run load_articles first)"
SPILL_FOLDER: Final = ".duckdb_spill"


class WarehouseLockedError(RuntimeError):
    """Another process, or another connection of this one, has the warehouse open."""


class WarehouseDamagedError(RuntimeError):
    """The warehouse's file or its log is not what DuckDB wrote, or holds less than was landed."""


# What DuckDB says where another process holds a file. Not "lock" alone: a damaged block is told with it, too.
LOCK_WORDS: Final = "could not set lock"
# What DuckDB raises, and says, of a file or a log that somebody else has written into, or that was cut short.
DAMAGE_ERRORS: Final = (
    duckdb.IOException,
    duckdb.SerializationException,
    duckdb.InternalException,
    duckdb.FatalException,
)
DAMAGE_WORDS: Final = (
    "failure while replaying wal",
    "corrupt",
    "not a valid duckdb database file",
    "checksum",
    "failed to deserialize",
    "could not read enough bytes",
    "attempted to access index",
)


@contextmanager
def open_warehouse(warehouse: Warehouse, *, read_only: bool = False) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection to the warehouse, a file or a lake, closed at the end of the block.

    Opened for writing, the file or the lake and its landing tables (raw.sql) are created where they are
    missing. The time zone of the session is UTC whatever the machine's; nothing is read from or
    written to other files by SQL, and no extension is loaded but a lake's.

    Raises WarehouseLockedError when somebody else has it open, WarehouseDamagedError where its bytes are
    not sound (when it is opened, or in the block when they are read), and FileNotFoundError for read_only
    without a file; of a lake LakeError and its kinds.
    """
    warehouse.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(warehouse, Lake):
        with refusals_told(warehouse):
            yield from _lake_session(warehouse, read_only=read_only)
        return
    if read_only and not warehouse.exists():
        raise FileNotFoundError(f"{warehouse} {NOTHING_LANDED}")
    with _damage_told(warehouse):
        connection = _connect(warehouse, read_only=read_only)
        yield from _session(connection, read_only=read_only)


def is_there(warehouse: Warehouse) -> bool:
    """False before anything was landed. Raises LakeError where a lake cannot be asked."""
    return lake_exists(warehouse) if isinstance(warehouse, Lake) else warehouse.exists()


def settle(connection: duckdb.DuckDBPyConnection, warehouse: Warehouse) -> None:
    """Empty the write-ahead log of a file into it; a lake has none: what it committed stands."""
    if not isinstance(warehouse, Lake):
        connection.execute("checkpoint")


def _session(
    connection: duckdb.DuckDBPyConnection, *, read_only: bool
) -> Iterator[duckdb.DuckDBPyConnection]:
    try:
        connection.execute("set TimeZone = 'UTC'")
        # After opening: given with the other settings it forbids temp_directory among them.
        connection.execute("set enable_external_access = false")
        if not read_only:
            connection.execute(RAW_SCHEMA.read_text(encoding="utf-8"))
        yield connection
    finally:
        connection.close()


def _lake_session(lake: Lake, *, read_only: bool) -> Iterator[duckdb.DuckDBPyConnection]:
    connection = duckdb.connect(config=connection_settings(lake.parent))
    try:
        connection.execute("set TimeZone = 'UTC'")
        try:
            attach_lake(connection, lake, read_only=read_only)
        except LakeNotMadeError:
            raise FileNotFoundError(f"{lake} {NOTHING_LANDED}") from None
        close_to_all_but(connection, lake)
        connection.execute(f"use {LAKE_NAME}")
        if not read_only:
            # Whole or not at all, for another process may be the first to open it as well.
            with turn_of(connection, lake, [TABLES_TURN]):
                in_transaction(connection, lambda: connection.execute(RAW_SCHEMA.read_text(encoding="utf-8")))
        yield connection
    finally:
        connection.close()


@contextmanager
def _damage_told(path: Path) -> Iterator[None]:
    """Raise WarehouseDamagedError in the place of what DuckDB makes of damaged bytes."""
    try:
        yield
    except DAMAGE_ERRORS as error:
        if not any(words in str(error).lower() for words in DAMAGE_WORDS):
            raise
        raise WarehouseDamagedError(
            f"{path} is damaged: {str(error).splitlines()[0]}. Readers keep sotinh.duckdb as it is."
            " `make restore RAW=1` builds the warehouse again from landing/ and keeps this one beside it."
        ) from error


def has_landing_tables(connection: duckdb.DuckDBPyConnection) -> bool:
    """False for a file whose creation was killed before its tables were there."""
    try:
        # Not by the list of all tables, for which a lake reads its whole catalog.
        connection.execute("select 1 from raw.batches, ops.gate_results limit 0").fetchall()
    except duckdb.CatalogException:
        return False
    return True


def connection_settings(folder: Path) -> dict[str, Any]:
    """Limits of a connection that works in `folder`; larger-than-memory work spills below it."""
    return {
        "memory_limit": MEMORY_LIMIT,
        "threads": THREADS,
        "temp_directory": str(folder / SPILL_FOLDER),
        "allow_community_extensions": False,
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "python_enable_replacements": False,
    }


def _connect(path: Path, *, read_only: bool) -> duckdb.DuckDBPyConnection:
    try:
        return duckdb.connect(str(path), read_only=read_only, config=connection_settings(path.parent))
    except duckdb.IOException as error:
        if LOCK_WORDS in str(error).lower():
            raise WarehouseLockedError(_explain_lock(path, str(error))) from error
        raise
    except duckdb.ConnectionException as error:
        raise WarehouseLockedError(
            f"{path} is already open in this process with other settings: close that connection first"
        ) from error


def _explain_lock(path: Path, message: str) -> str:
    holder = re.search(r"\(PID (\d+)\)", message)
    who = f"process {holder[1]}{_command_of(int(holder[1]))}" if holder else "another process"
    return (
        f"{path} is open in {who}, and DuckDB lets one process write a file or many read it."
        " Wait until that process ends or stop it, then run this again; analysts and BI tools open"
        " sotinh.duckdb, never the warehouse."
    )


def _command_of(pid: int) -> str:
    """The command line of a process, for the error message; empty where the system does not tell."""
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return ""
    command = b" ".join(words).decode(errors="replace").strip()
    return f" ({command[:200]})" if command else ""

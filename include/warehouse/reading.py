"""Opens the published file as a reader should: for reading it, and for nothing else on the machine."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import duckdb

from include.warehouse.sql_text import quoted_text

# The recipe of docs/open_data.md, word for word (a test holds them together). The last one locks the others.
LOCKED_DOWN: Final[dict[str, Any]] = {
    "enable_external_access": False,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "allow_community_extensions": False,
    "python_enable_replacements": False,
    "lock_configuration": True,
}
# What `open_to_export` forbids after it has allowed one file.
OPENED_LATER: Final[dict[str, Any]] = {"enable_external_access": True, "lock_configuration": False}


def open_published(path: Path, *, threads: int | None = None) -> duckdb.DuckDBPyConnection:
    """A connection that can read the marts of `path`; usable in a `with`, which closes it.

    Nothing else: no other file, no extension, no network, no change of the file or of these settings.
    threads: how many to use, all cores where None. Raises FileNotFoundError where nothing is published there
    and duckdb.IOException where the file is no database.
    """
    _require(path)
    settings = {} if threads is None else {"threads": threads}
    return duckdb.connect(str(path), read_only=True, config=settings | LOCKED_DOWN)


def open_to_export(path: Path, target: Path) -> duckdb.DuckDBPyConnection:
    """As `open_published`, and the connection can write the one file `target` (COPY); its time zone is UTC.

    The progress of what it runs can be asked from another thread (`query_progress`). Same errors.
    """
    _require(path)
    connection = duckdb.connect(str(path), read_only=True, config={**LOCKED_DOWN, **OPENED_LATER})
    try:
        for setting in (
            "set TimeZone = 'UTC'",
            "set enable_progress_bar = true",
            "set enable_progress_bar_print = false",
            # In this order: what is allowed beside the file is fixed once all else is forbidden.
            f"set allowed_paths = [{quoted_text(target)}]",
            "set enable_external_access = false",
            "set lock_configuration = true",
        ):
            connection.execute(setting)
    except duckdb.Error:
        connection.close()
        raise
    return connection


def _require(path: Path) -> None:
    if not path.exists():
        raise FileNotFoundError(f"{path} does not exist: nothing is published there yet (make run)")

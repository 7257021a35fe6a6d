"""Opens the published file as a reader should: for reading it, and for nothing else on the machine."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import duckdb

# The recipe of docs/open_data.md, word for word (a test holds them together). The last one locks the others.
LOCKED_DOWN: Final[dict[str, Any]] = {
    "enable_external_access": False,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "allow_community_extensions": False,
    "python_enable_replacements": False,
    "lock_configuration": True,
}


def open_published(path: Path, *, threads: int | None = None) -> duckdb.DuckDBPyConnection:
    """A connection that can read the marts of `path`; usable in a `with`, which closes it.

    Nothing else: no other file, no extension, no network, no change of the file or of these settings.
    threads: how many to use, all cores where None. Raises FileNotFoundError where nothing is published there
    and duckdb.IOException where the file is no database.
    """
    if not path.exists():
        raise FileNotFoundError(f"{path} does not exist: nothing is published there yet (make run)")
    settings = {} if threads is None else {"threads": threads}
    return duckdb.connect(str(path), read_only=True, config=settings | LOCKED_DOWN)

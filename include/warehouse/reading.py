"""Opens the published file as a reader should: for reading it, and for nothing else on the machine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
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


@contextmanager
def open_published(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that can read the marts of `path`, closed at the end of the block.

    Nothing else: no other file, no extension, no network, no change of the file or of these settings.
    Raises duckdb.IOException where the file is gone or no database.
    """
    with duckdb.connect(str(path), read_only=True, config=LOCKED_DOWN) as connection:
        yield connection

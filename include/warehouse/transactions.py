"""Does several changes whole or not at all, again where another writer was first."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from typing import Final, TypeVar

import duckdb

T = TypeVar("T")

# A file has one writer, so no conflict; of a lake's writers that change the same rows the later goes again.
ATTEMPTS: Final = 6
_FIRST_WAIT_S: Final = 0.1
CONFLICT_WORDS: Final = ("transaction conflict", "could not serialize", "deadlock detected")


def in_transaction(connection: duckdb.DuckDBPyConnection, work: Callable[[], T]) -> T:
    """Do `work` in one transaction of `connection` and commit; nothing of it stays where it raises.

    Where another process's commit came in between, `work` is done again from what is there now, six times at
    most, so it must not have effects outside the transaction. Raises what `work` and the commit raise.
    """
    for attempt in range(ATTEMPTS):
        connection.execute("begin transaction")
        try:
            result = work()
            connection.execute("commit")
        except BaseException as error:
            # A commit that failed has ended the transaction itself.
            with suppress(duckdb.Error):
                connection.execute("rollback")
            if attempt == ATTEMPTS - 1 or not is_conflict(error):
                raise
        else:
            return result
        time.sleep(_FIRST_WAIT_S * 2**attempt)
    raise AssertionError("unreachable: the last attempt returns or raises")


def is_conflict(error: BaseException) -> bool:
    """True where another writer's commit, and nothing in the work itself, is why it failed."""
    return isinstance(error, duckdb.Error) and any(words in str(error).lower() for words in CONFLICT_WORDS)

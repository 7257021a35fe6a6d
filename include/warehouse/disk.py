"""Whether there is room for what is about to be written, and what a full disk is told as."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import duckdb

# No space; no space in the user's quota; larger than a file may be here.
FULL: Final = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
# The same three in the words that DuckDB passes on, and its own for a spill folder that reached its limit.
FULL_WORDS: Final = (
    "no space left on device",
    "disk quota exceeded",
    "file too large",
    "max_temp_directory_size",
)


class DiskFullError(RuntimeError):
    """The disk has no room for what was to be written; what readers open is whole."""


def require_space(folder: Path, byte_count: int, what: str) -> None:
    """Raise DiskFullError, before anything is written, unless `byte_count` bytes are free in `folder`."""
    free = shutil.disk_usage(folder).free
    if free < byte_count:
        raise DiskFullError(
            f"{what} needs about {_shown(byte_count)} in {folder}, and {_shown(free)} are free: make room"
            " (older releases go first: SOTINH_RELEASES_KEPT) and run it again. Nothing was changed."
        )


@contextmanager
def full_disk_told(folder: Path, what: str) -> Iterator[None]:
    """Raise DiskFullError in the place of whatever a full disk made of the block."""
    try:
        yield
    except (OSError, duckdb.Error) as error:
        if not _is_full(error):
            raise
        raise DiskFullError(
            f"{what} found no room in {folder} ({_shown(shutil.disk_usage(folder).free)} free): {error}."
            " Make room and run it again; what was half written is removed, what readers open is whole."
        ) from error


def _is_full(error: BaseException) -> bool:
    """Whether the error, or one that it came from, is that of a full disk."""
    if isinstance(error, OSError) and error.errno in FULL:
        return True
    if any(words in str(error).lower() for words in FULL_WORDS):
        return True
    earlier = error.__cause__ or error.__context__
    return earlier is not None and _is_full(earlier)


def _shown(byte_count: int) -> str:
    return f"{byte_count / 1_000_000:,.1f} MB"

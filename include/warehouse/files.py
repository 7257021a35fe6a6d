"""Writing files that are whole or not there, whatever kills the process or the machine."""

from __future__ import annotations

import errno
import hashlib
import os
import secrets
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Final

_BLOCK: Final = 8 * 2**20


def write_whole(path: Path, text: str) -> None:
    """Write `text` to `path` so that a reader sees the old file or the new one, never a part."""
    aside = path.with_name(f".{path.name}.part")
    try:
        aside.write_text(text, encoding="utf-8")
        sync(aside)
        aside.replace(path)
    except OSError:
        aside.unlink(missing_ok=True)
        raise
    sync(path.parent)


@contextmanager
def whole_file(path: Path, *, replace: bool) -> Iterator[Path]:
    """Give a path beside `path` to write to; at the end of the block it becomes `path`, whole.

    Raises FileExistsError where `path` is there, also where it came in the meantime, and may not be replaced;
    then, and on any error in the block, nothing of it stays.
    """
    if not replace and path.exists():
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
    aside = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        yield aside
        sync(aside)
        if replace:
            aside.replace(path)
        else:
            _give_name(aside, path)
        sync(path.parent)
    finally:
        aside.unlink(missing_ok=True)


def _give_name(aside: Path, path: Path) -> None:
    """Call the file at `aside` also `path`, which must not be there: in one step on a disk with links."""
    try:
        path.hardlink_to(aside)
    except FileExistsError:
        raise
    except OSError:
        if path.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path)) from None
        aside.replace(path)


def copy_to_disk(source: Path, target: Path) -> str:
    """Copy a file's bytes, down to the disk; the SHA-256 of those bytes, in hex.

    `target` is not whole before this returns. A block is hashed while it is written, so that a large file is
    read once.
    """
    digest = hashlib.sha256()
    with source.open("rb") as read, target.open("wb") as write, ThreadPoolExecutor(1) as beside:
        hashed = beside.submit(digest.update, b"")
        while block := read.read(_BLOCK):
            hashed.result()
            hashed = beside.submit(digest.update, block)
            write.write(block)
        hashed.result()
    sync(target)
    return digest.hexdigest()


def sync(path: Path) -> None:
    """Flush a file's bytes, or a folder's names, to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file's bytes, in hex."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()

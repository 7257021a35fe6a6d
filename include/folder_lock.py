"""A folder held by one process at a time, by a lock of the kernel's: a killed process leaves none."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from include.progress import report


@contextmanager
def locked(folder: Path) -> Iterator[bool]:
    """Hold `folder` for this process while the block runs; yields False where another one holds it."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
    finally:
        os.close(handle)


@contextmanager
def waiting_lock(folder: Path) -> Iterator[None]:
    """Hold `folder`, made where it is missing; waits while another process holds it. Not to be nested."""
    folder.mkdir(parents=True, exist_ok=True)
    handle = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            report("wait", f"another process works in {folder}: waiting until it ends")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)

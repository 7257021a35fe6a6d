"""What keeps the programs of this room from outliving who started them, and from working side by side."""

from __future__ import annotations

import fcntl
import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import Final

LOCK_FILE: Final = ".run.lock"
_PARENT_POLL_S: Final = 1.0
_GRACE_S: Final = 20.0


class FolderBusyError(RuntimeError):
    """Another run works in the data folder; the message names its process."""


@contextmanager
def one_run_at_a_time(data_dir: Path) -> Iterator[None]:
    """Hold `data_dir` for this process until the block ends; raises FolderBusyError where another holds it.

    The system lets go of the lock when its process ends, however it ends.
    """
    data_dir.mkdir(parents=True, exist_ok=True)
    with (data_dir / LOCK_FILE).open("a+", encoding="ascii") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise FolderBusyError(
                f"another run (process {lock.read().strip() or 'unknown'}) works in {data_dir}:"
                " wait until it ends, or name another folder with DATA_DIR"
            ) from None
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


def interrupt_on_termination() -> None:
    """Turn a request to end (SIGTERM, a closed terminal) into KeyboardInterrupt, so that blocks clean up."""

    def interrupt(signum: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, interrupt)


def end_group_with_parent() -> None:
    """End this process and its group when the program that started it is gone, also by SIGKILL.

    For a process that leads a group of its own (`start_new_session`).
    """
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(_PARENT_POLL_S)
        os.killpg(os.getpgrp(), signal.SIGKILL)

    threading.Thread(target=watch, daemon=True).start()


def end_groups(children: list[subprocess.Popen[bytes]]) -> None:
    """End processes that lead groups of their own, with all that they started; killed after 20 s.

    Further requests to end are not heard meanwhile: a second Ctrl-C would leave some of them running.
    """
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    for child in children:
        _signal_group(child, signal.SIGTERM)
    deadline = time.monotonic() + _GRACE_S
    for child in children:
        with suppress(subprocess.TimeoutExpired):
            child.wait(timeout=max(0.1, deadline - time.monotonic()))
        # What the leader started may outlive it.
        _signal_group(child, signal.SIGKILL)
        child.wait()


def _signal_group(child: subprocess.Popen[bytes], number: signal.Signals) -> None:
    with suppress(ProcessLookupError):
        os.killpg(child.pid, number)

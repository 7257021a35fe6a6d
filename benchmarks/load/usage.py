"""What a command and all processes that it starts use of the machine (Linux)."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.load.processes import Watch
from include.settings import PROJECT_ROOT

SECONDS_BETWEEN_LOOKS: Final = 0.5
MIB: Final = 1024


@dataclass(frozen=True, slots=True)
class Usage:
    """processor, wall: seconds; processor counts the command and every descendant that was waited for.

    largest_mib: resident memory at most of the largest process; together_mib: proportional set size of all
    at most, as seen twice a second; workers: processor seconds of what dbt started (0 for other commands).
    """

    processor: float
    wall: float
    largest_mib: float
    together_mib: float
    workers: float = 0.0

    @property
    def cores(self) -> float:
        """How many processors were busy on average."""
        return self.processor / self.wall if self.wall else 0.0


class CommandError(RuntimeError):
    """A measured command failed; the message ends with its last words."""


def used_by(words: Sequence[str], environment: Mapping[str, str], log: Path) -> Usage:
    """Run `python -m words…` to its end and say what it used; its output is appended to `log`.

    Raises CommandError where it does not end with 0.
    """
    begun = time.perf_counter()
    with log.open("ab") as stream:
        child = subprocess.Popen(  # noqa: S603 - our own interpreter and code
            [sys.executable, *words],
            cwd=PROJECT_ROOT,
            env={**os.environ, "PYTHONPATH": str(PROJECT_ROOT), **environment},
            stdout=stream,
            stderr=subprocess.STDOUT,
        )
    watch, is_over = Watch(child.pid), threading.Event()
    looker = threading.Thread(target=_look, args=(watch, is_over), daemon=True)
    looker.start()
    # Of this child alone, with all that it has waited for; getrusage would add up all children.
    _, status, used = os.wait4(child.pid, 0)
    wall = time.perf_counter() - begun
    child.returncode = os.waitstatus_to_exitcode(status)
    is_over.set()
    looker.join()
    if child.returncode != 0:
        tail = "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-20:])
        raise CommandError(f"{' '.join(words)} ended with {child.returncode}:\n{tail}\nAll of it: {log}")
    return Usage(
        processor=used.ru_utime + used.ru_stime,
        wall=wall,
        largest_mib=used.ru_maxrss / MIB,
        together_mib=watch.most_together / MIB,
        workers=watch.workers,
    )


def _look(watch: Watch, is_over: threading.Event) -> None:
    while not is_over.wait(SECONDS_BETWEEN_LOOKS):
        watch.look()

"""Runs each step of a night in a process of its own and takes what it used."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.growth.history import land_night
from benchmarks.growth.step import UNTIL_PUBLISHED
from include.settings import PROJECT_ROOT


@dataclass(frozen=True, slots=True)
class Used:
    """What one step used with its child processes. wall, processor: seconds; peak_mib: of the largest."""

    wall: float
    processor: float
    peak_mib: float


@dataclass(frozen=True, slots=True)
class Night:
    """One night on a history of `articles`. file_mib: the published file; steps: by name, in order."""

    articles: int
    file_mib: float
    steps: dict[str, Used]

    def until_published(self) -> Used:
        """All steps up to the moment at which readers have the night."""
        those = [self.steps[name] for name in UNTIL_PUBLISHED if name in self.steps]
        return Used(
            sum(one.wall for one in those),
            sum(one.processor for one in those),
            max(one.peak_mib for one in those),
        )


def run_night(folder: Path, articles: int, steps: Iterable[str]) -> Night:
    """Land the night that waits in `folder` and run the steps. Raises CalledProcessError where one fails."""
    land_night(folder)
    used = {
        name: _used([sys.executable, "-m", "benchmarks.growth.step", name, str(folder)]) for name in steps
    }
    return Night(articles, (folder / "sotinh.duckdb").stat().st_size / 2**20, used)


def _used(command: list[str]) -> Used:
    began = time.perf_counter()
    process = subprocess.Popen(command, cwd=PROJECT_ROOT, stdout=subprocess.DEVNULL)  # noqa: S603 - our own
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    # Linux tells kilobytes.
    return Used(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def ratio(night: Used, smallest: Used) -> float:
    """Times the processor time of the smallest history's."""
    return night.processor / smallest.processor

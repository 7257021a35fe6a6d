"""Every question many times over one connection, and a few times in processes of their own."""

from __future__ import annotations

import gc
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb

from include.settings import PROJECT_ROOT
from include.warehouse.questions import Question, ask, open_published

# What every question is held against: each sentence of each claim read once, nothing joined or sorted.
SCAN: Final = "one scan"
_SCAN_QUERY: Final = "select count(*) from marts.fct_indicators where length(quote) > 0"
# Prints the milliseconds from opening the file to the last row; the start of Python is not of it.
_ALONE: Final = """
import sys, time
from pathlib import Path
from include.warehouse.questions import ask, open_published, read_question
question = read_question(Path(sys.argv[2]))
begun = time.perf_counter()
connection = open_published(Path(sys.argv[1]), threads=int(sys.argv[3]))
ask(connection, question).fetchall()
print()
print(1000 * (time.perf_counter() - begun))
"""


@dataclass(frozen=True, slots=True)
class Took:
    """Milliseconds of one run: by the clock on the wall, and of processors, all threads together."""

    wall: float
    processor: float


@dataclass(frozen=True, slots=True)
class Answered:
    """One question: rows returned, milliseconds over the rounds, and times the scan of the same round.

    alone: median of fresh processes, from opening the file to the last row; None where not asked for.
    """

    name: str
    rows: int
    wall_median: float
    wall_worst: float
    processor_median: float
    scans: float
    alone: float | None


def measure(
    published: Path, asked: Sequence[tuple[Path, Question]], *, rounds: int, alone: int, threads: int
) -> list[Answered]:
    """Time the questions, each round in turn over one open connection, the scan among them.

    alone: how many fresh processes for each question besides, the file being in the system's cache.
    A first round is thrown away. Raises FileNotFoundError where there is no file.
    """
    with open_published(published, threads=threads) as connection:
        runs = {SCAN: lambda: len(connection.execute(_SCAN_QUERY).fetchall())}
        runs |= {question.name: _asking(connection, question) for _, question in asked}
        rows = {name: run() for name, run in runs.items()}
        took = _interleaved(runs, rounds)
    fresh = {question.name: _alone(published, path, alone, threads) for path, question in asked}
    return [answered(name, rows[name], took[name], took[SCAN], fresh.get(name)) for name in runs]


def answered(
    name: str, rows: int, took: Sequence[Took], scans: Sequence[Took], alone: float | None
) -> Answered:
    """The figures of one question from its rounds and those of the scan."""
    return Answered(
        name=name,
        rows=rows,
        wall_median=statistics.median(one.wall for one in took),
        wall_worst=max(one.wall for one in took),
        processor_median=statistics.median(one.processor for one in took),
        scans=statistics.median(
            one.processor / scan.processor for one, scan in zip(took, scans, strict=True)
        ),
        alone=alone,
    )


def _asking(connection: duckdb.DuckDBPyConnection, question: Question) -> Callable[[], int]:
    return lambda: len(ask(connection, question).fetchall())


def _interleaved(runs: dict[str, Callable[[], int]], rounds: int) -> dict[str, list[Took]]:
    """Each round begins with another one, so that none always follows the same neighbour."""
    took: dict[str, list[Took]] = {name: [] for name in runs}
    names = list(runs)
    for number in range(rounds):
        first = number % len(names)
        for name in [*names[first:], *names[:first]]:
            gc.collect()
            wall, processor = time.perf_counter(), time.process_time()
            runs[name]()
            took[name].append(
                Took(1000 * (time.perf_counter() - wall), 1000 * (time.process_time() - processor))
            )
    return took


def _alone(published: Path, question: Path, processes: int, threads: int) -> float | None:
    if not processes:
        return None
    command = [sys.executable, "-c", _ALONE, str(published), str(question), str(threads)]
    return statistics.median(_milliseconds(command) for _ in range(processes))


def _milliseconds(command: Sequence[str]) -> float:
    """The last line that the process prints; DuckDB may draw its progress before it."""
    done = subprocess.run(command, cwd=PROJECT_ROOT, check=True, capture_output=True, text=True)  # noqa: S603 - our own interpreter and code
    return float(done.stdout.splitlines()[-1])

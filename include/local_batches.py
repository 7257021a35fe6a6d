"""A function over Arrow batches, run by a pool of processes that may die.

A batch whose worker dies, runs out of memory or passes the deadline is tried again row by row, so that only
the guilty row is lost, and that row comes back as a `BrokenRow` with its reason.
"""

from __future__ import annotations

import resource
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import TimeoutError as DeadlineError
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib import import_module
from multiprocessing import get_context, process
from types import ModuleType

import pyarrow as pa
from pebble import ProcessExpired, ProcessFuture, ProcessPool

from include.without_pandas import without_pandas

BatchFunction = Callable[[pa.RecordBatch], pa.RecordBatch]


@dataclass(frozen=True, slots=True)
class BrokenRow:
    """One input row (a batch of length 1) that broke its worker, and why (`reason` is a code)."""

    row: pa.RecordBatch
    reason: str
    detail: str


@dataclass(frozen=True, slots=True)
class Limits:
    """What a worker may take: seconds for a batch, for a row tried alone, and bytes of address space."""

    seconds_per_batch: float
    seconds_per_row: float
    max_bytes: int


def prepare_worker(max_bytes: int, module: str) -> None:
    """Import what the function needs, then cap this worker's address space, so that a page cannot eat
    the machine.

    Imported here, because a deadline counts from a row's start: on a busy machine the seconds that an
    import takes would be held against the first row.
    """
    # A module that cannot be imported says so in the first batch, as that batch's outcome.
    with suppress(Exception):
        import_module(module)
    with without_pandas():
        pa.array([0])
    resource.setrlimit(resource.RLIMIT_AS, (max_bytes, max_bytes))


@contextmanager
def no_main_module() -> Iterator[None]:
    """Keep spawned workers from importing the program's main module again, which none of them needs.

    Under Airflow that took 5 s a worker, and inside a task, where the metadata database is hidden from
    the code, it ended in an error: the console script imports all of Airflow. Spawning looks at
    `sys.modules["__main__"]` each time it starts a process; a module without file and name is left alone.
    """
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


@contextmanager
def as_any_process() -> Iterator[None]:
    """Let a task of a Celery worker start processes, as any other may.

    Celery's pool is billiard's, a copy of multiprocessing that puts a process object of its own into the
    original: marked as a daemon, which may have no children, and with a key that only billiard may send to
    them. The mark asks that no child is left behind; the pool here ends its own.
    """
    config = process.current_process()._config  # type: ignore[attr-defined]
    celerys = dict(config)
    config["daemon"] = False
    config["authkey"] = process.AuthenticationString(config["authkey"])  # type: ignore[attr-defined]
    try:
        yield
    finally:
        config.clear()
        config.update(celerys)


def open_pool(workers: int, module: str, max_bytes: int) -> ProcessPool:
    """A pool for functions of `module`; starts no process before its first batch."""
    return ProcessPool(
        max_workers=workers,
        context=get_context("spawn"),
        initializer=prepare_worker,
        initargs=[max_bytes, module],
    )


def map_locally(
    function: BatchFunction, batches: Sequence[pa.RecordBatch], *, workers: int, limits: Limits
) -> Iterator[pa.RecordBatch | BrokenRow]:
    """`include.batches.map_batches` on this machine, in up to `workers` processes."""
    with (
        no_main_module(),
        as_any_process(),
        open_pool(min(workers, len(batches)), function.__module__, limits.max_bytes) as pool,
    ):
        for answers in answers_of(pool, function, batches, limits):
            yield from answers


def answers_of(
    pool: ProcessPool, function: BatchFunction, batches: Sequence[pa.RecordBatch], limits: Limits
) -> Iterator[list[pa.RecordBatch | BrokenRow]]:
    """For each batch, in order, its answer alone, or one answer or `BrokenRow` for each of its rows."""
    futures = [pool.schedule(function, args=[batch], timeout=limits.seconds_per_batch) for batch in batches]
    for batch, future in zip(batches, futures, strict=True):
        result, problem = _settle(future)
        if result is not None:
            yield [result]
        elif batch.num_rows == 1:
            yield [BrokenRow(batch, *problem)]
        else:
            yield list(_row_by_row(pool, function, batch, limits.seconds_per_row))


def _row_by_row(
    pool: ProcessPool, function: BatchFunction, batch: pa.RecordBatch, seconds: float
) -> Iterator[pa.RecordBatch | BrokenRow]:
    rows = [batch.slice(index, 1) for index in range(batch.num_rows)]
    futures = [pool.schedule(function, args=[row], timeout=seconds) for row in rows]
    for row, future in zip(rows, futures, strict=True):
        result, problem = _settle(future)
        yield result if result is not None else BrokenRow(row, *problem)


def _settle(future: ProcessFuture) -> tuple[pa.RecordBatch | None, tuple[str, str]]:
    try:
        return future.result(), ("", "")
    except DeadlineError:
        return None, ("worker_timeout", "passed the deadline and was killed")
    except ProcessExpired as death:
        return None, ("worker_died", f"the worker process ended with code {death.exitcode}")
    except MemoryError:
        return None, ("worker_out_of_memory", "asked for more memory than a worker may have")
    except Exception as error:  # noqa: BLE001 - whatever a page provokes is that page's outcome, with its name
        return None, ("worker_error", f"{type(error).__name__}: {error}"[:500])

"""The one seam for scale: a function over Arrow batches, run by a process pool.

`map_batches` calls `function` on each batch in a worker process and yields the answers in the
order of the batches, so the same input gives the same rows whatever runs it. A batch whose
worker dies, runs out of memory or passes the deadline is tried again row by row, so that only
the guilty row is lost, and that row comes back as a `BrokenRow` with its reason.
"""

from __future__ import annotations

import resource
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import TimeoutError as DeadlineError
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib import import_module
from multiprocessing import get_context
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
def _no_main_module() -> Iterator[None]:
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


def map_batches(
    function: BatchFunction,
    batches: Iterable[pa.RecordBatch],
    *,
    workers: int,
    seconds_per_batch: float,
    seconds_per_row: float,
    max_bytes: int,
) -> Iterator[pa.RecordBatch | BrokenRow]:
    """Yield function(batch) for each batch, in order; broken rows as `BrokenRow`.

    function: importable by name (it is sent to spawned workers); max_bytes: address space of a worker.
    """
    waiting = list(batches)
    if not waiting:
        return
    with (
        _no_main_module(),
        ProcessPool(
            max_workers=min(workers, len(waiting)),
            context=get_context("spawn"),
            initializer=prepare_worker,
            initargs=[max_bytes, function.__module__],
        ) as pool,
    ):
        futures = [pool.schedule(function, args=[batch], timeout=seconds_per_batch) for batch in waiting]
        for batch, future in zip(waiting, futures, strict=True):
            result, problem = _settle(future)
            if result is not None:
                yield result
            elif batch.num_rows == 1:
                yield BrokenRow(batch, *problem)
            else:
                yield from _row_by_row(pool, function, batch, seconds_per_row)


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

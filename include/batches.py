"""The one seam for scale: a function over Arrow batches, run by a process pool or by a Spark cluster.

`map_batches` calls `function` on each batch in a worker process and yields the answers in the order of the
batches, so the same input gives the same rows whatever runs it. The environment says what does
(`include.settings.Engine`): this machine's processes, or the executors of a cluster, under the same guards.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyarrow as pa

from include.local_batches import BatchFunction, BrokenRow, Limits, map_locally, prepare_worker
from include.settings import Engine

__all__ = ["BatchFunction", "BrokenRow", "map_batches", "prepare_worker"]


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

    A batch whose worker dies, runs out of memory or passes the deadline is tried again row by row, so that
    only the guilty row is lost. function: importable by name (it is sent to other processes); workers: of
    this machine, on a cluster its cores decide; max_bytes: address space of a worker. Raises ValueError where
    the environment names no engine, SparkEngineError and OtherCodeError where the cluster cannot do it.
    """
    engine = Engine.from_environment()
    waiting = list(batches)
    if not waiting:
        return
    limits = Limits(seconds_per_batch, seconds_per_row, max_bytes)
    if engine.spark_master is None:
        yield from map_locally(function, waiting, workers=workers, limits=limits)
    else:
        # Imported where it is asked for: a machine that works alone need not have Spark.
        from include.spark_batches import map_on_spark

        yield from map_on_spark(function, waiting, limits=limits, master=engine.spark_master)

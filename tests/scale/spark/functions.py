"""Functions over batches of numbers, some of which are the end of the worker that meets them."""

from __future__ import annotations

import os
import sys
import time

import pyarrow as pa


def numbers(*values: int) -> pa.RecordBatch:
    return pa.record_batch({"n": pa.array(values, pa.int64())})


def double(rows: pa.RecordBatch) -> pa.RecordBatch:
    """Doubles; 13 kills the process, 14 never ends, 15 eats memory, 16 raises."""
    for number in rows.column("n").to_pylist():
        if number == 13:
            os._exit(9)
        while number == 14:
            pass
        if number == 15:
            bytearray(8 * 1024**3)
        if number == 16:
            raise ValueError("sixteen")
    return numbers(*(2 * number for number in rows.column("n").to_pylist()))


def slow_double(rows: pa.RecordBatch) -> pa.RecordBatch:
    """Doubles, a second a row."""
    time.sleep(rows.num_rows)
    return double(rows)


def where(rows: pa.RecordBatch) -> pa.RecordBatch:
    """For each row, what runs it: module search path, and whether pandas is there."""
    told = f"{os.pathsep.join(sys.path)} pandas={'pandas' in sys.modules}"
    return pa.record_batch({"told": pa.array([told] * rows.num_rows)})

"""What an executor of the Spark cluster does: the same guards around the same function as on one machine.

Spark's own Python process calls no function of ours on a page: it gives each parcel to a process of a pool
with one worker, so that a page that kills its worker is that page's outcome and not the end of the task.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from typing import Any, Final

import pyarrow as pa
from pebble import ProcessPool

from include.code_version import OtherCodeError, require_code
from include.local_batches import BrokenRow, Limits, answers_of, no_main_module, open_pool
from include.without_pandas import without_pandas

# What comes back: of parcel `parcel_no` the answer number `item_no`; reason is empty where there is one.
ANSWER_SCHEMA: Final = pa.schema(
    [
        ("parcel_no", pa.int64()),
        ("item_no", pa.int64()),
        ("reason", pa.string()),
        ("detail", pa.string()),
        ("answer", pa.binary()),
    ]
)
# A reason that no row can have: the executor refused the work.
OTHER_CODE: Final = "other_code"


@dataclass(frozen=True, slots=True)
class Order:
    """The work of a job. code: `code_version` of who gave it out; module, name: of the function."""

    code: str
    module: str
    name: str
    limits: Limits


class PoolLostError(RuntimeError):
    """The pool of an executor broke as a whole; Spark tries the task again."""


# Spark's Python process lives as long as the executor and takes one task after another: its worker, with
# all that it has imported, is kept for the next one.
_kept: dict[tuple[str, int], ProcessPool] = {}


def answer_parcels(order: Order, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Rows of (parcel_no, parcel: a batch as Arrow IPC) to rows of ANSWER_SCHEMA, in order.

    Raises PoolLostError where no answer can be trusted to be the rows' own.
    """
    # Before the first array, and before anything of the function's module is imported.
    with without_pandas():
        pa.array([0])
    parcels = [parcel for batch in batches for parcel in batch.to_pylist()]
    try:
        require_code(order.code)
    except OtherCodeError as refusal:
        # As an answer, since Spark would try an error four times.
        yield from (_row(parcel["parcel_no"], 0, OTHER_CODE, str(refusal), None) for parcel in parcels[:1])
        return
    with no_main_module():
        yield from _answers(order, parcels)


def call(module: str, name: str, batch: pa.RecordBatch) -> pa.RecordBatch:
    """Call function `name` of `module`: by name, so that only the process that calls it imports it."""
    answer: pa.RecordBatch = getattr(import_module(module), name)(batch)
    return answer


def packed(batch: pa.RecordBatch) -> bytes:
    """A batch as Arrow IPC, with its schema."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, batch.schema) as writer:
        writer.write_batch(batch)
    content: bytes = sink.getvalue().to_pybytes()
    return content


def unpacked(content: bytes) -> pa.RecordBatch:
    """The batch that `packed` wrote."""
    return pa.ipc.open_stream(content).read_next_batch()


def _answers(order: Order, parcels: list[dict[str, Any]]) -> Iterator[pa.RecordBatch]:
    pool = _pool(order)
    batches = [unpacked(parcel["parcel"]) for parcel in parcels]
    function = partial(call, order.module, order.name)
    for parcel, answers in zip(parcels, answers_of(pool, function, batches, order.limits), strict=True):
        if not pool.active:
            raise PoolLostError(f"the process pool broke at parcel {parcel['parcel_no']}")
        for item_no, answer in enumerate(answers):
            if isinstance(answer, BrokenRow):
                yield _row(parcel["parcel_no"], item_no, answer.reason, answer.detail, None)
            else:
                yield _row(parcel["parcel_no"], item_no, None, None, packed(answer))


def _pool(order: Order) -> ProcessPool:
    key = (order.module, order.limits.max_bytes)
    if key not in _kept or not _kept[key].active:
        _kept[key] = open_pool(1, *key)
    return _kept[key]


def _row(
    parcel_no: int, item_no: int, reason: str | None, detail: str | None, answer: bytes | None
) -> pa.RecordBatch:
    values = ([parcel_no], [item_no], [reason], [detail], [answer])
    columns = [pa.array(value, field.type) for value, field in zip(values, ANSWER_SCHEMA, strict=True)]
    return pa.record_batch(columns, schema=ANSWER_SCHEMA)

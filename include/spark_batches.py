"""A function over Arrow batches, run by the executors of a Spark cluster.

One job a call: parcels go out by mapInArrow, answers stay on the executors' disks until they are fetched,
partition by partition and in the order of the parcels, so that the driver holds one partition at a time.
An executor that dies costs what it had; Spark gives its partitions to another one.
"""

from __future__ import annotations

import math
import sys
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import groupby
from typing import Any, Final

import pyarrow as pa

from include.code_version import OtherCodeError, code_version
from include.local_batches import BatchFunction, BrokenRow, Limits
from include.spark_session import SparkEngineError, session_on, watched
from include.spark_worker import OTHER_CODE, Order, answer_parcels, packed, unpacked
from include.without_pandas import without_pandas

# A task costs some 50 ms besides its work, a parcel takes 0.1 to 0.3 s: with sixteen that is 2 %, and what
# an executor that dies had begun is seconds of work.
PARCELS_PER_PARTITION: Final = 16
# Small work is split further, so that every core has a second part to take while another one lasts long.
_PARTITIONS_PER_CORE: Final = 2
_SENT: Final = "partition int, parcel_no bigint, parcel binary"
_ANSWERED: Final = "parcel_no bigint, item_no bigint, reason string, detail string, answer binary"


def partitions_for(parcels: int, cores: int) -> int:
    """How many partitions a job of so many parcels has on so many cores."""
    return min(parcels, max(math.ceil(parcels / PARCELS_PER_PARTITION), _PARTITIONS_PER_CORE * cores))


def map_on_spark(
    function: BatchFunction, batches: Sequence[pa.RecordBatch], *, limits: Limits, master: str
) -> Iterator[pa.RecordBatch | BrokenRow]:
    """`include.batches.map_batches` on the cluster of `master` (spark://host:port).

    Raises SparkEngineError where the cluster cannot be had or did not finish, OtherCodeError where an
    executor runs other code than this process; answers that came before are right all the same.
    """
    order = Order(code_version(), *_name_of(function), limits)
    with session_on(master) as session, watched(session, master):
        answers = _answers(session, order, batches)
        try:
            answers.count()
            yield from in_order(answers.toLocalIterator(), batches)
        finally:
            answers.unpersist()


def in_order(rows: Iterable[Any], batches: Sequence[pa.RecordBatch]) -> Iterator[pa.RecordBatch | BrokenRow]:
    """Rows of ANSWER_SCHEMA, as the cluster gives them, to the answers to `batches`, in their order.

    Raises SparkEngineError where a parcel's answers are missing, stand twice or come out of turn.
    """
    due = 0
    for number, answers in groupby(rows, key=lambda row: row["parcel_no"]):
        items = list(answers)
        if items[0]["reason"] == OTHER_CODE:
            raise OtherCodeError(items[0]["detail"])
        if number != due or due == len(batches) or not _is_whole(items, batches[number]):
            raise SparkEngineError(f"answers to parcel {number} came where those to parcel {due} were due")
        yield from (_answer(row, batches[number]) for row in items)
        due += 1
    if due != len(batches):
        raise SparkEngineError(f"{len(batches)} parcels were sent out, {due} were answered")


def _is_whole(items: Sequence[Any], batch: pa.RecordBatch) -> bool:
    return len(items) in (1, batch.num_rows) and [row["item_no"] for row in items] == list(range(len(items)))


def _answer(row: Any, batch: pa.RecordBatch) -> pa.RecordBatch | BrokenRow:
    if row["reason"] is None:
        return unpacked(bytes(row["answer"]))
    return BrokenRow(batch.slice(row["item_no"], 1), row["reason"], row["detail"])


def _answers(session: Any, order: Order, batches: Sequence[pa.RecordBatch]) -> Any:
    """The job as a DataFrame that is kept once it was made; nothing runs yet."""
    from pyspark import StorageLevel

    count = partitions_for(len(batches), session.sparkContext.defaultParallelism)
    numbers = range(len(batches))
    columns = {
        # Neighbours together: partition after partition is then parcel after parcel.
        "partition": pa.array([number * count // len(batches) for number in numbers], pa.int32()),
        "parcel_no": pa.array(numbers, pa.int64()),
        "parcel": pa.array([packed(batch) for batch in batches], pa.binary()),
    }
    with without_pandas():
        sent = session.createDataFrame(pa.table(columns), _SENT)
    parted = sent.repartitionById(count, "partition").sortWithinPartitions("parcel_no")
    with warnings.catch_warnings():
        # Spark asks for an older pandas where it has no need of one: mapInArrow makes no frame of it.
        warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)
        asked = parted.select("parcel_no", "parcel").mapInArrow(partial(answer_parcels, order), _ANSWERED)
    return asked.persist(StorageLevel.DISK_ONLY)


def _name_of(function: Callable[..., Any]) -> tuple[str, str]:
    """Module and name by which an executor finds the function; raises ValueError where it has none."""
    module, name = getattr(function, "__module__", ""), getattr(function, "__qualname__", repr(function))
    if getattr(sys.modules.get(module), name, None) is not function or module == "__main__":
        raise ValueError(f"{module}.{name} cannot be imported by that name on another machine")
    return module, name

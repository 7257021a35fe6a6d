"""`python -m tests.scale.spark.drive <function> <batches as JSON>`: map_batches as the environment says.

Prints one JSON line: the answers, or the error's name and words. `--<name> <seconds>` sets a limit of
include.spark_session (PATIENCE_S, IDLE_S).
"""

from __future__ import annotations

import json
import sys
import time

import pyarrow as pa

from include import spark_session
from include.batches import BrokenRow, map_batches
from include.code_version import OtherCodeError
from include.spark_session import SparkEngineError
from tests.scale.spark import functions

ROOM = 2 * 1024**3
LIMITS = {"workers": 2, "seconds_per_batch": 10, "seconds_per_row": 5, "max_bytes": ROOM}


def told(answer: pa.RecordBatch | BrokenRow) -> object:
    """An answer as JSON can say it."""
    if isinstance(answer, BrokenRow):
        return [answer.row.to_pydict(), answer.reason, answer.detail]
    return answer.to_pydict()


def main(words: list[str]) -> dict[str, object]:
    name, batches, *limits = words
    for limit, seconds in zip(limits[::2], limits[1::2], strict=True):
        setattr(spark_session, limit.removeprefix("--"), float(seconds))
    parcels = [functions.numbers(*values) for values in json.loads(batches)]
    begun = time.monotonic()
    try:
        answers = [told(answer) for answer in map_batches(getattr(functions, name), parcels, **LIMITS)]
    except (SparkEngineError, OtherCodeError, ValueError) as error:
        words = str(error)
        return {"error": type(error).__name__, "words": words, "seconds": time.monotonic() - begun}
    return {"answers": answers, "seconds": time.monotonic() - begun, "pandas": "pandas" in sys.modules}


if __name__ == "__main__":
    print(json.dumps(main(sys.argv[1:])))

"""Reads batches of articles in worker processes and gives each row's reading as JSON text.

Apart from the plugin, so that a worker need not import dbt (seconds of start-up each).
"""

from __future__ import annotations

import json
import math
from typing import Any

import pyarrow as pa

from include.batches import BrokenRow, map_batches
from include.extract.model import ArticleText
from include.extract.read import read_article
from include.vocabulary import load_vocabulary

ARTICLE_SCHEMA = pa.schema(
    [
        ("article_id", pa.string()),
        ("title", pa.string()),
        ("body", pa.string()),
        ("published_on", pa.date32()),
        ("province_name", pa.string()),
    ]
)
ANSWER_SCHEMA = pa.schema([("reading", pa.string())])

# An article takes milliseconds; what needs this long is an endless search, not a long article.
SECONDS_PER_ROW = 30.0
MAX_ROWS_PER_BATCH = 32
# Room for the first batch of a cold worker and for one slow row in it.
SECONDS_PER_BATCH = 4 * SECONDS_PER_ROW
# Address space, not resident memory: pyarrow alone reserves above 1 GiB of it.
MAX_BYTES = 4 * 1024**3
DETAIL_LENGTH = 500


def read_rows(articles: pa.RecordBatch, *, workers: int) -> pa.Array:
    """Read articles (ARTICLE_SCHEMA) in up to `workers` processes; one JSON text a row, same order.

    A row that breaks its worker gives {"error": {"reason", "detail"}} and costs no other row. Always
    in workers, also for one row: an article that never ends must not hold up the warehouse's writer.
    """
    size = max(1, min(MAX_ROWS_PER_BATCH, math.ceil(articles.num_rows / workers)))
    batches = [articles.slice(start, size) for start in range(0, articles.num_rows, size)]
    answers = map_batches(
        read_batch,
        batches,
        workers=workers,
        seconds_per_batch=SECONDS_PER_BATCH,
        seconds_per_row=SECONDS_PER_ROW,
        max_bytes=MAX_BYTES,
    )
    readings: list[str] = []
    for answer in answers:
        if isinstance(answer, BrokenRow):
            readings.append(_error_record(answer.reason, answer.detail))
        else:
            readings.extend(answer.column("reading").to_pylist())
    return pa.array(readings, type=pa.string())


def read_batch(articles: pa.RecordBatch) -> pa.RecordBatch:
    """Read each article (ARTICLE_SCHEMA) in this process; ANSWER_SCHEMA, same order."""
    vocabulary = load_vocabulary()
    readings = [_read_row(row, vocabulary) for row in articles.to_pylist()]
    return pa.record_batch([pa.array(readings, type=pa.string())], schema=ANSWER_SCHEMA)


def _read_row(row: dict[str, Any], vocabulary: Any) -> str:
    try:
        reading = read_article(ArticleText(**row), vocabulary)
        return json.dumps(reading.to_json_ready(), ensure_ascii=False, allow_nan=False)
    except MemoryError:
        # The batch is tried again row by row, so that only the guilty row is lost.
        raise
    except Exception as error:  # noqa: BLE001 - whatever an article provokes is its outcome, with its name
        return _error_record("extraction_error", f"{type(error).__name__}: {error}")


def _error_record(reason: str, detail: str) -> str:
    return json.dumps({"error": {"reason": reason, "detail": detail[:DETAIL_LENGTH]}}, ensure_ascii=False)

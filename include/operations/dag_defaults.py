"""What the DAGs share: the asset between them, the pool, retries, deadlines, the callback."""

from __future__ import annotations

import os
from datetime import timedelta
from typing import Any, Final

from airflow.sdk import Asset

from include.operations.alerts import FailureNotifier, record_failure

# Landed batches wait in the warehouse; the event only says "look". A lost event costs time, not data.
LANDED: Final = Asset(name="landed_articles", uri="sotinh://warehouse/raw/article_versions")

# One slot: DuckDB lets one process write, and a second one dies on the lock.
WAREHOUSE_POOL: Final = "warehouse_writer"

# For executors that send tasks to machines by queue: the one that holds the data folder takes all tasks but
# those of shards, which any worker takes. Others know no queues.
WAREHOUSE_QUEUE: Final = "warehouse"
SHARD_QUEUE: Final = "shards"

TIMEZONE: Final = "Asia/Ho_Chi_Minh"


def default_args() -> dict[str, Any]:
    """Arguments of every task. SOTINH_TASK_RETRIES=0 makes a run by hand fail at once.

    SOTINH_RETRY_SECONDS: the first wait before a next try, 300 where not said.
    """
    return {
        "owner": "sotinh",
        "queue": WAREHOUSE_QUEUE,
        "retries": int(os.environ.get("SOTINH_TASK_RETRIES", "2")),
        "retry_delay": timedelta(seconds=int(os.environ.get("SOTINH_RETRY_SECONDS") or 300)),
        "retry_exponential_backoff": True,
        "max_retry_delay": timedelta(minutes=30),
        "execution_timeout": timedelta(hours=1),
        "on_failure_callback": [record_failure, FailureNotifier()],
    }

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

TIMEZONE: Final = "Asia/Ho_Chi_Minh"


def default_args() -> dict[str, Any]:
    """Arguments of every task. SOTINH_TASK_RETRIES=0 makes a run by hand fail at once."""
    return {
        "owner": "sotinh",
        "retries": int(os.environ.get("SOTINH_TASK_RETRIES", "2")),
        "retry_delay": timedelta(minutes=5),
        "retry_exponential_backoff": True,
        "max_retry_delay": timedelta(minutes=30),
        "execution_timeout": timedelta(hours=1),
        "on_failure_callback": [record_failure, FailureNotifier()],
    }

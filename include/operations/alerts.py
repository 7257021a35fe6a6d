"""A failed task leaves one line that an operator, or a notifier, can pick up."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from include.progress import report
from include.settings import Settings


def record_failure(context: Mapping[str, Any]) -> None:
    """Append the failed task to DATA_DIR/failures.jsonl: when, which DAG, run and task, and why.

    Airflow calls this with the task's context after its last try.
    """
    task_instance = context["task_instance"]
    error = context.get("exception")
    line = {
        "failed_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "dag_id": task_instance.dag_id,
        "run_id": task_instance.run_id,
        "task_id": task_instance.task_id,
        "try_number": task_instance.try_number,
        "error": f"{type(error).__name__}: {error}" if error else None,
    }
    target = Settings.from_environment().data_dir / "failures.jsonl"
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("a", encoding="utf-8") as stream:
        stream.write(json.dumps(line, ensure_ascii=False) + "\n")
    report("failed", f"{line['dag_id']}.{line['task_id']}: {line['error']}")

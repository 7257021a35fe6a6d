"""One run of one stage, the contract between the journal that stages write and the warehouse's ledger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class StageRun:
    """A stage that has ended, or was found to have been killed.

    stage, outcome: of contract.STAGES and STAGE_OUTCOMES; reason: name of the error's class, or
    `found_unfinished`; message: the error's first lines; dag_id, dag_run_id, try_number: null where the
    stage was called outside Airflow; run_id: of the build, null for stages before one; seconds: null where
    killed; items_in, items_out: what they count is told by `stage_tallies`; detail: JSON.
    """

    stage_run_id: str
    stage: str
    outcome: str
    reason: str | None
    message: str | None
    dag_id: str | None
    dag_run_id: str | None
    try_number: int | None
    run_id: str | None
    batch_ids: tuple[str, ...]
    started_at: datetime
    finished_at: datetime | None
    seconds: float | None
    items_in: int | None
    items_out: int | None
    detail: str | None

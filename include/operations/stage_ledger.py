"""Puts every run of a stage into the ledger: what ran, how long, on what, and how it ended."""

from __future__ import annotations

import inspect
import os
import secrets
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import wraps
from pathlib import Path
from typing import Any, Concatenate, Final, ParamSpec, TypeVar

import duckdb

from include.operations.alert_message import masked
from include.operations.journal import JOURNAL_FOLDER, append_line, close_unfinished, ended_runs, running
from include.operations.stage_tallies import Tally, TallyFunction
from include.progress import report
from include.quality.gates import GateFailed
from include.settings import Settings
from include.warehouse.export import AuditError
from include.warehouse.ledger import NotJudgedError, record_stage_runs

P = ParamSpec("P")
R = TypeVar("R")

# Verdicts: the stage did its work and said no. Every other error is a failure.
REFUSALS: Final = (GateFailed, NotJudgedError, AuditError)
# What dbt says before it says what is wrong takes six lines.
MESSAGE_LINES: Final = 12
MESSAGE_LENGTH: Final = 1_000


def recorded(
    stage: str, tally: TallyFunction
) -> Callable[[Callable[Concatenate[Settings, P], R]], Callable[Concatenate[Settings, P], R]]:
    """Decorate a stage so that each of its runs leaves its row, also one that is killed.

    tally: what the run took in and gave out, asked after the stage has ended or refused. Parameters
    `run_id` and `batch_ids` of the stage go into the row. The stage's own error passes through.
    """

    def decorate(function: Callable[Concatenate[Settings, P], R]) -> Callable[Concatenate[Settings, P], R]:
        signature = inspect.signature(function)

        @wraps(function)
        def run(settings: Settings, /, *args: P.args, **kwargs: P.kwargs) -> R:
            given = signature.bind(settings, *args, **kwargs).arguments
            folder = settings.data_dir / JOURNAL_FOLDER
            close_unfinished(folder)
            started = _started(stage, given)
            clock = time.monotonic()
            with running(folder, started["stage_run_id"]):
                append_line(folder, started)
                try:
                    result = function(settings, *args, **kwargs)
                except BaseException as error:
                    refused = isinstance(error, REFUSALS)
                    counted = _counted(tally, settings, given, None) if refused else Tally()
                    _write_failure(folder, started, clock, counted, error, refused=refused)
                    raise
                append_line(folder, _ended(started, clock, _counted(tally, settings, given, result), "ok"))
            return result

        return run

    return decorate


def take_in(settings: Settings) -> int:
    """Put what the journal knows and the warehouse does not into ops.stage_runs; returns how many rows.

    Called where the warehouse is free for writing. The journal stays as it is, so a warehouse that was
    lost gets its history back. Raises WarehouseLockedError.
    """
    return record_stage_runs(settings.warehouse, ended_runs(settings.data_dir / JOURNAL_FOLDER))


def _started(stage: str, given: Mapping[str, Any]) -> dict[str, Any]:
    now = datetime.now(UTC)
    tries = os.environ.get("AIRFLOW_CTX_TRY_NUMBER")
    return {
        "event": "started",
        "stage_run_id": f"{now:%Y%m%dT%H%M%S}-{stage}-{secrets.token_hex(4)}",
        "stage": stage,
        "dag_id": os.environ.get("AIRFLOW_CTX_DAG_ID"),
        "dag_run_id": os.environ.get("AIRFLOW_CTX_DAG_RUN_ID"),
        "try_number": int(tries) if tries else None,
        "run_id": given.get("run_id"),
        "batch_ids": list(given.get("batch_ids") or ()),
        "started_at": now.isoformat(),
        "pid": os.getpid(),
    }


def _ended(started: Mapping[str, Any], clock: float, tally: Tally, outcome: str) -> dict[str, Any]:
    return {
        "event": "ended",
        "stage_run_id": started["stage_run_id"],
        "outcome": outcome,
        "finished_at": datetime.now(UTC).isoformat(),
        "seconds": round(time.monotonic() - clock, 3),
        "batch_ids": list(tally.batch_ids),
        "items_in": tally.items_in,
        "items_out": tally.items_out,
        "detail": tally.detail,
    }


def _write_failure(
    folder: Path,
    started: Mapping[str, Any],
    clock: float,
    tally: Tally,
    error: BaseException,
    *,
    refused: bool,
) -> None:
    """Write down how the stage ended; where that cannot be written, the stage's own error matters more."""
    line = _ended(started, clock, tally, "refused" if refused else "failed")
    line |= {"reason": type(error).__name__, "message": masked(first_lines(str(error)), os.environ)}
    try:
        append_line(folder, line)
    except OSError as problem:
        report("ledger", f"the end of {started['stage_run_id']} cannot be written: {problem}")


def first_lines(text: str) -> str:
    """The first lines of an error, 1,000 characters at most."""
    return "\n".join(text.splitlines()[:MESSAGE_LINES])[:MESSAGE_LENGTH]


def _counted(tally: TallyFunction, settings: Settings, given: Mapping[str, Any], result: Any) -> Tally:
    """What the stage took in and gave out; without figures where they cannot be had: its work is done."""
    try:
        return tally(settings, given, result)
    except (OSError, ValueError, KeyError, duckdb.Error) as problem:
        report("ledger", f"figures are missing ({type(problem).__name__}: {problem})")
        return Tally()

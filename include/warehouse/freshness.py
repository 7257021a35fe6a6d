"""How old what was landed is, by the clock: dbt's source freshness.

For operators, never for a build: the same rows must build the same marts on any day.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from include.warehouse.build import artifacts, last_words, log_file, start_dbt


class FreshnessUnknownError(RuntimeError):
    """dbt could not tell the age of the landed rows: no warehouse, or another process has it open."""


@dataclass(frozen=True, slots=True)
class SourceAge:
    """How old the newest row of a landing table is.

    source: "landing.batches"; status: pass, warn, error (older than may be), or runtime error (the age
    cannot be told, `message` says why); newest: None where there is no row at all; warn_after and
    error_after: from dbt_project/models/staging/_staging__sources.yml.
    """

    source: str
    status: str
    newest: datetime | None
    age: timedelta | None
    warn_after: timedelta | None
    error_after: timedelta | None
    message: str

    def __str__(self) -> str:
        """`landing.batches: warn, newest row 31 hours old (warns after 30, fails after 54)`."""
        if self.message:
            return f"{self.source}: {self.status}: {self.message}"
        age = "no row" if self.age is None else f"newest row {_hours(self.age)} hours old"
        return (
            f"{self.source}: {self.status}, {age}"
            f" (warns after {_hours(self.warn_after)}, fails after {_hours(self.error_after)})"
        )


def source_freshness(*, project: Path, data_dir: Path) -> tuple[SourceAge, ...]:
    """The age of every landing table that has a limit, by name; dbt opens the warehouse for it.

    Raises FreshnessUnknownError with dbt's last words where dbt gives no answer.
    """
    answer = artifacts(data_dir) / "sources.json"
    answer.unlink(missing_ok=True)
    done = start_dbt(["source", "freshness"], project=project, data_dir=data_dir)
    if not answer.exists():
        raise FreshnessUnknownError(
            f"dbt source freshness gave no answer:\n{last_words(done)}\nThe whole log: {log_file(data_dir)}"
        )
    results = json.loads(answer.read_text(encoding="utf-8"))["results"]
    return tuple(sorted(map(_age, results), key=lambda age: age.source))


def _age(result: Mapping[str, Any]) -> SourceAge:
    limits = result.get("criteria") or {}
    newest = datetime.fromisoformat(result["max_loaded_at"]) if result.get("max_loaded_at") else None
    if newest is not None and newest.year == 1:  # dbt's way to say that there is no row
        newest = None
    return SourceAge(
        source=".".join(str(result["unique_id"]).split(".")[-2:]),
        status=str(result["status"]),
        newest=newest,
        age=None if newest is None else timedelta(seconds=result["max_loaded_at_time_ago_in_s"]),
        warn_after=_limit(limits.get("warn_after")),
        error_after=_limit(limits.get("error_after")),
        message=" ".join(str(result.get("error") or "").split())[:500],
    )


def _limit(limit: Mapping[str, Any] | None) -> timedelta | None:
    if not limit or limit.get("count") is None:
        return None
    return timedelta(**{f"{limit['period']}s": int(limit["count"])})


def _hours(length: timedelta | None) -> str:
    return "never" if length is None else f"{length / timedelta(hours=1):.0f}"

"""The two gates of a build: on what was landed, and on the marts made of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from include.crash_points import crash_point
from include.lake import Warehouse
from include.progress import report
from include.quality.agreement import AGREEMENT
from include.quality.claims import CLAIMS
from include.quality.freshness import FRESHNESS
from include.quality.judge import CheckResult, judge
from include.quality.landed import ANSWERS, BATCHES, OUTCOME_ROWS, REQUESTS
from include.quality.meetings import MEETINGS
from include.quality.nights import PORTAL_NIGHTS, PORTAL_YIELD
from include.quality.release import CONSERVATION, CONSISTENCY, EXTRACTION, RELEASE, YIELD
from include.quality.repeats import FRAMES, TITLES
from include.quality.suites import Suite
from include.quality.texts import VERSIONS
from include.warehouse.database import open_warehouse, settle
from include.warehouse.publish import read_manifest
from include.warehouse.transactions import in_transaction

# What must have passed before anything is published, in the order of a build.
GATES: Final = ("landed", "marts")
LANDED_SUITES: Final = (BATCHES, ANSWERS, REQUESTS, OUTCOME_ROWS, VERSIONS, FRAMES, TITLES, PORTAL_NIGHTS)
MARTS_SUITES: Final = (
    CLAIMS, AGREEMENT, MEETINGS, EXTRACTION, YIELD, PORTAL_YIELD, FRESHNESS, CONSISTENCY, CONSERVATION,
    RELEASE,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class GateReport:
    """How a gate judged: one result per check, in the order of the suites."""

    gate: str
    run_id: str
    results: tuple[CheckResult, ...]

    @property
    def failed(self) -> tuple[CheckResult, ...]:
        """The checks that did not pass and keep the build from readers."""
        return tuple(result for result in self.results if not result.passed and result.severity == "stop")

    @property
    def warned(self) -> tuple[CheckResult, ...]:
        """The checks that did not pass and only tell of it."""
        return tuple(result for result in self.results if not result.passed and result.severity == "warn")


class GateFailed(RuntimeError):  # noqa: N818 - a verdict, named as the runbook and the alerts name it
    """A gate refused; the published file is untouched. The message names checks, rows and what to do."""

    def __init__(self, report: GateReport) -> None:
        self.report = report
        verdict = f"{len(report.failed)} of {len(report.results)} checks failed"
        lines = [
            f"Gate {report.gate} refuses {report.run_id}: {verdict}.",
            "Nothing was published; readers keep the release before.",
        ]
        lines += [f"  {told(result)}" for result in report.failed]
        lines.append("All verdicts stand in ops.gate_results of the warehouse.")
        super().__init__("\n".join(lines))


def told(result: CheckResult) -> str:
    """A check that did not pass in one line: its name, rows, the first of them, and what to do."""
    return f"{result.check_name}: {result.failing_rows} rows ({', '.join(result.keys)}). {result.reason}"


def gate_landed(warehouse: Warehouse, run_id: str, judged_at: datetime) -> GateReport:
    """Judge the landed batches that no published marts hold yet.

    Writes one row per check into ops.gate_results, in place of an earlier try of the same run.
    Raises GateFailed, JudgeError (a check could not be judged) or WarehouseLockedError.
    """
    return _run_gate(GATES[0], LANDED_SUITES, warehouse, run_id, judged_at)


def gate_marts(warehouse: Warehouse, run_id: str, judged_at: datetime) -> GateReport:
    """Judge the built marts, also against the release in the warehouse's folder; as `gate_landed`."""
    return _run_gate(GATES[1], marts_suites(warehouse.parent), warehouse, run_id, judged_at)


def marts_suites(data_dir: Path) -> list[Suite]:
    """The suites on the marts, with the row counts of the file published in `data_dir` to compare with."""
    published = read_manifest(data_dir)
    rows = dict(published.rows) if published else {}
    before = {"marts": list(rows), "rows": list(rows.values())}
    return [replace(suite, parameters=before) if suite is RELEASE else suite for suite in MARTS_SUITES]


def judge_suites(warehouse: Warehouse, suites: Sequence[Suite]) -> list[CheckResult]:
    """Judge the suites on the warehouse as it is, results in the order of their checks; writes nothing."""
    with open_warehouse(warehouse, read_only=True) as connection:
        frames = [connection.execute(suite.query, dict(suite.parameters)).df() for suite in suites]
    return [
        result
        for suite, frame in zip(suites, frames, strict=True)
        for result in judge(frame, suite.checks, key=suite.key)
    ]


def _run_gate(
    gate: str, suites: Sequence[Suite], warehouse: Warehouse, run_id: str, judged_at: datetime
) -> GateReport:
    results = judge_suites(warehouse, suites)
    verdict = GateReport(gate, run_id, tuple(results))
    _record(warehouse, verdict, judged_at)
    if verdict.failed:
        failure = GateFailed(verdict)
        report(f"gate {gate}", str(failure))
        raise failure
    for result in verdict.warned:
        report(f"gate {gate}", f"warning, {told(result)}")
    passed = len(results) - len(verdict.warned)
    report(f"gate {gate}", f"{passed} of {len(results)} checks passed, {len(verdict.warned)} warned")
    return verdict


def _record(warehouse: Warehouse, verdict: GateReport, judged_at: datetime) -> None:
    rows = [
        [
            verdict.run_id,
            verdict.gate,
            result.check_name,
            result.passed,
            result.failing_rows,
            f"{', '.join(result.keys)}: {result.reason}" if result.failing_rows else None,
            judged_at,
            result.severity,
        ]
        for result in verdict.results
    ]
    with open_warehouse(warehouse) as connection:

        def replace_verdict() -> None:
            connection.execute(
                "delete from ops.gate_results where run_id = ? and gate = ?", [verdict.run_id, verdict.gate]
            )
            connection.executemany(
                "insert into ops.gate_results (run_id, gate, check_name, passed, failing_rows, reason,"
                " judged_at, severity)"
                " values (?, ?, ?, ?, ?, ?, ?, ?)",
                rows,
            )
            crash_point("gate_before_commit")

        in_transaction(connection, replace_verdict)
        settle(connection, warehouse)

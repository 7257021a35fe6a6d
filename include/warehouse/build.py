"""Builds the marts: one `dbt build`, as a process of its own.

A process of its own, because DuckDB lets one process write and dbt keeps its connection open, and
because dbt's globals do not survive a second run in one process.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from include.settings import PROJECT_ROOT

# dbt's console script, whatever the folder it was installed into.
START_DBT = "from dbt.cli.main import cli; cli()"
BROKEN = ("error", "fail", "runtime error", "partial success")
TAIL_LINES = 20


@dataclass(frozen=True, slots=True)
class NodeProblem:
    """A model, seed or test that did not pass: its dbt name, status, rows at fault and dbt's message."""

    name: str
    status: str
    failing_rows: int
    message: str

    def __str__(self) -> str:
        """`is_primary_key_x: fail, 3 rows: Got 3 results …`."""
        return f"{self.name}: {self.status}, {self.failing_rows} rows: {self.message}"


@dataclass(frozen=True, slots=True)
class BuildResult:
    """What a build did: nodes by kind and status ("model success": 40), warnings, time, its log."""

    counts: Mapping[str, int]
    warnings: Sequence[NodeProblem]
    seconds: float
    log: Path


class BuildFailed(RuntimeError):  # noqa: N818 - an outcome of the stage, named as the other stages name theirs
    """The build did not pass; `problems` are the nodes at fault, none where dbt itself could not run."""

    def __init__(self, problems: Sequence[NodeProblem], log: Path, tail: str = "") -> None:
        self.problems = tuple(problems)
        self.log = log
        said = "\n".join(f"  {problem}" for problem in problems) or tail
        what = f"{len(problems)} node(s) did not pass" if problems else "dbt ended without results"
        super().__init__(f"The marts were not built, {what}:\n{said}\nThe whole log: {log}")


def build_marts(
    *, project: Path, data_dir: Path, full_refresh: bool = False, all_rows: bool = True
) -> BuildResult:
    """Load the seeds, build all models of `project` into data_dir's warehouse and run the data tests.

    full_refresh: read every landed article again with the present rules. all_rows: False where the rows of
    what changed since the last build are enough (`modelled.plan_build`). dbt's unit tests are left to the
    test suite: they judge the models' logic, not the night's data. Raises BuildFailed naming the models and
    tests that broke.
    """
    arguments = ["build", "--exclude-resource-type", "unit_test"]
    return run_dbt(
        [*arguments, "--full-refresh"] if full_refresh else arguments,
        project=project,
        data_dir=data_dir,
        all_rows=all_rows or full_refresh,
    )


def run_dbt(arguments: Sequence[str], *, project: Path, data_dir: Path, all_rows: bool = True) -> BuildResult:
    """Run one dbt command that leaves run results (build, run, test), its files under data_dir/dbt.

    all_rows: False where models and tests look at what changed alone (dbt_project/macros/changes.sql).
    Raises BuildFailed where a node broke or dbt did not come to its end.
    """
    results = artifacts(data_dir) / "run_results.json"
    results.unlink(missing_ok=True)
    started = time.monotonic()
    done = start_dbt(arguments, project=project, data_dir=data_dir, all_rows=all_rows)
    log = log_file(data_dir)
    if not results.exists():
        raise BuildFailed([], log, last_words(done))
    outcome = json.loads(results.read_text(encoding="utf-8"))["results"]
    problems = [_problem(node) for node in outcome if node["status"] in BROKEN]
    if problems or done.returncode != 0:
        raise BuildFailed(problems, log, f"dbt ended with code {done.returncode}")
    return BuildResult(
        counts=dict(sorted(Counter(f"{_kind(node)} {node['status']}" for node in outcome).items())),
        warnings=tuple(_problem(node) for node in outcome if node["status"] == "warn"),
        seconds=time.monotonic() - started,
        log=log,
    )


def start_dbt(
    arguments: Sequence[str], *, project: Path, data_dir: Path, all_rows: bool = True
) -> subprocess.CompletedProcess[str]:
    """Run one dbt command to its end, whatever that is; what it writes lands under data_dir/dbt."""
    artifacts(data_dir).mkdir(parents=True, exist_ok=True)
    return subprocess.run(  # noqa: S603 - our own interpreter and arguments, no shell
        [sys.executable, "-c", START_DBT, *arguments, *_fixed_options(project, data_dir)],
        cwd=project,
        env=_environment(data_dir) | {"SOTINH_ALL_ROWS": "true" if all_rows else "false"},
        capture_output=True,
        text=True,
        check=False,
    )


def artifacts(data_dir: Path) -> Path:
    """Where dbt leaves manifest.json, run_results.json and the like."""
    return data_dir / "dbt" / "target"


def log_file(data_dir: Path) -> Path:
    """Where dbt logs what it does, all commands one after the other."""
    return data_dir / "dbt" / "logs" / "dbt.log"


def last_words(done: subprocess.CompletedProcess[str]) -> str:
    """The end of what a command printed, for the message of an error."""
    return "\n".join((done.stdout + done.stderr).splitlines()[-TAIL_LINES:])


def _fixed_options(project: Path, data_dir: Path) -> list[str]:
    folders = {
        "--project-dir": project,
        "--profiles-dir": project,
        "--target-path": artifacts(data_dir),
        "--log-path": log_file(data_dir).parent,
    }
    return [part for option, folder in folders.items() for part in (option, str(folder))]


def _environment(data_dir: Path) -> dict[str, str]:
    return {
        **os.environ,
        "SOTINH_DATA_DIR": str(data_dir),
        "PYTHONPATH": str(PROJECT_ROOT),
        "PYTHONUTF8": "1",
        "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
    }


def _kind(node: Mapping[str, Any]) -> str:
    return str(node["unique_id"]).split(".", 1)[0]


def _problem(node: Mapping[str, Any]) -> NodeProblem:
    return NodeProblem(
        name=str(node["unique_id"]).split(".")[2],
        status=str(node["status"]),
        failing_rows=int(node["failures"] or 0),
        message=" ".join(str(node["message"] or "").split())[:500],
    )

"""`python -m benchmarks.growth.step <step> <folder>`: one step of a night, in a process of its own."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

from benchmarks.growth.history import RULES, STARTED_AT
from include.operations.stages import DBT_PROJECT
from include.quality.gates import GateFailed, gate_landed, gate_marts
from include.site.build import build_site
from include.warehouse.build import build_marts
from include.warehouse.ledger import recorded_build
from include.warehouse.open_data.write import export_release
from include.warehouse.publish import publish

RUN: Final = "build-night"


def _judged(gate: Callable[[Path, str, object], object], warehouse: Path) -> None:
    """The verdict on invented articles does not matter here; that it was come to does."""
    try:
        gate(warehouse, RUN, STARTED_AT)
    except GateFailed as refusal:
        print(refusal.report.failed[0].check_name, file=sys.stderr)


def judge_landed(folder: Path) -> None:
    """The first gate."""
    _judged(gate_landed, folder / "warehouse.duckdb")  # type: ignore[arg-type]


def build(folder: Path) -> None:
    """Extraction, models and their tests."""
    with recorded_build(folder / "warehouse.duckdb", RUN, lambda: STARTED_AT, RULES) as plan:
        build_marts(project=DBT_PROJECT, data_dir=folder, all_rows=plan.all_rows)


def judge_marts(folder: Path) -> None:
    """The second gate."""
    _judged(gate_marts, folder / "warehouse.duckdb")  # type: ignore[arg-type]


def publish_marts(folder: Path) -> None:
    """The published file."""
    publish(
        warehouse=folder / "warehouse.duckdb",
        data_dir=folder,
        run_id=RUN,
        releases_kept=1,
        published_at=STARTED_AT,
    )


def export(folder: Path) -> None:
    """Open data of the release."""
    export_release(folder, project=DBT_PROJECT, releases_kept=1)


def site(folder: Path) -> None:
    """The pages."""
    build_site(folder, full_text_of=frozenset())


STEPS: Final[dict[str, Callable[[Path], None]]] = {
    "judge_landed": judge_landed,
    "build": build,
    "judge_marts": judge_marts,
    "publish": publish_marts,
    "export": export,
    "site": site,
}
# What readers wait for; the other two come after it, and neither waits for the other.
UNTIL_PUBLISHED: Final = ("judge_landed", "build", "judge_marts", "publish")

if __name__ == "__main__":
    STEPS[sys.argv[1]](Path(sys.argv[2]))

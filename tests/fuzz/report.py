"""What came of the targets, as tallies in a folder and as a table for people."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any, Final

from tests.fuzz.targets import TARGETS
from tests.fuzz.worker import Order, Tally, write_result

Result = dict[str, Any]
_COUNTS: Final = ("executions", "seconds", "crashes", "hangs")
_HEAD: Final = (
    "| target | executions | s | crashes | hangs | limit s | worst ms |",
    "|---|---|---|---|---|---|---|",
)


def results_in(folder: Path) -> list[Result]:
    """The tallies of a folder by target, its parts summed up, in the order of the targets.

    Those of targets that are no more are left out.
    """
    parts = [_read(path) for path in sorted(folder.glob("*.json"))]
    by_name = {target.name: [one for one in parts if one["target"] == target.name] for target in TARGETS}
    return [_summed(those) for those in by_name.values() if those]


def _summed(parts: Sequence[Result]) -> Result:
    counts = {name: sum(one[name] for one in parts) for name in _COUNTS}
    findings = {what: data for one in parts for what, data in one["findings"].items()}
    worst = max(one["worst_ms"] for one in parts)
    return {"target": parts[0]["target"], **counts, "worst_ms": worst, "findings": findings}


def _read(path: Path) -> Result:
    result: Result = json.loads(path.read_text(encoding="utf-8"))
    return result


def lost(order: Order, why: str) -> None:
    """One crash more in the tally of a process: libFuzzer stops one that stands still or eats the memory."""
    tally = Tally(order.name, order.seed)
    if order.result.exists():
        so_far = _read(order.result)
        tally = Tally(**{field.name: so_far[field.name] for field in fields(Tally)})
    tally.crashes += 1
    tally.findings[why] = ""
    write_result(tally, order)


def written(path: Path) -> str:
    """A line about one tally."""
    one = _read(path)
    return (
        f"{one['target']}: {one['executions']:,} executions in {one['seconds']:,.0f} s, "
        f"{one['crashes']} crashes, {one['hangs']} hangs, worst {one['worst_ms']:,.1f} ms"
    )


def table(results: Sequence[Result]) -> str:
    """Markdown: a row a target, and all of them together."""
    limits = {target.name: target.limit_s for target in TARGETS}
    rows = [
        f"| {one['target']} | {one['executions']:,} | {one['seconds']:,.0f} "
        f"| {one['crashes']} | {one['hangs']} | {limits[one['target']]:g} | {one['worst_ms']:,.1f} |"
        for one in results
    ]
    sums = {name: sum(one[name] for one in results) for name in _COUNTS}
    worst = max((one["worst_ms"] for one in results), default=0.0)
    rows.append(
        f"| **all** | **{sums['executions']:,}** | {sums['seconds']:,.0f} | **{sums['crashes']}** "
        f"| **{sums['hangs']}** | | {worst:,.1f} |"
    )
    return "\n".join((*_HEAD, *rows))

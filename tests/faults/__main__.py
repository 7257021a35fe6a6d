"""`python -m tests.faults`: every fault alone, then mixtures; writes the tables into docs/reliability.md."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

from include.settings import PROJECT_ROOT
from tests.faults import report
from tests.faults.chaos import Chaos, run_chaos
from tests.faults.matrix import Cell, calm_truth, cells, run_matrix, unexpected
from tests.faults.storm import Records
from tests.faults.tls import Authority
from tests.marked_section import replace_section

PAGE: Final = PROJECT_ROOT / "docs" / "reliability.md"
SECTION: Final = "faults"
_SHOWN: Final = 20


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--only", metavar="WORD", default="", help="faults whose room and name hold this")
    parser.add_argument("--portals", type=int, default=120, help="mixtures (0: none)")
    parser.add_argument("--nights", type=int, default=6, help="nights with faults")
    parser.add_argument("--seed", type=int, default=1, help="of the random faults")
    parser.add_argument("--dry", action="store_true", help="print the tables, write no page")
    return parser.parse_args()


def main() -> int:
    """Run all; 1 where anything did not hold."""
    arguments = _arguments()
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        authority = Authority(folder)
        truth = calm_truth(folder / "calm", authority)
        matrix = cells(authority, lambda name: arguments.only in name)
        records = run_matrix(folder / "matrix", authority, matrix)
        found = report.findings(records, [cell.site for cell in matrix], truth)
        found["outcome of its kind"] = unexpected(matrix, records)
        parts = [_matrix_part(matrix, records, truth)]
        if arguments.portals:
            chaos = run_chaos(
                folder / "chaos", authority, portals=arguments.portals, nights=arguments.nights,
                seed=arguments.seed,
            )  # fmt: skip
            sites = [mixture.site for mixture in chaos.mixtures]
            for check, lines in report.findings(chaos.records, sites, truth).items():
                found[f"mixtures: {check}"] = lines
            parts.append(_chaos_part(chaos, truth))
    text = "\n\n".join([*parts, _holds(found)])
    print(text)
    for check, lines in found.items():
        for line in lines[:_SHOWN]:
            print(f"{check}: {line}", file=sys.stderr)
    if not arguments.dry and not arguments.only and arguments.portals:
        replace_section(PAGE, SECTION, text)
    print(f"{time.monotonic() - begun:.0f} s", file=sys.stderr)
    return 1 if any(found.values()) else 0


def _matrix_part(matrix: list[Cell], records: Records, truth: report.checks.Texts) -> str:
    kinds = len({cell.fault.name for cell in matrix})
    injected = sum(row.injected for row in report.rows_of(records).values())
    head = (
        f"{kinds} kinds of fault, {len({(cell.fault.name, cell.room) for cell in matrix})} with their places,"
        f" injected {injected} times into {len(records.served)} requests."
        f" {report.outcomes_line(records)}."
    )
    return f"### Each kind alone\n\n{head}\n\n{report.matrix_table(matrix, records, truth)}"


def _chaos_part(chaos: Chaos, truth: report.checks.Texts) -> str:
    head = (
        f"{len(chaos.mixtures)} portals, {chaos.nights} nights with faults and one without,"
        f" seed {chaos.seed}."
        f" {report.outcomes_line(chaos.records)}."
    )
    return f"### Mixtures\n\n{head}\n\n{report.chaos_table(chaos, truth)}"


def _holds(found: report.Findings) -> str:
    lines = ["### What held", "", "| check | findings |", "|---|---|"]
    return "\n".join(lines + [f"| {check} | {len(lines)} |" for check, lines in found.items()])


if __name__ == "__main__":
    sys.exit(main())

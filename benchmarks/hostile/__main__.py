"""`python -m benchmarks.hostile`: each kind of hostile answer, with the product's own limits."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict

from rich.console import Console
from rich.table import Table

from benchmarks.hostile.measure import Measured, context, measure
from tests.hostile.catalogue import KINDS

# Wide enough for the table where no terminal says how wide it is.
_PIPED_WIDTH = 140


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.hostile", description=__doc__)
    parser.add_argument("--only", metavar="WORD", default="", help="kinds whose name or room holds this")
    parser.add_argument("--json", action="store_true", help="print JSON in place of the table")
    return parser.parse_args()


def is_crash(measured: Measured) -> bool:
    """Whether a stage was brought down, though only this page was lost."""
    return measured.last.outcome == "crashed" or measured.last.reason == "crawler_error"


def totals(rows: Sequence[Measured]) -> str:
    """One line: kinds, crashes, others than expected, the longest and the largest."""
    told = [
        (
            f"{len(rows)} kinds, {sum(map(is_crash, rows))} crashes,"
            f" {sum(not row.is_expected for row in rows)} in another outcome than expected"
        )
    ]
    for name, steps in (
        ("fetch", [(row.fetch, row.name) for row in rows]),
        ("clean", [(row.clean, row.name) for row in rows if row.clean]),
    ):
        if steps:
            longest = max(steps, key=lambda step: step[0].seconds)
            largest = max(steps, key=lambda step: step[0].mebibytes)
            told.append(f"longest to {name} {longest[0].seconds:.1f} s ({longest[1]})")
            told.append(f"peak to {name} {largest[0].mebibytes:.0f} MiB ({largest[1]})")
    return "; ".join(told)


def _table(rows: Sequence[Measured]) -> Table:
    table = Table(title="Hostile answers, each alone", title_justify="left")
    for name in ("kind", "outcome", "reason"):
        table.add_column(name)
    for name in ("fetch s", "fetch MiB", "clean s", "clean MiB"):
        table.add_column(name, justify="right")
    for row in rows:
        clean = (f"{row.clean.seconds:.1f}", f"{row.clean.mebibytes:.0f}") if row.clean else ("", "")
        table.add_row(
            row.name,
            row.last.outcome,
            (row.last.reason or "") + ("" if row.is_expected else " (not expected)"),
            f"{row.fetch.seconds:.1f}",
            f"{row.fetch.mebibytes:.0f}",
            *clean,
        )
    return table


def main() -> int:
    """Measure the kinds and print them; 1 where one crashed a stage or ended otherwise than expected."""
    arguments = _arguments()
    rows: list[Measured] = []
    processes = context()
    for number, kind in enumerate(KINDS):
        if arguments.only in f"{kind.room}: {kind.name}":
            row = measure(number, processes)
            rows.append(row)
            seconds = row.fetch.seconds + (row.clean.seconds if row.clean else 0)
            told = f"{row.last.outcome} after {seconds:.1f} s"
            print(f"{len(rows):>4} {kind.name}: {told}", file=sys.stderr, flush=True)
    if not rows:
        print(f"--only {arguments.only!r}: no kind has that in its name", file=sys.stderr)
        return 2
    if arguments.json:
        print(json.dumps([asdict(row) for row in rows], ensure_ascii=False, indent=1))
    else:
        console = Console(width=None if sys.stdout.isatty() else _PIPED_WIDTH)
        console.print(_table(rows), totals(rows), sep="\n")
    return 1 if any(is_crash(row) or not row.is_expected for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main())

"""`python -m benchmarks.load`: what a page costs from archived bytes to published marts.

With --night what a night costs without any, with --rebuild how fast everything comes back.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks.load.measure import load
from benchmarks.load.nights import one_round
from benchmarks.load.rebuild import rebuilt
from benchmarks.load.report import alone_table, load_table, rebuild_table, steps_table, told, told_of_night
from benchmarks.printing import console, machine


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.load", description=__doc__)
    parser.add_argument("--pages", type=_sizes, default=(2_000, 10_000), help="of the two loads")
    parser.add_argument("--to-marts", action="store_true", help="leave out export and site")
    parser.add_argument("--night", action="store_true", help="instead: nights without news, by step")
    parser.add_argument("--rebuild", type=int, metavar="PAGES", help="instead: build so many pages again")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2, help="processes that clean and extract")
    parser.add_argument("--json", type=Path, help="write what was measured into this file as well")
    return parser.parse_args()


def _sizes(words: str) -> tuple[int, int]:
    few, many = sorted(int(word) for word in words.split(","))
    return few, many


def _tell(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


def main() -> int:
    """Measure and print."""
    arguments = _arguments()
    with tempfile.TemporaryDirectory(prefix="sotinh-load-") as name:
        folder = Path(name)
        if arguments.night:
            measured, printed = _night(folder)
        elif arguments.rebuild:
            measured, printed = _rebuild(folder, arguments)
        else:
            measured, printed = _loads(folder, arguments)
    if arguments.json:
        arguments.json.write_text(json.dumps(measured, indent=1), encoding="utf-8")
    console().print(machine(), *printed, sep="\n")
    return 0


def _night(folder: Path) -> tuple[Any, list[Any]]:
    night = one_round(folder / "night", _tell)
    return asdict(night), [steps_table(night), alone_table(night), *told_of_night(night)]


def _rebuild(folder: Path, arguments: argparse.Namespace) -> tuple[Any, list[Any]]:
    again = rebuilt(folder / "again", arguments.rebuild, arguments.seed, arguments.workers, _tell)
    return asdict(again), [rebuild_table(again)]


def _loads(folder: Path, arguments: argparse.Namespace) -> tuple[Any, list[Any]]:
    few, many = (
        load(
            folder / f"pages-{pages}",
            pages,
            arguments.seed,
            arguments.workers,
            _tell,
            to_marts=arguments.to_marts,
        )
        for pages in arguments.pages
    )
    return [asdict(few), asdict(many)], [load_table(few, many), *told(few, many)]


if __name__ == "__main__":
    sys.exit(main())

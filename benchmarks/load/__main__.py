"""`python -m benchmarks.load`: what a page costs from archived bytes to published marts."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from benchmarks.load.measure import load
from benchmarks.load.report import load_table, told
from benchmarks.printing import console, machine


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.load", description=__doc__)
    parser.add_argument("--pages", type=_sizes, default=(2_000, 10_000), help="of the two loads")
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
    with tempfile.TemporaryDirectory(prefix="sotinh-load-") as folder:
        few, many = (
            load(Path(folder) / f"pages-{pages}", pages, arguments.seed, arguments.workers, _tell)
            for pages in arguments.pages
        )
        if arguments.json:
            arguments.json.write_text(json.dumps([asdict(few), asdict(many)], indent=1), encoding="utf-8")
        console().print(load_table(few, many), machine(), *told(few, many), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())

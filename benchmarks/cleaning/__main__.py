"""`python -m benchmarks.cleaning`: the cleaner on labelled pages beside trafilatura and other libraries."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from benchmarks.cleaning.comparison import compare, misses_of
from benchmarks.cleaning.evaluation import evaluation_sets
from benchmarks.cleaning.own import family_pages, sample_portals
from benchmarks.cleaning.pages import LabelError
from benchmarks.cleaning.report import Report, show
from benchmarks.cleaning.tools import Ours, available_tools
from benchmarks.printing import console, machine
from include.settings import PROJECT_ROOT


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.cleaning", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, metavar="N", help="measured rounds (default 5)")
    parser.add_argument(
        "--labels",
        type=Path,
        default=PROJECT_ROOT.parent / "shared",
        metavar="FOLDER",
        help="folder of further labelled pages (default: shared beside the project; may be missing)",
    )
    parser.add_argument("--misses", action="store_true", help="also say page by page what ours has wrong")
    parser.add_argument("--json", action="store_true", help="print JSON in place of tables")
    arguments = parser.parse_args()
    if arguments.rounds < 1:
        parser.error("--rounds takes 1 or more")
    return arguments


def _measured(arguments: argparse.Namespace) -> Report:
    tools, missing = available_tools()
    others, absent = evaluation_sets(arguments.labels)
    sets = [family_pages(), sample_portals(), *others]
    misses = [miss for one in sets for miss in misses_of(Ours(), one)] if arguments.misses else None
    return Report(
        machine=machine(),
        notes=(*missing, *absent),
        comparisons=tuple(compare(tools, one, arguments.rounds) for one in sets),
        misses=None if misses is None else tuple(misses),
    )


def main() -> None:
    """Measure what the command line asks for and print it."""
    arguments = _arguments()
    try:
        report = _measured(arguments)
    except LabelError as error:
        sys.exit(str(error))
    if arguments.json:
        print(json.dumps(report.to_json_ready(), ensure_ascii=False, indent=1))
    else:
        show(report, console())


if __name__ == "__main__":
    main()

"""`python -m benchmarks.growth`: a night of new articles on histories of several sizes, step by step."""

from __future__ import annotations

import argparse
import json
import shutil
import sys
from dataclasses import asdict
from multiprocessing import get_context
from pathlib import Path
from typing import Final

from rich.table import Table

from benchmarks.growth.history import make_history
from benchmarks.growth.measure import Night, ratio, run_night
from benchmarks.growth.step import STEPS, UNTIL_PUBLISHED
from benchmarks.printing import console, machine, table
from include.operations.stages import DBT_PROJECT

# From the smallest history to the largest, until readers have the night.
AIM: Final = 1.3


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.growth", description=__doc__)
    parser.add_argument("--articles", type=int, nargs="+", default=[10_000, 100_000], help="of each history")
    parser.add_argument("--tonight", type=int, default=500, help="new articles of the night")
    parser.add_argument("--steps", nargs="+", choices=list(STEPS), default=list(STEPS))
    parser.add_argument("--folder", type=Path, required=True, help="where the histories are made and kept")
    parser.add_argument(
        "--use-up", action="store_true", help="run the night on the history itself, where a disk holds no two"
    )
    parser.add_argument("--json", action="store_true", help="print JSON in place of the table")
    return parser.parse_args()


def _history(folder: Path, articles: int, tonight: int, *, is_used_up: bool) -> Path:
    """A copy of the history that the night may change; the history itself is made once and kept."""
    kept = folder / f"history-{articles}-{tonight}"
    if not (kept / "sotinh.duckdb").exists():
        print(f"Making a history of {articles:,} articles in {kept} …", file=sys.stderr, flush=True)
        shutil.rmtree(kept, ignore_errors=True)
        _made_by_another_process(kept, articles, tonight)
    copy = folder / "night"
    shutil.rmtree(copy, ignore_errors=True)
    if is_used_up:
        kept.rename(copy)
    else:
        shutil.copytree(kept, copy)
    return copy


def _made_by_another_process(folder: Path, articles: int, tonight: int) -> None:
    """By another, since what this one once had counts as the peak of each process that it starts later."""
    wanted = {"articles": articles, "tonight": tonight}
    maker = get_context("spawn").Process(target=make_history, args=(folder, DBT_PROJECT), kwargs=wanted)
    maker.start()
    maker.join()
    if maker.exitcode:
        raise SystemExit(f"{folder} was not made, see above: remove it and try again")


def _table(nights: list[Night]) -> Table:
    made = table("a night on a history of", "", *(f"{night.articles:,}" for night in nights))
    smallest = nights[0]
    for name in smallest.steps:
        made.add_row(name, *(_told(night.steps[name].processor, night.steps[name].wall) for night in nights))
    totals = [night.until_published() for night in nights]
    made.add_row(
        f"until published ({len(UNTIL_PUBLISHED)})", *(_told(one.processor, one.wall) for one in totals)
    )
    made.add_row("× the smallest history", *(f"{ratio(one, totals[0]):.2f}" for one in totals))
    made.add_row("published file, MiB", *(f"{night.file_mib:,.0f}" for night in nights))
    made.add_row("memory at most, MiB", *(f"{one.peak_mib:,.0f}" for one in totals))
    return made


def _told(processor: float, wall: float) -> str:
    return f"{processor:.1f} s ({wall:.1f})"


def main() -> int:
    """Make what histories are missing, run a night on each and print; processor seconds, then the clock's."""
    arguments = _arguments()
    nights = []
    for articles in sorted(arguments.articles):
        history = _history(arguments.folder, articles, arguments.tonight, is_used_up=arguments.use_up)
        nights.append(run_night(history, articles, arguments.steps))
    if arguments.json:
        print(json.dumps([asdict(night) for night in nights], indent=1))
        return 0
    console().print(_table(nights), machine(), f"the aim is {AIM}× until published", sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())

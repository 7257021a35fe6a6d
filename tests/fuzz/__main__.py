"""`python -m tests.fuzz`: every target in processes of its own, and the table of docs/reliability.md."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from include.settings import PROJECT_ROOT
from tests.fuzz.report import lost, results_in, table, written
from tests.fuzz.target import Target
from tests.fuzz.targets import TARGETS
from tests.fuzz.worker import Order
from tests.marked_section import replace_section

FOLDER: Final = PROJECT_ROOT / ".fuzz"
PAGE: Final = PROJECT_ROOT / "docs" / "reliability.md"


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done. share: of the programme's executions; minutes: in all, however many jobs.

    is_done: it was run before, and only what came of it is wanted.
    """

    targets: tuple[Target, ...]
    share: float
    minutes: float
    seed: int
    jobs: int
    is_blind: bool
    is_done: bool
    folder: Path


def plan_of(arguments: list[str]) -> tuple[Plan, bool]:
    """The plan that a command line gives, and whether the page is written."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument(
        "--only", metavar="WORDS", help="targets whose name has one of these words, by commas"
    )
    parser.add_argument("--minutes", type=float, default=float("inf"), help="in all, shared out evenly")
    parser.add_argument("--share", type=float, default=1.0, help="of the programme's executions (default 1)")
    parser.add_argument("--seed", type=int, default=1, help="what the inputs begin with (default 1)")
    parser.add_argument("--jobs", type=int, default=2, help="processes at a time (default 2)")
    parser.add_argument(
        "--blind", action="store_true", help="without atheris: bytes drawn from the seed alone"
    )
    parser.add_argument("--folder", type=Path, default=FOLDER, help="corpora, findings and tallies (.fuzz)")
    parser.add_argument("--table", action="store_true", help="run nothing, show what there is")
    parser.add_argument("--no-page", action="store_true", help="leave docs/reliability.md as it is")
    told = parser.parse_args(arguments)
    words = [word.strip() for word in (told.only or "").split(",") if word.strip()]
    targets = tuple(one for one in TARGETS if not words or any(word in one.name for word in words))
    if not targets:
        parser.error(f"no target is named so; there are: {', '.join(one.name for one in TARGETS)}")
    if told.share <= 0 or told.jobs < 1:
        parser.error("--share takes more than 0, --jobs 1 or more")
    plan = Plan(targets, told.share, told.minutes, told.seed, told.jobs, told.blind, told.table, told.folder)
    return plan, not told.no_page


def orders_of(plan: Plan) -> list[Order]:
    """What each process is to do; targets of several parts, which take longest, come first."""
    longest_first = sorted(plan.targets, key=lambda target: -target.parts)
    pieces = [(target, part) for target in longest_first for part in range(1, target.parts + 1)]
    seconds = plan.minutes * 60 * plan.jobs / len(pieces)
    return [
        Order(target.module, target.name, _runs(plan, target), seconds, plan.seed, plan.folder, part)
        for target, part in pieces
    ]


def _runs(plan: Plan, target: Target) -> int:
    """The executions of one of the target's parts."""
    return max(1, round(target.runs * plan.share / target.parts))


def run(plan: Plan, order: Order) -> None:
    """One order in its own process; a process that is ended leaves a finding."""
    order.result.unlink(missing_ok=True)
    order.folder.mkdir(parents=True, exist_ok=True)
    command = [
        sys.executable, "-m", "tests.fuzz.worker", order.module, order.name, "--runs", str(order.runs),
        "--seconds", str(order.seconds), "--seed", str(order.seed), "--folder", str(order.folder),
        "--part", str(order.part), *(["--blind"] if plan.is_blind else []),
    ]  # fmt: skip
    # Where sets and dicts of texts are walked, a repeated run takes the same way.
    environment = os.environ | {"PYTHONHASHSEED": "0", "PYTHONPATH": str(PROJECT_ROOT)}
    said = order.result.with_suffix(".log")
    with said.open("wb") as log:
        code = subprocess.run(command, cwd=PROJECT_ROOT, env=environment, stdout=log, stderr=log).returncode
    if code or not order.result.exists():
        lost(order, f"the process ended with {code}; see {said}")
    print(written(order.result), flush=True)


def main() -> int:
    """Do the plan; 1 where anything was found."""
    plan, has_page = plan_of(sys.argv[1:])
    if not plan.is_done:
        with ThreadPoolExecutor(plan.jobs) as pool:
            list(pool.map(lambda order: run(plan, order), orders_of(plan)))
    results = results_in(plan.folder)
    text = table(results)
    print(f"\n{text}")
    if has_page:
        replace_section(PAGE, "fuzz", text)
    found = [one for one in results if one["crashes"] or one["hangs"]]
    for one in found:
        for what, data in one["findings"].items():
            print(f"{one['target']}: {what}\n    {data}", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main())

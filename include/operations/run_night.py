"""`make run`: one night by hand, through the real DAGs, with progress and a summary at the end.

`make rebuild`, `make requarantine` and `make reclean` go the same way without asking any portal.

Exit codes: 0 all done; 1 a task or a gate failed (the published file is as it was); 2 the run
could not start (registry, port, disk, another run in the folder); 130 stopped.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from rich.console import Console

from include.contract import REPLAYABLE_OUTCOMES
from include.operations.airflow_environment import airflow_environment
from include.operations.processes import (
    FolderBusyError,
    end_groups,
    interrupt_on_termination,
    one_run_at_a_time,
)
from include.operations.runbook import page_of_error, shown
from include.operations.samples import (
    SamplesMixedError,
    SamplesNotServedError,
    keep_apart,
    registry_served_last,
    sample_ids,
    served_samples,
)
from include.operations.summary import PIPED_WIDTH, print_summary
from include.portals.registry import RegistryError, load_registry
from include.settings import PROJECT_ROOT, Settings
from include.vocabulary import load_vocabulary
from include.warehouse.database import WarehouseDamagedError, WarehouseLockedError
from include.warehouse.ledger import landed_sources
from include.warehouse.manifest import Manifest, ManifestError
from include.warehouse.publish import read_manifest

# What a user can mend before anything has begun.
CANNOT_START = (
    RegistryError,
    SamplesNotServedError,
    SamplesMixedError,
    FolderBusyError,
    WarehouseDamagedError,
    WarehouseLockedError,
    ManifestError,
    OSError,
)
# DAGs to run one after the other, each with its Params.
Runs = list[tuple[str, dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run does. asks_portals: the network is used; needs_registry: pages are cleaned."""

    runs: Runs
    asks_portals: bool = False
    needs_registry: bool = True


NIGHT: Final = Plan([("load_articles", {}), ("build_marts", {})], asks_portals=True)
REBUILD: Final = Plan([("build_marts", {"full_refresh": True})], needs_registry=False)


def replay_plan(outcomes: list[str], *, articles: bool) -> Plan:
    """Clean archived pages again, then build what is new."""
    return Plan([("replay_articles", {"outcomes": outcomes, "articles": articles}), ("build_marts", {})])


def main() -> int:
    """Run the night, or what the one option says instead."""
    plan = _plan_of(sys.argv[1:])
    console = Console(highlight=False, width=None if sys.stdout.isatty() else PIPED_WIDTH)
    runs_folder = Settings.from_environment().data_dir / "runs"
    try:
        runs_folder.mkdir(parents=True, exist_ok=True)
        with (
            one_run_at_a_time(runs_folder.parent),
            _samples_where_none_are_named(runs_folder, plan) as (registry, count),
        ):
            if count:
                console.print(f"Serving {count} sample portals on 127.0.0.1")
            if registry is not None:
                os.environ["SOTINH_PORTALS"] = str(registry)
            settings = Settings.from_environment()
            _check(settings, plan)
            return _run(settings, console, plan.runs)
    except KeyboardInterrupt:
        console.print("\nStopped; the published file is as it was. The next run goes on from here.")
        return 130
    except CANNOT_START as problem:
        page = shown(page_of_error(type(problem).__name__, str(problem)))
        console.print(f"The run cannot start.\n{problem}\nWhat to do: {page}", style="bold red", markup=False)
        return 2


def _plan_of(words: list[str]) -> Plan:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    one_of = parser.add_mutually_exclusive_group()
    one_of.add_argument("--rebuild", action="store_true", help="read every landed article again")
    one_of.add_argument(
        "--requarantine",
        metavar="OUTCOMES",
        type=_outcomes,
        help=f"clean archived pages again that ended so: {', '.join(REPLAYABLE_OUTCOMES)} (commas between)",
    )
    one_of.add_argument("--reclean", action="store_true", help="clean the newest capture of every page again")
    arguments = parser.parse_args(words)
    if arguments.requarantine:
        return replay_plan(arguments.requarantine, articles=False)
    if arguments.reclean:
        return replay_plan(list(REPLAYABLE_OUTCOMES), articles=True)
    return REBUILD if arguments.rebuild else NIGHT


def _outcomes(text: str) -> list[str]:
    outcomes = [word.strip() for word in text.split(",") if word.strip()]
    unknown = sorted(set(outcomes) - set(REPLAYABLE_OUTCOMES))
    if unknown or not outcomes:
        raise argparse.ArgumentTypeError(
            f"OUTCOMES={text}: give one or more of {', '.join(REPLAYABLE_OUTCOMES)}, commas between"
        )
    return outcomes


def _check(settings: Settings, plan: Plan) -> None:
    """Raise one of CANNOT_START where the registry, or what the folder holds, does not fit this run."""
    held = landed_sources(settings.warehouse)
    if not plan.asks_portals and not held:
        raise FileNotFoundError(f"nothing was landed in {settings.data_dir} yet: start with `make run`")
    if plan.needs_registry:
        registry = load_registry(settings.registry, load_vocabulary().provinces)
        keep_apart(settings.data_dir, held, {portal.id for portal in registry.portals})


def _samples_where_none_are_named(
    folder: Path, plan: Plan
) -> AbstractContextManager[tuple[Path | None, int]]:
    """The sample portals, served, where the user named no registry.

    What asks no portal needs none served; pages of the samples are cleaned by the registry of their run.
    """
    if os.environ.get("SOTINH_PORTALS") or not plan.needs_registry:
        return nullcontext((None, 0))
    if plan.asks_portals:
        return served_samples(folder)
    held = landed_sources(Settings.from_environment().warehouse)
    return nullcontext((None if sample_ids().isdisjoint(held) else registry_served_last(folder), 0))


def _run(settings: Settings, console: Console, runs: Runs) -> int:
    started, before = time.monotonic(), read_manifest(settings.data_dir)
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    log_path = settings.data_dir / "runs" / f"{stamp}.log"
    progress_path = settings.data_dir / "runs" / f"{stamp}.progress.jsonl"
    progress_path.touch()
    words = [word for dag_id, conf in runs for word in (dag_id, json.dumps(conf))]
    environment = os.environ | airflow_environment(settings)
    environment |= {"SOTINH_PROGRESS": str(progress_path), "SOTINH_TASK_RETRIES": "0"}
    console.print(f"Starting Airflow (log: {log_path}) …", markup=False)
    with log_path.open("wb") as log:
        child = subprocess.Popen(  # noqa: S603 - our own module, words built here
            [sys.executable, "-m", "include.operations.run_dags", *words],
            cwd=PROJECT_ROOT,
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
            # A group of its own: dbt and the workers end with it.
            start_new_session=True,
        )
        try:
            for line in _follow(progress_path, child):
                elapsed = time.monotonic() - started
                style = "bold red" if line["stage"] == "failed" else None
                text = f"{elapsed:5.0f} s  {line['stage']:<9} {line['message']}"
                console.print(text, style=style, markup=False)
            code = child.wait()
        finally:
            if child.poll() is None:
                end_groups([child])
    if code != 0:
        console.print(
            f"\nThe run failed; {_what_readers_have(settings, before)}. All details: {log_path}",
            style="bold red",
            markup=False,
        )
        return 1
    print_summary(settings, console, seconds=time.monotonic() - started)
    return 0


def _what_readers_have(settings: Settings, before: Manifest | None) -> str:
    """After a failed run; one that failed after publishing must not be taken for a night that was refused."""
    now = read_manifest(settings.data_dir)
    if now is None or now == before:
        return "the published file is as it was"
    return f"but {now.run_id} is published: `make export` writes its open data, `make site` its pages"


def _follow(path: Path, child: subprocess.Popen[bytes]) -> Iterator[dict[str, str]]:
    """Yield the progress lines of `path` as the child writes them, until it has ended."""
    with path.open(encoding="utf-8") as stream:
        rest = ""
        while True:
            ended = child.poll() is not None
            rest += stream.read()
            *whole, rest = rest.split("\n")
            yield from (json.loads(line) for line in whole)
            if ended:
                return
            time.sleep(0.2)


if __name__ == "__main__":
    interrupt_on_termination()
    sys.exit(main())

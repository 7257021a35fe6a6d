"""`make run`: one night by hand, through the real DAGs, with progress and a summary at the end.

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
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console

from include.operations.airflow_environment import airflow_environment
from include.operations.processes import (
    FolderBusyError,
    end_groups,
    interrupt_on_termination,
    one_run_at_a_time,
)
from include.operations.samples import (
    SamplesMixedError,
    SamplesNotServedError,
    keep_apart,
    served_samples,
)
from include.operations.summary import PIPED_WIDTH, print_summary
from include.portals.registry import RegistryError, load_registry
from include.settings import PROJECT_ROOT, Settings
from include.vocabulary import load_vocabulary
from include.warehouse.database import WarehouseLockedError
from include.warehouse.ledger import landed_sources

# What a user can mend before anything has begun.
CANNOT_START = (
    RegistryError,
    SamplesNotServedError,
    SamplesMixedError,
    FolderBusyError,
    WarehouseLockedError,
    OSError,
)
NIGHT: list[tuple[str, dict[str, bool]]] = [("load_articles", {}), ("build_marts", {})]
REBUILD: list[tuple[str, dict[str, bool]]] = [("build_marts", {"full_refresh": True})]


def main() -> int:
    """Run the night, or with --rebuild only the build over all that was landed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--rebuild", action="store_true", help="read every landed article again")
    arguments = parser.parse_args()
    console = Console(highlight=False, width=None if sys.stdout.isatty() else PIPED_WIDTH)
    runs_folder = Settings.from_environment().data_dir / "runs"
    try:
        runs_folder.mkdir(parents=True, exist_ok=True)
        with (
            one_run_at_a_time(runs_folder.parent),
            _samples_where_none_are_named(runs_folder, rebuild=arguments.rebuild) as (registry, count),
        ):
            if count:
                os.environ["SOTINH_PORTALS"] = str(registry)
                console.print(f"Serving {count} sample portals on 127.0.0.1")
            settings = Settings.from_environment()
            _check(settings, rebuild=arguments.rebuild)
            return _run(settings, console, REBUILD if arguments.rebuild else NIGHT)
    except KeyboardInterrupt:
        console.print("\nStopped; the published file is as it was. The next run goes on from here.")
        return 130
    except CANNOT_START as problem:
        console.print(f"The run cannot start.\n{problem}", style="bold red", markup=False)
        return 2


def _check(settings: Settings, *, rebuild: bool) -> None:
    """Raise one of CANNOT_START where the registry, or what the folder holds, does not fit this run."""
    held = landed_sources(settings.warehouse)
    if rebuild:
        if not held:
            raise FileNotFoundError(f"nothing was landed in {settings.data_dir} yet: start with `make run`")
        return
    registry = load_registry(settings.registry, load_vocabulary().provinces)
    keep_apart(settings.data_dir, held, {portal.id for portal in registry.portals})


def _samples_where_none_are_named(
    folder: Path, *, rebuild: bool
) -> AbstractContextManager[tuple[Path | None, int]]:
    """The sample portals, served, where the user named no registry; a rebuild asks no portal."""
    if rebuild or os.environ.get("SOTINH_PORTALS"):
        return nullcontext((None, 0))
    return served_samples(folder)


def _run(settings: Settings, console: Console, runs: list[tuple[str, dict[str, bool]]]) -> int:
    started = time.monotonic()
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
            f"\nThe run failed; the published file is as it was. All details: {log_path}",
            style="bold red",
            markup=False,
        )
        return 1
    print_summary(settings, console, seconds=time.monotonic() - started)
    return 0


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

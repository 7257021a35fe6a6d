"""Serves the project's own sample portals while a run needs them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import yaml

from include.settings import PROJECT_ROOT

SAMPLES = PROJECT_ROOT / "tests" / "sample_portals"
# Fixed ports, because an article's address is its identity: on another port it would be another article.
FIRST_PORT = 18901
REGISTRY_FILE = "sample_portals.yml"


class SamplesNotServedError(RuntimeError):
    """The sample portals could not be started; the message says why."""


class SamplesMixedError(RuntimeError):
    """Invented and real portals would come into one warehouse; the message says how to keep them apart."""


@cache
def sample_ids() -> frozenset[str]:
    """The ids of the sample portals."""
    entries = yaml.safe_load((SAMPLES / "portals.yml").read_text(encoding="utf-8"))["portals"]
    return frozenset(entry["id"] for entry in entries)


def keep_apart(data_dir: Path, held: Collection[str], run: Collection[str]) -> None:
    """Raise SamplesMixedError where a folder that holds the portals `held` shall take `run`, and only one of
    the two are samples: their people and figures are invented and must not stand beside real ones.
    """
    samples = sample_ids()
    if not held or samples.isdisjoint(held) == samples.isdisjoint(run):
        return
    if samples.isdisjoint(run):
        raise SamplesMixedError(
            f"{data_dir} holds the invented sample portals, and real ones must not stand beside them:"
            " name another folder with DATA_DIR=<folder>"
        )
    raise SamplesMixedError(
        f"{data_dir} holds real portals ({', '.join(sorted(held)[:3])} …), and the invented samples must not"
        " stand beside them: name your registry with PORTALS=<file>, or another folder with DATA_DIR=<folder>"
    )


@contextmanager
def served_samples(folder: Path) -> Iterator[tuple[Path, int]]:
    """Serve the sample portals on loopback until the block ends, from port SOTINH_SAMPLE_PORT on.

    Yields the registry file with their addresses, written into `folder` beside the request log, and how
    many portals there are. Raises SamplesNotServedError, with the server's own words, where it cannot
    start (a port that is taken).
    """
    folder.mkdir(parents=True, exist_ok=True)
    first_port = int(os.environ.get("SOTINH_SAMPLE_PORT") or FIRST_PORT)
    registry = folder / REGISTRY_FILE
    options = {"--log": folder / "sample_requests.tsv", "--registry": registry, "--first-port": first_port}
    words = [str(word) for option in options.items() for word in option]
    server = subprocess.Popen(  # noqa: S603 - our own script, no outside input
        [sys.executable, "-m", "tests.sample_portals.serve", "--until-parent-ends", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=PROJECT_ROOT,
    )
    try:
        yield registry, _count_portals(server)
    finally:
        server.terminate()
        server.wait(timeout=10)


def registry_served_last(folder: Path) -> Path:
    """The registry file that `served_samples` wrote into `folder`; SamplesNotServedError without one."""
    registry = folder / REGISTRY_FILE
    if not registry.is_file():
        raise SamplesNotServedError(f"{registry} is gone: `make run` writes it again")
    return registry


def _count_portals(server: subprocess.Popen[str]) -> int:
    """Read `portal origin` lines until the server says that all are served, or ends."""
    lines: list[str] = []
    for line in server.stdout or ():
        if line.startswith("serving "):
            return len(lines)
        lines.append(line)
    said = "".join(lines[-3:]).strip()
    raise SamplesNotServedError(
        f"the sample portals cannot be served: {said} (for `make run`: SOTINH_SAMPLE_PORT=28901 make run)"
    )

"""Serves the project's own sample portals while a run needs them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from include.settings import PROJECT_ROOT

SAMPLES = PROJECT_ROOT / "tests" / "sample_portals"
SAMPLE_REGISTRY = SAMPLES / "portals.yml"


class SamplesNotServedError(RuntimeError):
    """The sample portals could not be started; the message says why."""


@contextmanager
def served_samples(log: Path) -> Iterator[int]:
    """Serve the sample portals on loopback until the block ends; yields how many there are.

    log: request log. Raises SamplesNotServedError, with the server's own words, where it cannot start
    (a port that is taken).
    """
    server = subprocess.Popen(  # noqa: S603 - our own script, no outside input
        [sys.executable, str(SAMPLES / "serve.py"), "--until-parent-ends", "--log", str(log)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        cwd=PROJECT_ROOT,
    )
    try:
        yield _count_portals(server)
    finally:
        server.terminate()
        server.wait(timeout=10)


def _count_portals(server: subprocess.Popen[str]) -> int:
    """Read `portal origin` lines until the server says that all are served, or ends."""
    lines: list[str] = []
    for line in server.stdout or ():
        if line.startswith("serving "):
            return len(lines)
        lines.append(line)
    raise SamplesNotServedError("the sample portals cannot be served: " + "".join(lines[-3:]).strip())

"""Serves the project's own sample portals while a run needs them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from include.settings import PROJECT_ROOT

SAMPLES = PROJECT_ROOT / "tests" / "sample_portals"
# Fixed ports, because an article's address is its identity: on another port it would be another article.
FIRST_PORT = 18901


class SamplesNotServedError(RuntimeError):
    """The sample portals could not be started; the message says why."""


@contextmanager
def served_samples(folder: Path, first_port: int) -> Iterator[tuple[Path, int]]:
    """Serve the sample portals on loopback until the block ends.

    Yields the registry file with their addresses, written into `folder` beside the request log, and how
    many portals there are. Raises SamplesNotServedError, with the server's own words, where it cannot
    start (a port that is taken).
    """
    registry = folder / "sample_portals.yml"
    options = {"--log": folder / "sample_requests.tsv", "--registry": registry, "--first-port": first_port}
    words = [str(word) for option in options.items() for word in option]
    server = subprocess.Popen(  # noqa: S603 - our own script, no outside input
        [sys.executable, str(SAMPLES / "serve.py"), "--until-parent-ends", *words],
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

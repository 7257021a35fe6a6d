"""Programs that a lane starts on loopback for itself, and that are gone when it ends."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

HOST = "127.0.0.1"
_START_S = 90.0
_END_S = 30.0


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind((HOST, 0))
        return int(trial.getsockname()[1])


@dataclass
class Service:
    """A program that leads a process group of its own, and what it printed."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path

    @property
    def is_running(self) -> bool:
        return self.process.poll() is None

    def kill(self) -> None:
        """End it and all that it started at once, as a machine that is switched off does."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def end(self) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(timeout=_END_S)
        self.kill()

    def words(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")


def started(
    name: str,
    words: Sequence[str],
    log_folder: Path,
    *,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
) -> Service:
    """Start a program; appends to its log, so that a second start is told behind the first."""
    log_folder.mkdir(parents=True, exist_ok=True)
    log = log_folder / f"{name}.log"
    with log.open("ab") as stream:
        process = subprocess.Popen(
            list(words), stdout=stream, stderr=subprocess.STDOUT, env=env, cwd=cwd, start_new_session=True
        )
    return Service(name, process, log)


def wait_until(
    is_so: Callable[[], object], what: str, *, seconds: float = _START_S, services: Sequence[Service] = ()
) -> None:
    """Ask every half second; fails with the end of each service's log where it takes too long."""
    deadline = time.monotonic() + seconds
    while not is_so():
        dead = [service.name for service in services if not service.is_running]
        if dead or time.monotonic() > deadline:
            told = "\n".join(f"--- {service.name}\n{service.words()[-3000:]}" for service in services)
            raise AssertionError(f"{what}: not after {seconds:.0f} s; ended: {dead or 'none'}\n{told}")
        time.sleep(0.5)


def answers(port: int) -> bool:
    with socket.socket() as trial:
        trial.settimeout(1)
        return trial.connect_ex((HOST, port)) == 0


@contextmanager
def redis(folder: Path, port: int) -> Iterator[Callable[[], Service]]:
    """Yields what starts a Redis on `port` that keeps nothing; what was started ends with the block."""
    services: list[Service] = []

    def start() -> Service:
        words = ["redis-server", "--bind", HOST, "--port", str(port), "--save", "", "--dir", str(folder)]
        service = started("redis", words, folder)
        services.append(service)
        wait_until(lambda: answers(port), "Redis answers", services=[service])
        return service

    folder.mkdir(parents=True, exist_ok=True)
    try:
        yield start
    finally:
        for service in services:
            service.end()

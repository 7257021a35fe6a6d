"""A standalone Spark master and its workers on loopback, and every process that comes of them."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from include.operations.processes import end_groups
from include.settings import PROJECT_ROOT

MASTER = "org.apache.spark.deploy.master.Master"
WORKER = "org.apache.spark.deploy.worker.Worker"
# In the environment of every process of a cluster and of the drivers that use it.
MARK = "SOTINH_SPARK_TEST"
_START_S = 180
_END_S = 60
_PROC = Path("/proc")
_TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Cluster:
    """One that runs. python: of its drivers and executors; master: spark://…; mark: value of MARK."""

    python: str
    master: str
    mark: str
    folder: Path

    def environment(self, **more: str) -> dict[str, str]:
        """For a driver that works on this cluster."""
        return {
            **base_environment(self.mark),
            "SOTINH_ENGINE": "spark",
            "SOTINH_SPARK_MASTER": self.master,
            **more,
        }

    def executors(self) -> list[int]:
        """Processes in which Java runs the executors of an application."""
        return [pid for pid in marked(self.mark) if b"CoarseGrainedExecutorBackend" in _words(pid)]


def base_environment(mark: str) -> dict[str, str]:
    """The environment of whatever is started here: loopback alone, and the mark."""
    own = {name: value for name, value in os.environ.items() if not name.startswith(("SPARK_", "PYSPARK_"))}
    return {
        **own,
        "PYTHONPATH": os.pathsep.join([str(PROJECT_ROOT), str(PROJECT_ROOT / "dbt_project" / "plugins")]),
        "PYTHONUTF8": "1",
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_LOCAL_HOSTNAME": "127.0.0.1",
        MARK: mark,
    }


@contextmanager
def running(folder: Path, python: str, *, workers: int = 2, memory: str = "2g") -> Iterator[Cluster]:
    """A master and `workers` workers of one core each, until the block ends; then not one process is left.

    python: an interpreter that has pyspark. Raises AssertionError with the daemons' words where they do not
    start, and naming what is left at the end.
    """
    mark = uuid.uuid4().hex
    home = spark_home(python)
    environment = base_environment(mark) | {"SPARK_WORKER_DIR": str(folder / "work")}
    # What Spark spills and the answers that are kept until they are fetched.
    environment["SPARK_LOCAL_DIRS"] = str(folder / "local")
    daemons: list[subprocess.Popen[bytes]] = []

    def start(name: str, *words: str) -> Path:
        log = folder / f"{name}.log"
        with log.open("wb") as stream:
            command = [str(home / "bin" / "spark-class"), *words]
            daemons.append(
                subprocess.Popen(
                    command, stdout=stream, stderr=stream, env=environment, start_new_session=True
                )
            )
        return log

    try:
        log = start("master", MASTER, "--host", "127.0.0.1", "--port", "0", "--webui-port", "0")
        master = _told(log, r"Starting Spark master at (spark://\S+)")
        sizes = ("--cores", "1", "--memory", memory, "--webui-port", "0")
        logs = [
            start(f"worker-{number}", WORKER, "--host", "127.0.0.1", *sizes, master)
            for number in range(workers)
        ]
        for log in logs:
            _told(log, r"Successfully registered with master (\S+)")
        yield Cluster(python, master, mark, folder)
    finally:
        with _handlers_kept():
            end_groups(daemons)
        assert_gone(mark)


def drive(cluster: Cluster, *words: str, **environment: str) -> dict[str, Any]:
    """What `tests.scale.spark.drive` prints on that cluster."""
    done = subprocess.run(
        [cluster.python, "-m", "tests.scale.spark.drive", *words],
        cwd=PROJECT_ROOT,
        env=cluster.environment(**environment),
        capture_output=True,
        text=True,
        timeout=900,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


def spark_home(python: str) -> Path:
    """Where the interpreter's pyspark lies."""
    asked = "import importlib.util as u; print(u.find_spec('pyspark').submodule_search_locations[0])"
    done = subprocess.run([python, "-c", asked], capture_output=True, text=True, check=True)
    return Path(done.stdout.strip())


def marked(mark: str) -> list[int]:
    """Processes that were started with `mark` in their environment, this one's children and others'."""
    found = []
    wanted = f"{MARK}={mark}".encode()
    for entry in _PROC.iterdir():
        if entry.name.isdigit():
            with suppress(OSError):
                if wanted in (entry / "environ").read_bytes().split(b"\0"):
                    found.append(int(entry.name))
    return found


def processor_seconds(mark: str) -> float:
    """What the processes of `mark` that live, and those that they have waited for, took of the processors."""
    ticks = 0
    for pid in marked(mark):
        with suppress(OSError):
            fields = (_PROC / str(pid) / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()
            # User and system time of its own and of its children.
            ticks += sum(map(int, fields[11:15]))
    return ticks / _TICKS


def assert_gone(mark: str) -> None:
    """Wait for the processes of `mark` to end; fails naming those that do not."""
    deadline = time.monotonic() + _END_S
    while left := marked(mark):
        told = {pid: _words(pid)[:200] for pid in left}
        assert time.monotonic() < deadline, f"processes outlive their cluster: {told}"
        time.sleep(0.2)


def _told(log: Path, pattern: str) -> str:
    deadline = time.monotonic() + _START_S
    while not (found := re.search(pattern, log.read_text("utf-8", "replace"))):
        assert time.monotonic() < deadline, f"{log} does not say {pattern}:\n{log.read_text('utf-8')[-3000:]}"
        time.sleep(0.2)
    return found[1]


def _words(pid: int) -> bytes:
    try:
        return (_PROC / str(pid) / "cmdline").read_bytes()
    except OSError:
        return b""


@contextmanager
def _handlers_kept() -> Iterator[None]:
    """`end_groups` ends a program and stops hearing signals; whoever goes on hears them again."""
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before: Mapping[signal.Signals, object] = {number: signal.getsignal(number) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)

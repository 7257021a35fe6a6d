"""The connection to a Spark cluster: made when work comes, kept while more comes, given back soon after.

An application holds its executors as long as its session lasts, and others of the same cluster get none: the
session ends after some seconds without work. Java stays until this process ends; the next session in it
takes a second or two.
"""

from __future__ import annotations

import atexit
import os
import shutil
import socket
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from include.settings import PROJECT_ROOT
from include.without_pandas import without_pandas

# Two calls of a build follow each other within a second.
IDLE_S = 10.0
# How long a job may be without a single executor, at its begin and in its middle.
PATIENCE_S = 120.0
_LOOK_S: Final = 1.0
_ANSWER_S: Final = 10.0
INSTEAD: Final = "SOTINH_ENGINE=local works without a cluster"


class SparkEngineError(RuntimeError):
    """The Spark cluster cannot do the work, or did not finish it; the message says why and what to do."""


class _Kept:
    """The session of this process, how many use it, and what ends it."""

    lock = threading.RLock()
    session: Any = None
    users = 0
    ending: threading.Timer | None = None


@contextmanager
def session_on(master: str) -> Iterator[Any]:
    """The SparkSession of this process on `master` (spark://host:port), until the block ends.

    Raises SparkEngineError where pyspark or Java is missing or no master answers.
    """
    with _Kept.lock:
        if _Kept.ending is not None:
            _Kept.ending.cancel()
        if _Kept.session is None or not _is_alive(_Kept.session):
            require_spark(master)
            _Kept.session = _started(master)
        _Kept.users += 1
        session = _Kept.session
    try:
        yield session
    finally:
        with _Kept.lock:
            _Kept.users -= 1
            if _Kept.users == 0:
                _Kept.ending = threading.Timer(IDLE_S, _end_if_idle)
                _Kept.ending.daemon = True
                _Kept.ending.start()


def end_session() -> None:
    """End the session now, and with it the hold on the cluster's executors."""
    with _Kept.lock:
        session, _Kept.session = _Kept.session, None
        if session is not None:
            with suppress(Exception):  # a cluster that is gone cannot be told goodbye
                session.stop()


def require_spark(master: str) -> None:
    """Raise SparkEngineError where pyspark or Java is missing, or nothing listens at `master`."""
    if find_spec("pyspark") is None:
        raise SparkEngineError(
            f"SOTINH_ENGINE=spark needs the package pyspark, which {sys.executable} does not have:"
            f" run in the environment of requirements-spark.lock (`make setup-spark`); {INSTEAD}"
        )
    home = os.environ.get("JAVA_HOME")
    if not (Path(home, "bin", "java").is_file() if home else shutil.which("java")):
        where = f"JAVA_HOME={home} has no bin/java" if home else "no java is in PATH"
        raise SparkEngineError(
            f"SOTINH_ENGINE=spark needs Java 17 or later, and {where}: on Debian and Ubuntu install"
            f" openjdk-17-jre-headless, or name its folder in JAVA_HOME; {INSTEAD}"
        )
    problems = [problem for address in _addresses(master) if (problem := _not_listening(*address))]
    if len(problems) == len(_addresses(master)):
        raise SparkEngineError(
            f"no Spark master answers at {master} ({'; '.join(problems)}): start it, or correct"
            f" SOTINH_SPARK_MASTER; {INSTEAD}"
        )


@contextmanager
def watched(session: Any, master: str) -> Iterator[None]:
    """Do not wait for executors for ever: after PATIENCE_S without any, jobs are cancelled.

    Whatever Spark raises in the block becomes a SparkEngineError.
    """
    is_over, is_lost = threading.Event(), threading.Event()
    watcher = threading.Thread(target=_watch, args=(session, is_over, is_lost), daemon=True)
    watcher.start()
    try:
        yield
    except SparkEngineError:
        raise
    except Exception as error:
        if not _is_sparks(error):
            raise
        if is_lost.is_set():
            raise SparkEngineError(
                f"{master} had no executor for this work for {PATIENCE_S:.0f} s: look at the master's page"
                " for workers that are alive and for another application that holds all cores, then"
                f" run it again; {INSTEAD}"
            ) from error
        raise SparkEngineError(
            f"the work on {master} did not come to its end: {_told(error)}; run it again, nothing of it was"
            f" kept. The executors' logs lie in the workers' folder work/; {INSTEAD}"
        ) from error
    finally:
        is_over.set()
        watcher.join()


def _watch(session: Any, is_over: threading.Event, is_lost: threading.Event) -> None:
    last_seen = time.monotonic()
    context = session.sparkContext
    # Calls fail once the session has stopped: then the job itself tells.
    with suppress(Exception):
        while not is_over.wait(_LOOK_S):
            # The driver's own store of blocks is among them.
            if context._jsc.sc().getExecutorMemoryStatus().size() > 1:
                last_seen = time.monotonic()
            elif time.monotonic() - last_seen > PATIENCE_S:
                is_lost.set()
                # At every look: the job may begin only now.
                context.cancelAllJobs()


def _started(master: str) -> Any:
    # The executors' interpreter: the same path as here, unless Spark's own variable says otherwise.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    with without_pandas():
        from pyspark.sql import SparkSession

    paths = (PROJECT_ROOT, PROJECT_ROOT / "dbt_project" / "plugins")
    options = {
        "spark.executorEnv.PYTHONPATH": os.pathsep.join(map(str, paths)),
        # As everywhere where rows are made.
        "spark.executorEnv.PYTHONUTF8": "1",
        "spark.python.worker.reuse": "true",
        # Partitions are what was asked for, neither merged nor split.
        "spark.sql.adaptive.enabled": "false",
        "spark.sql.catalogImplementation": "in-memory",
        "spark.sql.execution.arrow.maxRecordsPerBatch": "1000",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
    }
    builder = SparkSession.builder.master(master).appName("sotinh")
    for name, value in options.items():
        builder = builder.config(name, value)
    try:
        session = builder.getOrCreate()
        session.sparkContext.setLogLevel("ERROR")
    except Exception as error:
        if not _is_sparks(error):
            raise
        raise SparkEngineError(
            f"no session on {master}: {_told(error)}; is Java 17 or later, and is a master of the same Spark"
            f" there? {INSTEAD}"
        ) from error
    return session


def _end_if_idle() -> None:
    with _Kept.lock:
        if _Kept.users == 0:
            end_session()


def _is_alive(session: Any) -> bool:
    try:
        return not session.sparkContext._jsc.sc().isStopped()
    except Exception:  # noqa: BLE001 - whatever it says, a session that cannot be asked is none
        return False


def _addresses(master: str) -> list[tuple[str, int]]:
    hosts = master.removeprefix("spark://").split(",")
    return [(host, int(port)) for host, _, port in (one.rpartition(":") for one in hosts)]


def _not_listening(host: str, port: int) -> str:
    """Why nothing answers there; empty where something does."""
    try:
        socket.create_connection((host, port), timeout=_ANSWER_S).close()
    except (OSError, OverflowError) as problem:
        return f"{host}:{port}: {problem}"
    return ""


def _is_sparks(error: Exception) -> bool:
    return type(error).__module__.partition(".")[0] in ("pyspark", "py4j")


def _told(error: Exception) -> str:
    """The line of an error that tells most: the last of the executor's Python, else the first."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip()]
    python = [line for line in lines if line.partition(":")[0].endswith(("Error", "Exception"))]
    causes = [line for line in python if not line.startswith(("org.", "java.", "py4j."))]
    return (causes or lines or [type(error).__name__])[-1 if causes else 0][:500]


atexit.register(end_session)

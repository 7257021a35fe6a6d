"""What goes wrong on a cluster: the job completes with the same rows, or fails clearly in bounded time."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

import pytest

from include.code_version import code_version
from include.settings import PROJECT_ROOT
from tests.scale.spark.cluster import Cluster, drive, running
from tests.scale.spark.conftest import PYTHON

pytestmark = pytest.mark.skipif(
    not os.environ.get(PYTHON), reason=f"{PYTHON} names no Python that has pyspark: `make spark-test` does"
)
# One that kills its worker, one that never ends, one that eats memory and one that raises, among others.
BATCHES = [[1, 2], [3], [1, 13, 3], [4], [14, 5], [15, 6], [7, 16]]


def test_bad_rows_are_lost_alone_as_on_one_machine(cluster: Cluster) -> None:
    spark = drive(cluster, "double", json.dumps(BATCHES))
    local = drive(cluster, "double", json.dumps(BATCHES), SOTINH_ENGINE="local")
    assert "answers" in spark, spark
    reasons = {answer[1] for answer in spark["answers"] if isinstance(answer, list)}
    assert reasons == {"worker_died", "worker_timeout", "worker_out_of_memory", "worker_error"}
    assert spark["answers"] == local["answers"]


def test_executors_import_this_checkout_and_no_pandas(cluster: Cluster) -> None:
    (answer,) = drive(cluster, "where", "[[1]]")["answers"]
    (told,) = answer["told"]
    assert f":{PROJECT_ROOT}:{PROJECT_ROOT}/dbt_project/plugins:" in told
    assert told.endswith("pandas=False")


def test_an_executor_that_is_killed_costs_no_row_and_doubles_none(cluster: Cluster) -> None:
    values = range(100, 140)
    batches = [[value] for value in values]
    driver = subprocess.Popen(
        [cluster.python, "-m", "tests.scale.spark.drive", "slow_double", json.dumps(batches)],
        cwd=PROJECT_ROOT,
        env=cluster.environment(),
        stdout=subprocess.PIPE,
        text=True,
    )
    victim = _working_executor(cluster)
    os.kill(victim, signal.SIGKILL)
    printed, _ = driver.communicate(timeout=600)
    told = json.loads(printed.splitlines()[-1])
    assert told.get("answers") == [{"n": [2 * value]} for value in values], told
    lost = [log for log in cluster.folder.glob("worker-*.log") if "exitStatus 137" in log.read_text("utf-8")]
    assert lost, "no worker tells of an executor that was killed"


def test_an_executor_of_other_code_refuses_the_work(cluster: Cluster, tmp_path: Path) -> None:
    """Its machine has a checkout in which one rule is another one."""
    for name in ("include", "dbt_project"):
        shutil.copytree(PROJECT_ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    with (tmp_path / "include" / "clean" / "lines.py").open("a", encoding="utf-8") as rule:
        rule.write("# another rule\n")
    python = tmp_path / "python"
    python.write_text(
        f'#!/bin/sh\nPYTHONPATH={tmp_path}:$PYTHONPATH exec {cluster.python} "$@"\n', encoding="utf-8"
    )
    python.chmod(0o755)
    told = drive(cluster, "double", "[[1], [2]]", PYSPARK_PYTHON=str(python))
    assert told["error"] == "OtherCodeError"
    assert f"the work was given out by code {code_version()}" in told["words"]
    assert f"runs code {code_version(tmp_path)}" in told["words"]


def test_no_master_is_told_at_once(cluster: Cluster) -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))  # nobody listens
        master = f"spark://127.0.0.1:{held.getsockname()[1]}"
        told = drive(cluster, "double", "[[1]]", SOTINH_SPARK_MASTER=master)
    assert told["error"] == "SparkEngineError"
    assert told["words"].startswith(f"no Spark master answers at {master} (127.0.0.1:")
    assert "correct SOTINH_SPARK_MASTER" in told["words"]


def test_a_port_at_which_no_master_speaks_is_given_up(cluster: Cluster) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        master = f"spark://127.0.0.1:{other.getsockname()[1]}"
        told = drive(cluster, "double", "[[1]]", SOTINH_SPARK_MASTER=master)
    assert told["error"] == "SparkEngineError"
    assert "is a master of the same Spark there?" in told["words"]


def test_a_master_without_workers_is_not_waited_for_for_ever(tmp_path: Path) -> None:
    with running(tmp_path, os.environ[PYTHON], workers=0) as empty:
        told = drive(empty, "double", "[[1]]", "--PATIENCE_S", "5")
    assert told["error"] == "SparkEngineError"
    assert "had no executor for this work for 5 s" in told["words"]


def test_without_java_it_says_what_to_install(cluster: Cluster) -> None:
    told = drive(cluster, "double", "[[1]]", JAVA_HOME="/nowhere")
    assert told["error"] == "SparkEngineError"
    assert "JAVA_HOME=/nowhere has no bin/java" in told["words"]


def _working_executor(cluster: Cluster) -> int:
    """An executor whose Python has begun to work: it has a pool."""
    deadline = time.monotonic() + 300
    while time.monotonic() < deadline:
        for pid in cluster.executors():
            if _has_pool(pid):
                return pid
        time.sleep(0.5)
    raise AssertionError("no executor began to work")


def _has_pool(executor: int) -> bool:
    """Java's child is Spark's daemon, whose child is a worker, whose child is the pool's process."""
    below = [executor]
    for _ in range(3):
        below = [child for pid in below for child in _children(pid)]
    return bool(below)


def _children(pid: int) -> list[int]:
    told = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True)
    return [int(word) for word in told.stdout.split()]

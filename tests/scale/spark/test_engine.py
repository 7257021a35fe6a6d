"""The engine's parts that need no cluster: what is asked for, what comes back, who is told what."""

from __future__ import annotations

import functools
import subprocess
import time
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from include import spark_session
from include.batches import map_batches
from include.code_version import OtherCodeError, code_version
from include.local_batches import BrokenRow, Limits
from include.settings import Engine, Settings
from include.spark_batches import PARCELS_PER_PARTITION, _name_of, in_order, partitions_for
from include.spark_session import SparkEngineError, require_spark, session_on
from include.spark_worker import OTHER_CODE, Order, answer_parcels, packed, unpacked
from tests.scale.spark import cluster, functions
from tests.scale.spark.functions import double, numbers

LIMITS = Limits(seconds_per_batch=10, seconds_per_row=5, max_bytes=2 * 1024**3)
MASTER = "spark://127.0.0.1:7077"


def row(parcel: int, item: int = 0, reason: str | None = None, answer: int = 0) -> dict[str, Any]:
    found = None if reason else packed(numbers(answer))
    return {
        "parcel_no": parcel,
        "item_no": item,
        "reason": reason,
        "detail": reason and "why",
        "answer": found,
    }


def parcels(*batches: pa.RecordBatch) -> pa.RecordBatch:
    rows = [{"parcel_no": number, "parcel": packed(batch)} for number, batch in enumerate(batches, 7)]
    return pa.RecordBatch.from_pylist(
        rows, schema=pa.schema([("parcel_no", pa.int64()), ("parcel", pa.binary())])
    )


def test_the_engine_is_what_the_environment_says() -> None:
    assert Engine.from_environment({}) == Engine(None)
    assert Engine.from_environment({"SOTINH_ENGINE": "local", "SOTINH_SPARK_MASTER": MASTER}) == Engine(None)
    assert Engine.from_environment({"SOTINH_ENGINE": "spark", "SOTINH_SPARK_MASTER": MASTER}).spark_master
    two = "spark://a.example:7077,b.example:7077"
    assert Engine.from_environment({"SOTINH_ENGINE": "spark", "SOTINH_SPARK_MASTER": two}) == Engine(two)


@pytest.mark.parametrize("name", ["Spark", "dask", "local,spark"])
def test_an_engine_that_there_is_not_is_refused(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv("SOTINH_ENGINE", name)
    with pytest.raises(ValueError, match=f"SOTINH_ENGINE is '{name}'; write local or spark"):
        Settings.from_environment()


@pytest.mark.parametrize(
    "master", ["", "127.0.0.1:7077", "spark://host", "spark://h:7077/", "yarn", "spark://a b:1"]
)
def test_spark_without_an_address_is_refused_before_a_run_begins(
    monkeypatch: pytest.MonkeyPatch, master: str
) -> None:
    monkeypatch.setenv("SOTINH_ENGINE", "spark")
    monkeypatch.setenv("SOTINH_SPARK_MASTER", master)
    with pytest.raises(ValueError, match=r"SOTINH_SPARK_MASTER is .* write spark://host:7077"):
        Settings.from_environment()


def test_without_pyspark_it_says_how_to_have_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOTINH_ENGINE", "spark")
    monkeypatch.setenv("SOTINH_SPARK_MASTER", MASTER)
    monkeypatch.setattr(spark_session, "find_spec", lambda name: None)
    answers = map_batches(
        double, [numbers(1)], workers=1, seconds_per_batch=1, seconds_per_row=1, max_bytes=1
    )
    with pytest.raises(SparkEngineError, match=r"needs the package pyspark.*make setup-spark.*=local works"):
        next(answers)


def test_without_java_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(spark_session, "find_spec", lambda name: name)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    with pytest.raises(SparkEngineError, match=r"no java is in PATH.*install openjdk-17-jre-headless"):
        require_spark(MASTER)


def test_one_master_of_several_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spark_session, "find_spec", lambda name: name)
    monkeypatch.setattr(spark_session.shutil, "which", lambda name: name)
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setattr(spark_session, "_not_listening", lambda host, port: "refused" if host == "a" else "")
    require_spark("spark://a:1,b:2")
    with pytest.raises(SparkEngineError, match=r"no Spark master answers at spark://a:1 \(refused\)"):
        require_spark("spark://a:1")


@pytest.mark.parametrize(("count", "cores", "wanted"), [(1, 8, 1), (64, 2, 4), (64, 16, 32), (2_500, 2, 157)])
def test_partitions_are_small_enough_to_lose_and_enough_for_every_core(
    count: int, cores: int, wanted: int
) -> None:
    assert partitions_for(count, cores) == wanted
    assert count / wanted <= PARCELS_PER_PARTITION


def test_answers_come_as_the_local_engine_gives_them() -> None:
    batches = [numbers(1), numbers(2, 13), numbers(3)]
    rows = [row(0, answer=2), row(1, 0, answer=4), row(1, 1, "worker_died"), row(2, answer=6)]
    answers = list(in_order(rows, batches))
    assert [one.column("n").to_pylist() for one in answers if isinstance(one, pa.RecordBatch)] == [
        [2],
        [4],
        [6],
    ]
    assert answers[2] == BrokenRow(batches[1].slice(1, 1), "worker_died", "why")


@pytest.mark.parametrize(
    "rows",
    [
        [row(0)],
        [row(1), row(0)],
        [row(0), row(0), row(1)],
        [row(0), row(1, 1)],
        [row(0), row(1), row(0)],
        [row(0), row(1), row(2)],
    ],
    ids=["missing", "out of turn", "twice", "its first row missing", "again", "one too many"],
)
def test_answers_that_are_missing_doubled_or_out_of_turn_are_refused(rows: list[dict[str, Any]]) -> None:
    with pytest.raises(SparkEngineError, match="parcel"):
        list(in_order(rows, [numbers(1), numbers(2)]))


def test_an_executor_answers_with_the_guards_of_one_machine() -> None:
    order = Order(code_version(), functions.__name__, "double", LIMITS)
    asked = [parcels(numbers(1, 2), numbers(3, 13, 5), numbers(16))]
    told = [row for batch in answer_parcels(order, asked) for row in batch.to_pylist()]
    assert [(row["parcel_no"], row["item_no"], row["reason"]) for row in told] == [
        (7, 0, None), (8, 0, None), (8, 1, "worker_died"), (8, 2, None), (9, 0, "worker_error"),
    ]  # fmt: skip
    assert unpacked(told[0]["answer"]).column("n").to_pylist() == [2, 4]
    assert told[4]["detail"] == "ValueError: sixteen"


def test_an_executor_of_other_code_works_on_nothing() -> None:
    order = Order("0123456789abcdef", functions.__name__, "no_such_function", LIMITS)
    (told,) = [
        row for batch in answer_parcels(order, [parcels(numbers(1), numbers(2))]) for row in batch.to_pylist()
    ]
    assert (told["reason"], told["answer"]) == (OTHER_CODE, None)
    with pytest.raises(OtherCodeError, match=r"code 0123456789abcdef"):
        list(in_order([{**told, "parcel_no": 0}], [numbers(1)]))


@pytest.mark.parametrize(
    "function", [lambda batch: batch, functools.partial(double)], ids=["lambda", "partial"]
)
def test_a_function_that_no_other_machine_could_find_is_refused(function: Any) -> None:
    with pytest.raises(ValueError, match="cannot be imported by that name on another machine"):
        _name_of(function)


class Session:
    """Stands for Spark's: counts how often it was started and ended."""

    started = 0
    ended = 0

    def stop(self) -> None:
        Session.ended += 1


def test_a_session_is_kept_while_work_comes_and_given_back_soon(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def started(master: str) -> Session:
        Session.started += 1
        return Session()

    monkeypatch.setattr(spark_session, "_started", started)
    monkeypatch.setattr(spark_session, "require_spark", lambda master: None)
    monkeypatch.setattr(spark_session, "_is_alive", lambda session: True)
    monkeypatch.setattr(spark_session, "IDLE_S", 3_600.0)
    with session_on(MASTER) as first:
        pass
    waiting = spark_session._Kept.ending
    with session_on(MASTER) as second:
        assert waiting is not None
        assert waiting.finished.is_set(), "its end was not called off"
        spark_session._end_if_idle()
        assert (Session.started, Session.ended) == (1, 0)
    assert first is second
    spark_session._end_if_idle()
    assert (Session.started, Session.ended) == (1, 1)
    with session_on(MASTER) as third:
        assert third is not first
    spark_session.end_session()
    assert (Session.started, Session.ended) == (2, 2)
    assert spark_session._Kept.ending is not None
    spark_session._Kept.ending.cancel()


def test_a_process_that_outlives_its_cluster_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "_END_S", 0.3)
    with subprocess.Popen(["sleep", "60"], env=cluster.base_environment("left")) as left:
        try:
            # The kernel lets the parent go on before it has laid out what the new program finds.
            while not cluster.marked("left"):
                time.sleep(0.01)
            with pytest.raises(AssertionError, match=rf"outlive their cluster.*{left.pid}.*sleep"):
                cluster.assert_gone("left")
        finally:
            left.kill()
    cluster.assert_gone("left")

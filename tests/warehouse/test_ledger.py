from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import duckdb
import pytest

from include.landing import Visit
from include.warehouse.database import open_warehouse
from include.warehouse.frontier import read_frontier
from include.warehouse.land import land_open_batches
from include.warehouse.ledger import (
    NotJudgedError,
    mark_built,
    pending_batches,
    recorded_build,
    require_judged,
)
from tests.warehouse.samples import NIGHT, landed_at, page, rows_of, write_batch


def land(folder: Path) -> Path:
    warehouse = folder / "warehouse.duckdb"
    land_open_batches(landing=folder / "landing", warehouse=warehouse, landed_at=landed_at)
    return warehouse


def test_batches_wait_until_they_are_built_and_are_built_once(tmp_path: Path) -> None:
    for batch_id in ("b2", "b1", "b3"):
        write_batch(tmp_path / "landing", batch_id, [])
    warehouse = land(tmp_path)
    assert pending_batches(warehouse) == ["b1", "b2", "b3"]
    mark_built(warehouse, ["b1", "b2"], "build-1", NIGHT)
    assert pending_batches(warehouse) == ["b3"]
    mark_built(warehouse, ["b2", "b3", "b3"], "build-2", NIGHT)
    assert pending_batches(warehouse) == []
    assert rows_of(warehouse, "select batch_id, run_id from ops.built_batches order by all") == [
        ("b1", "build-1"),
        ("b2", "build-1"),
        ("b3", "build-2"),
    ]


def test_a_batch_that_never_landed_cannot_be_built(tmp_path: Path) -> None:
    write_batch(tmp_path / "landing", "b1", [])
    warehouse = land(tmp_path)
    with pytest.raises(KeyError, match="b7"):
        mark_built(warehouse, ["b1", "b7"], "build-1", NIGHT)
    assert pending_batches(warehouse) == ["b1"]


def test_nothing_waits_and_nothing_is_known_before_the_first_night(tmp_path: Path) -> None:
    warehouse = tmp_path / "warehouse.duckdb"
    assert pending_batches(warehouse) == []
    assert read_frontier(warehouse) == {}
    assert not warehouse.exists()
    duckdb.connect(str(warehouse)).close()
    assert pending_batches(warehouse) == []
    assert read_frontier(warehouse) == {}


def test_only_answers_with_a_page_are_visits(tmp_path: Path) -> None:
    base = "https://benlau.example/"
    rows = [
        page(base + "bai"),
        page(base + "bai"),
        page(base + "anh", outcome="empty"),
        page(base + "to", outcome="quarantined", reason="too_large"),
        page(base + "hong", outcome="failed", reason="http_500"),
        page(base + "chan", outcome="blocked", reason="http_403"),
        page(base + "cam", outcome="not_allowed", fetched_at=None),
        page(base + "rong", outcome="empty", reason="no_content"),
        page(base + "rach", outcome="quarantined", reason="bad_encoding"),
    ]
    write_batch(tmp_path / "landing", "b1", rows)
    later = NIGHT + timedelta(days=3)
    write_batch(
        tmp_path / "landing",
        "b2",
        [page(base + "bai", outcome="unchanged", http_status=304, fetched_at=later), page(base + "hong")],
    )
    warehouse = land(tmp_path)
    assert read_frontier(warehouse) == {
        base + "bai": Visit(2, later),
        base + "anh": Visit(1, NIGHT),
        base + "to": Visit(1, NIGHT),
        base + "hong": Visit(1, NIGHT),
    }


def verdict(warehouse: Path, run_id: str, gate: str, *, passed: bool, severity: str | None = "stop") -> None:
    with open_warehouse(warehouse) as connection:
        connection.execute(
            "insert into ops.gate_results values (?, ?, 'check', ?, 0, null, ?, ?)",
            [run_id, gate, passed, NIGHT, severity],
        )


def build(warehouse: Path, run_id: str, minute: int) -> None:
    with recorded_build(warehouse, run_id, lambda: NIGHT + timedelta(minutes=minute), "rules"):
        assert rows_of(warehouse, "select 1") == [(1,)], "the block may open the warehouse"


def test_only_the_run_that_built_last_and_passed_every_gate_may_publish(tmp_path: Path) -> None:
    warehouse = tmp_path / "warehouse.duckdb"
    gates = ("landed", "marts")
    with pytest.raises(NotJudgedError, match="no marts were built"):
        require_judged(warehouse, "build-1", gates)
    verdict(warehouse, "build-1", "landed", passed=True)
    build(warehouse, "build-1", 1)
    with pytest.raises(NotJudgedError, match="no passed verdict of gate marts"):
        require_judged(warehouse, "build-1", gates)
    verdict(warehouse, "build-1", "marts", passed=False)
    with pytest.raises(NotJudgedError, match="no passed verdict of gate marts"):
        require_judged(warehouse, "build-1", gates)
    build(warehouse, "build-2", 2)
    for gate in gates:
        verdict(warehouse, "build-2", gate, passed=True)
    require_judged(warehouse, "build-2", gates)
    with pytest.raises(NotJudgedError, match="last touched by build-2"):
        require_judged(warehouse, "build-1", gates)


def test_a_warning_stops_no_release_and_a_verdict_of_an_earlier_version_does(
    tmp_path: Path,
) -> None:
    warehouse = tmp_path / "warehouse.duckdb"
    build(warehouse, "build-1", 1)
    verdict(warehouse, "build-1", "marts", passed=True)
    verdict(warehouse, "build-1", "marts", passed=False, severity="warn")
    require_judged(warehouse, "build-1", ["marts"])
    verdict(warehouse, "build-1", "marts", passed=False, severity=None)
    with pytest.raises(NotJudgedError, match="no passed verdict of gate marts"):
        require_judged(warehouse, "build-1", ["marts"])


def test_a_build_that_broke_takes_the_right_to_publish_from_the_one_before(tmp_path: Path) -> None:
    warehouse = tmp_path / "warehouse.duckdb"
    build(warehouse, "build-1", 1)
    verdict(warehouse, "build-1", "marts", passed=True)
    require_judged(warehouse, "build-1", ["marts"])
    with (
        pytest.raises(RuntimeError, match="dbt"),
        recorded_build(warehouse, "build-2", lambda: NIGHT + timedelta(1), "rules"),
    ):
        raise RuntimeError("dbt failed")
    with pytest.raises(NotJudgedError, match="build-2, whose build did not finish"):
        require_judged(warehouse, "build-1", ["marts"])

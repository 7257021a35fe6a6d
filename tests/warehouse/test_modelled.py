"""When a build may build the changes alone, and when every model anew."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from include.warehouse.database import open_warehouse
from include.warehouse.land import land_open_batches
from include.warehouse.ledger import recorded_build
from include.warehouse.modelled import BuildPlan, rules_digest
from tests.warehouse.samples import NIGHT, landed_at, page, rows_of, write_batch


def build(warehouse: Path, run_id: str, minute: int, rules: str = "rules") -> BuildPlan:
    """Build as dbt would: leave the portals with the provinces that they had."""
    at = NIGHT + timedelta(minutes=minute)
    with (
        recorded_build(warehouse, run_id, lambda: at, rules) as plan,
        open_warehouse(warehouse) as connection,
    ):
        connection.execute("create schema if not exists intermediate")
        connection.execute(
            "create or replace table intermediate.int_sources_latest as"
            " select distinct source_id, province_id from raw.sources"
        )
    return plan


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    path = tmp_path / "warehouse.duckdb"
    write_batch(tmp_path / "landing", "b1", [page("https://benlau.example/a")])
    land_open_batches(landing=tmp_path / "landing", warehouse=path, landed_at=landed_at)
    return path


def test_the_first_build_makes_all_rows_and_the_next_what_changed(warehouse: Path) -> None:
    assert build(warehouse, "build-1", 1) == BuildPlan(1, True, "nothing was built before")
    assert build(warehouse, "build-2", 2) == BuildPlan(2, False, "")
    assert rows_of(warehouse, "select batch_id, run_id from ops.modelled_batches") == [("b1", "build-1")]
    assert rows_of(warehouse, "select build_no, all_rows_because is null from ops.builds order by 1") == [
        (1, False),
        (2, True),
    ]


def test_a_batch_that_lands_while_a_build_works_is_left_to_the_next(warehouse: Path) -> None:
    with recorded_build(warehouse, "build-1", lambda: NIGHT, "rules"):
        landing = warehouse.parent / "landing"
        write_batch(landing, "b2", [page("https://benlau.example/b")])
        land_open_batches(landing=landing, warehouse=warehouse, landed_at=landed_at)
    assert rows_of(warehouse, "select batch_id from ops.modelled_batches") == [("b1",)]


def test_who_asks_for_all_rows_gets_them_and_it_is_kept_why(warehouse: Path) -> None:
    build(warehouse, "build-1", 1)
    asked = "every landed article is read again"
    with recorded_build(warehouse, "build-2", lambda: NIGHT, "rules", all_rows_because=asked) as plan:
        assert plan == BuildPlan(2, True, asked)
    told = rows_of(warehouse, "select all_rows_because from ops.builds where build_no = 2")
    assert told == [(asked,)]


def withdraw(warehouse: Path) -> None:
    with open_warehouse(warehouse) as connection:
        connection.execute("delete from raw.batches where batch_id = 'b1'")


def move(warehouse: Path) -> None:
    with open_warehouse(warehouse) as connection:
        connection.execute("update raw.sources set province_id = '15-2025'")


def lose(warehouse: Path) -> None:
    with open_warehouse(warehouse) as connection:
        connection.execute("drop table intermediate.int_sources_latest")


def break_off(warehouse: Path) -> None:
    with (
        pytest.raises(RuntimeError, match="dbt"),
        recorded_build(warehouse, "build-broken", lambda: NIGHT + timedelta(minutes=2), "rules"),
    ):
        raise RuntimeError("dbt failed")


@pytest.mark.parametrize(
    ("happens", "reason"),
    [
        (withdraw, "batch b1 was taken out of the warehouse"),
        (move, "portal benlau speaks for another province than before"),
        (lose, "the models of the build before are not there"),
        (break_off, "the build before, build-broken, did not finish"),
    ],
)
def test_what_the_build_before_left_may_not_be_enough(
    warehouse: Path, happens: Callable[[Path], None], reason: str
) -> None:
    build(warehouse, "build-1", 1)
    happens(warehouse)
    plan = build(warehouse, "build-3", 3)
    assert (plan.all_rows, plan.reason) == (True, reason)
    again = build(warehouse, "build-4", 4)
    assert not again.all_rows, "the build in between mended it"
    assert again.build_no > plan.build_no


def test_other_rules_make_all_rows(warehouse: Path) -> None:
    build(warehouse, "build-1", 1)
    plan = build(warehouse, "build-2", 2, rules="others")
    assert plan.reason == "the rules are not those of the build before"


def test_the_rules_are_the_files_that_decide_about_rows_and_the_extractor(tmp_path: Path) -> None:
    project = tmp_path / "project"
    model = project / "models" / "marts" / "dim_units.sql"
    model.parent.mkdir(parents=True)
    model.write_text("select 1", encoding="utf-8")
    before = rules_digest(project, "1+a")
    assert rules_digest(project, "1+b") != before
    (project / "target").mkdir()
    (project / "target" / "manifest.json").write_text("{}", encoding="utf-8")
    assert rules_digest(project, "1+a") == before
    model.write_text("select 2", encoding="utf-8")
    assert rules_digest(project, "1+a") != before
    model.rename(model.with_name("dim_units_too.sql"))
    model.with_name("dim_units_too.sql").write_text("select 1", encoding="utf-8")
    assert rules_digest(project, "1+a") != before

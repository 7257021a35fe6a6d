"""Runs are killed at every named point; the next run must complete with nothing lost and nothing twice."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from include.crash_points import CRASH_EXIT_CODE, CRASH_POINTS, crash_point
from include.settings import PROJECT_ROOT
from include.stage_runs import StageRun
from include.warehouse.land import land_open_batches
from include.warehouse.ledger import pending_batches, record_stage_runs
from include.warehouse.open_data.write import export_release, is_whole
from include.warehouse.publish import Manifest, publish, read_manifest, read_previous_manifest, roll_back
from include.warehouse.releases import kept_releases, latest_release
from tests.kills.plan import POINTS
from tests.warehouse.samples import NIGHT, build_marts, landed_at, page, rows_of, write_batch

LAND = """
from pathlib import Path
from include.warehouse.land import land_open_batches
from tests.warehouse.samples import landed_at
land_open_batches(landing=Path("landing"), warehouse=Path("warehouse.duckdb"), landed_at=landed_at)
"""
PUBLISH = """
from pathlib import Path
from include.warehouse.publish import publish
from tests.warehouse.samples import NIGHT
here = Path(".")
publish(warehouse=here / "warehouse.duckdb", data_dir=here, run_id="r2", releases_kept=2, published_at=NIGHT)
"""
ROLL_BACK = """
from pathlib import Path
from include.warehouse.publish import roll_back
roll_back(Path("."))
"""
WITHDRAW = """
from pathlib import Path
from include.warehouse.withdraw import withdraw_batch
withdraw_batch("b1", landing=Path("landing"), warehouse=Path("warehouse.duckdb"))
"""
RUNS = tuple(
    StageRun(f"s{n}", "fetch", "ok", None, None, None, None, None, None, (), NIGHT, NIGHT, 1.5, 3, 2, None)
    for n in range(3)
)
TAKE_IN = """
from pathlib import Path
from include.warehouse.ledger import record_stage_runs
from tests.warehouse.test_kills import RUNS
record_stage_runs(Path("warehouse.duckdb"), RUNS)
"""
DBT_PROJECT = PROJECT_ROOT / "dbt_project"
EXPORT = """
from pathlib import Path
from include.settings import PROJECT_ROOT
from include.warehouse.open_data.write import export_release
export_release(Path("."), project=PROJECT_ROOT / "dbt_project", releases_kept=1)
"""
PUBLISH_POINTS = tuple(name for name in CRASH_POINTS if name.startswith("publish_"))
EXPORT_POINTS = tuple(name for name in CRASH_POINTS if name.startswith("export_"))
ROLL_BACK_POINTS = tuple(name for name in CRASH_POINTS if name.startswith("roll_back_"))
# Restoring from the raw archive is killed in tests/operations/test_restore.py.
RESTORE_POINTS = tuple(name for name in CRASH_POINTS if name.startswith("restore_"))


def killed(program: str, folder: Path, point: str) -> None:
    """Run `program` in `folder` and see it die at `point`."""
    ended = subprocess.run(
        [sys.executable, "-c", program],
        cwd=folder,
        env=os.environ | {"SOTINH_CRASH_AT": point, "PYTHONPATH": str(PROJECT_ROOT)},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert ended.returncode == CRASH_EXIT_CODE, ended.stderr


def publish_run(folder: Path, run_id: str) -> Manifest:
    return publish(
        warehouse=folder / "warehouse.duckdb",
        data_dir=folder,
        run_id=run_id,
        releases_kept=2,
        published_at=NIGHT,
    )


def articles_published(folder: Path) -> int:
    with duckdb.connect(str(folder / "sotinh.duckdb"), read_only=True) as reader:
        row = reader.execute("select count(*) from marts.dim_articles").fetchone()
    assert row is not None
    return int(row[0])


def test_every_named_point_is_killed_somewhere() -> None:
    # By tests/shards, where several machines share a batch.
    shared = {"give_out_before_plan", "shard_before_receipt", "gather_before_cleaned"}
    here = {
        "land_before_commit",
        "land_before_marker",
        "ledger_before_commit",
        "withdraw_before_files",
        *PUBLISH_POINTS,
        *EXPORT_POINTS,
        *ROLL_BACK_POINTS,
        *RESTORE_POINTS,
    }
    # By `make kills`, with all that a stage leaves held against an unkilled run.
    there = {point for points in POINTS.values() for point in points}
    assert here | there | shared == set(CRASH_POINTS)


def test_the_run_ledger_is_whole_after_a_kill(tmp_path: Path) -> None:
    warehouse = tmp_path / "warehouse.duckdb"
    build_marts(warehouse)
    assert record_stage_runs(warehouse, RUNS[:1]) == 1
    killed(TAKE_IN, tmp_path, "ledger_before_commit")
    held = "select stage_run_id from ops.stage_runs order by all"
    assert rows_of(warehouse, held) == [("s0",)]
    assert record_stage_runs(warehouse, RUNS) == 2
    assert rows_of(warehouse, held) == [("s0",), ("s1",), ("s2",)]


def test_an_unknown_point_is_refused() -> None:
    with pytest.raises(ValueError, match="publish_afterwards"):
        crash_point("publish_afterwards")


@pytest.mark.parametrize("point", ["land_before_commit", "land_before_marker"])
def test_landing_completes_after_a_kill(tmp_path: Path, point: str) -> None:
    for batch_id in ("b1", "b2"):
        write_batch(tmp_path / "landing", batch_id, [page(f"https://benlau.example/{batch_id}")])
    killed(LAND, tmp_path, point)
    assert not (tmp_path / "landing" / "b1" / "landed").exists()
    warehouse = tmp_path / "warehouse.duckdb"
    landed = land_open_batches(landing=tmp_path / "landing", warehouse=warehouse, landed_at=landed_at)
    assert [(batch.batch_id, batch.outcomes) for batch in landed] == [
        ("b1", {"loaded": 1}),
        ("b2", {"loaded": 1}),
    ]
    assert pending_batches(warehouse) == ["b1", "b2"]
    for table in ("sources", "batches", "discovery_requests", "article_outcomes", "article_versions"):
        assert rows_of(
            warehouse, f"select batch_id, count(*) from raw.{table} group by all order by all"
        ) == [
            ("b1", 1),
            ("b2", 1),
        ]
    assert land_open_batches(landing=tmp_path / "landing", warehouse=warehouse, landed_at=landed_at) == []


@pytest.mark.parametrize(
    ("point", "next_run"),
    [
        *((point, "r2") for point in PUBLISH_POINTS),
        ("publish_before_rename", "r3"),
        ("publish_before_manifest", "r3"),
    ],
)
def test_publishing_completes_after_a_kill(tmp_path: Path, point: str, next_run: str) -> None:
    build_marts(tmp_path / "warehouse.duckdb", articles=3)
    publish_run(tmp_path, "r1")
    build_marts(tmp_path / "warehouse.duckdb", articles=5)
    killed(PUBLISH, tmp_path, point)

    renamed = point in ("publish_before_manifest", "publish_before_prune")
    in_place = read_manifest(tmp_path)
    assert in_place is not None
    assert in_place.run_id == ("r2" if renamed else "r1")
    assert articles_published(tmp_path) == in_place.rows["dim_articles"] == (5 if renamed else 3)

    manifest = publish_run(tmp_path, next_run)
    assert read_manifest(tmp_path) == manifest
    assert articles_published(tmp_path) == 5
    assert manifest.replaces == ("r2" if renamed and next_run == "r3" else "r1")
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "manifest.json",
        "releases",
        "sotinh.duckdb",
        "warehouse.duckdb",
    ]
    kept = {next_run, manifest.replaces}
    assert {one.manifest.run_id for one in kept_releases(tmp_path / "releases")} == kept
    assert {path.name for path in (tmp_path / "releases").iterdir()} == {
        one.folder.name for one in kept_releases(tmp_path / "releases")
    }
    assert roll_back(tmp_path).run_id == manifest.replaces


@pytest.mark.parametrize("point", EXPORT_POINTS)
def test_exporting_completes_after_a_kill(tmp_path: Path, point: str) -> None:
    build_marts(tmp_path / "warehouse.duckdb", articles=3)
    first = publish_run(tmp_path, "r1")
    export_release(tmp_path, project=DBT_PROJECT, releases_kept=1)
    second = publish_run(tmp_path, "r2")
    killed(EXPORT, tmp_path, point)

    releases = tmp_path / "releases"
    assert read_manifest(tmp_path) == second
    linked = point == "export_before_prune"
    assert latest_release(releases) == releases / (second if linked else first).release
    assert is_whole(releases / "latest")

    export_release(tmp_path, project=DBT_PROJECT, releases_kept=1)
    assert latest_release(releases) == releases / second.release
    assert is_whole(releases / "latest")
    assert sorted(path.name for path in releases.iterdir()) == [second.release, "latest"]


@pytest.mark.parametrize("point", ROLL_BACK_POINTS)
def test_rolling_back_completes_after_a_kill(tmp_path: Path, point: str) -> None:
    for number, run_id in enumerate(("r1", "r2"), start=3):
        build_marts(tmp_path / "warehouse.duckdb", articles=number)
        publish_run(tmp_path, run_id)
    first = read_previous_manifest(tmp_path)
    assert first is not None
    killed(ROLL_BACK, tmp_path, point)
    in_place = read_manifest(tmp_path)
    assert in_place is not None
    assert articles_published(tmp_path) == in_place.rows["dim_articles"]
    # Who follows `latest` never gets what is being taken back.
    assert latest_release(tmp_path / "releases") == tmp_path / "releases" / first.release
    if point == "roll_back_before_rename":
        assert in_place.run_id == "r2"
        roll_back(tmp_path)
    present = read_manifest(tmp_path)
    assert present is not None
    assert present.run_id == "r1"
    assert articles_published(tmp_path) == 3
    assert publish_run(tmp_path, "r3").replaces == "r1"


def test_withdrawing_completes_after_a_kill(tmp_path: Path) -> None:
    folder = write_batch(tmp_path / "landing", "b1", [page("https://benlau.example/1")])
    (folder / "fetched.done").touch()
    warehouse = tmp_path / "warehouse.duckdb"
    land_open_batches(landing=tmp_path / "landing", warehouse=warehouse, landed_at=landed_at)
    killed(WITHDRAW, tmp_path, "withdraw_before_files")
    subprocess.run(
        [sys.executable, "-c", WITHDRAW],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(PROJECT_ROOT)},
        check=True,
        timeout=120,
    )
    assert not (folder / "cleaned.parquet").exists()
    assert not (folder / "landed").exists()
    assert rows_of(warehouse, "select count(*) from raw.article_outcomes") == [(0,)]

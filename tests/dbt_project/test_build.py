"""dbt as a stage: same input same rows, only what is new is read, and what breaks is named."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import duckdb
import pytest

from include.contract import MARTS, WAREHOUSE_FILE
from include.warehouse.build import BuildFailed, artifacts, build_marts
from tests.dbt_project import sample
from tests.dbt_project.one_path import run_at_one_path

pytestmark = pytest.mark.stack


def rows_of_all_marts(data_dir: Path) -> dict[str, list[tuple[Any, ...]]]:
    with duckdb.connect(str(data_dir / WAREHOUSE_FILE), read_only=True) as connection:
        return {name: connection.execute(f"select * from marts.{name}").fetchall() for name in MARTS}


def test_the_build_passes_every_test_without_a_warning(built: Path) -> None:
    results = json.loads((artifacts(built) / "run_results.json").read_text(encoding="utf-8"))["results"]
    told = Counter(f"{node['unique_id'].split('.')[0]} {node['status']}" for node in results)
    assert told["seed success"] == 7
    assert told["test pass"] > 80
    assert not [name for name in told if name.split()[1] not in ("success", "pass", "no-op")]
    said = (built / "dbt" / "logs" / "dbt.log").read_text(encoding="utf-8")
    assert "deprecat" not in said.lower()


def test_a_changed_rule_shows_no_new_body_and_an_old_capture_that_comes_late_does_not_speak(
    own_copy: Path,
) -> None:
    with duckdb.connect(str(own_copy / WAREHOUSE_FILE)) as connection:
        add = (
            "insert into raw.article_versions select * replace (article_id || '.' || ? as article_version_id,"
            " cast(? as integer) as version_no, ? as batch_id, ? as body, ? as body_sha256,"
            " fetched_at - to_days(cast(? as integer)) as fetched_at)"
            " from raw.article_versions where article_version_id = ?"
        )
        connection.execute(add, [4, 4, "replay-1", "Đọc lại.", "doc-lai", 0, "nuoc-1.2"])
        connection.execute(add, [2, 2, "replay-1", "Đã chữa.", "da-chua", 0, "htx-1.1"])
        connection.execute(add, [2, 2, "backfill-1", "Bản cũ.", "ban-cu", 900, "rung-1.1"])
        connection.execute(
            "insert into raw.article_outcomes by name select * replace ('replay-1' as batch_id,"
            " case article_id when 'nuoc-1' then 'rule_changed' end as reason)"
            " from raw.article_outcomes where article_id in ('nuoc-1', 'htx-1') and batch_id = 'night-1'"
        )
    run_at_one_path(["run", "--select", "int_versions_read", "dim_articles"], own_copy)
    with duckdb.connect(str(own_copy / WAREHOUSE_FILE), read_only=True) as connection:
        found = connection.execute(
            "select article_id, version_count, body in ('Đọc lại.', 'Đã chữa.', 'Bản cũ.')"
            " from marts.dim_articles where article_id in ('nuoc-1', 'htx-1', 'rung-1') order by article_id"
        ).fetchall()
    # htx-1: mended out of quarantine, so its body is one that the portal showed.
    assert found == [("htx-1", 2, True), ("nuoc-1", 3, True), ("rung-1", 2, False)]


def test_only_versions_not_yet_read_are_read_and_failures_are_tried_again(own_copy: Path) -> None:
    table = "intermediate.int_article_readings"
    with duckdb.connect(str(own_copy / WAREHOUSE_FILE)) as connection:
        before = dict(connection.execute(f"select article_version_id, reading from {table}").fetchall())
        sample.land(connection, sample.Landed("moi-1", "Tin vắn trong ngày.", None))
        broken = json.dumps({"error": {"reason": "worker_died", "detail": ""}})
        connection.execute(f"update {table} set reading = ? where article_version_id = 'htx-1.1'", [broken])
        # Withdrawn and landed anew with another text under the same version id.
        connection.execute(
            "update raw.article_versions set body = 'Tin đã sửa.', content_sha256 = 'khác'"
            " where article_version_id = 'rung-2.1'"
        )
    result = run_at_one_path(["run", "--select", "int_article_readings"], own_copy)
    assert result.counts["model success"] == 1
    with duckdb.connect(str(own_copy / WAREHOUSE_FILE), read_only=True) as connection:
        after = dict(connection.execute(f"select article_version_id, reading from {table}").fetchall())
        assert connection.execute(f"select count(*) from {table}").fetchone() == (len(after),)
    assert set(after) == {*before, "moi-1.1"}
    assert {key for key in before if before[key] != after[key]} <= {"htx-1.1", "rung-2.1"}
    assert after["htx-1.1"] != broken
    assert after["rung-2.1"] != before["rung-2.1"]
    assert json.loads(after["moi-1.1"])


def test_readings_outlive_a_build_of_all_rows_and_a_full_refresh_reads_anew(own_copy: Path) -> None:
    """dbt has read the project before, without the option: what it asks for is known at the run alone."""
    table = "intermediate.int_article_readings"
    with duckdb.connect(str(own_copy / WAREHOUSE_FILE)) as connection:
        connection.execute(
            f"update {table} set reading = '{{\"kept\": 1}}' where article_version_id = 'htx-1.1'"
        )
    kept = []
    for options in ([], ["--full-refresh"]):
        run_at_one_path(["run", "--select", "int_article_readings", *options], own_copy)
        with duckdb.connect(str(own_copy / WAREHOUSE_FILE), read_only=True) as connection:
            kept.append(
                connection.execute(f"select count(*) from {table} where reading like '%kept%'").fetchone()
            )
    assert kept == [(1,), (0,)]


def test_a_failed_reading_of_an_earlier_version_is_tried_again_where_changes_alone_are_built(
    own_copy: Path,
) -> None:
    """Its article has nothing new, and a later version of it could be read."""
    failed = "article_version_id = 'nuoc-1.1'"
    with duckdb.connect(str(own_copy / WAREHOUSE_FILE)) as connection:
        connection.execute("insert into ops.modelled_batches select batch_id, 'build-1' from raw.batches")
        broken = json.dumps({"error": {"reason": "worker_died", "detail": ""}})
        connection.execute(
            f"update intermediate.int_article_readings set reading = ? where {failed}", [broken]
        )
        connection.execute(
            f"update intermediate.int_versions_read set failure_reason = 'worker_died' where {failed}"
        )
    run_at_one_path(["run", "--select", "int_changed_keys", "int_article_readings"], own_copy, all_rows=False)
    with duckdb.connect(str(own_copy / WAREHOUSE_FILE), read_only=True) as connection:
        rows = connection.execute(
            f"select reading from intermediate.int_article_readings where {failed}"
        ).fetchall()
        changed = connection.execute(
            "select changed_key from intermediate.int_changed_keys where key_kind = 'article'"
        ).fetchall()
    assert [json.loads(reading).get("error") for (reading,) in rows] == [None]
    assert ("nuoc-1",) in changed
    assert ("rung-1",) not in changed


def test_the_models_pass_their_unit_tests_and_a_failing_test_is_named_with_its_rows(own_copy: Path) -> None:
    with duckdb.connect(str(own_copy / WAREHOUSE_FILE)) as connection:
        connection.execute("insert into raw.batches select * from raw.batches where batch_id = 'night-1'")
    # One start of dbt for both: a start costs more than either.
    arguments = ["test", "--select", "test_type:unit", "source:landing.batches"]
    with pytest.raises(BuildFailed, match="source_unique_landing_batches_batch_id") as caught:
        run_at_one_path(arguments, own_copy)
    (problem,) = caught.value.problems
    assert (problem.status, problem.failing_rows) == ("fail", 1)
    assert str(caught.value.log) in str(caught.value)
    assert caught.value.log.exists()
    results = json.loads((own_copy / "dbt" / "target" / "run_results.json").read_text(encoding="utf-8"))
    passed = [node for node in results["results"] if node["unique_id"].startswith("unit_test.")]
    assert len(passed) >= 11
    assert {node["status"] for node in passed} == {"pass"}


def test_dbt_that_cannot_start_says_why(tmp_path: Path) -> None:
    empty = tmp_path / "project"
    empty.mkdir()
    with pytest.raises(BuildFailed, match=r"dbt_project\.yml") as caught:
        build_marts(project=empty, data_dir=tmp_path / "data")
    assert not caught.value.problems

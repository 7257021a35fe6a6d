"""What a run ends with says when figures do not add up and when readers see another build."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest
from rich.console import Console

from include.operations.stages import open_build
from include.operations.summary import dbt_verdict, print_batches, print_summary, print_verdicts
from include.settings import Settings
from include.warehouse.database import open_warehouse
from include.warehouse.publish import publish
from tests.warehouse.samples import NIGHT, build_marts


@pytest.fixture
def warehouse(tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with open_warehouse(tmp_path / "warehouse.duckdb") as connection:
        # By name the backfill sorts first; it landed last, with what a killed run had left.
        for batch_id, hour, discovered in (("crawl-1", 1, 90), ("backfill-1", 2, 5), ("crawl-2", 2, 0)):
            started = NIGHT + timedelta(hours=hour)
            connection.execute(
                "insert into raw.batches values (?, 'crawl', ?, ?, ?, 7)",
                [batch_id, started, started, discovered],
            )
        yield connection


def shown(connection: duckdb.DuckDBPyConnection) -> str:
    console = Console(record=True, width=140)
    print_batches(connection, console)
    return console.export_text().strip()


def attempt(connection: duckdb.DuckDBPyConnection, *outcomes: str) -> None:
    for number, outcome in enumerate(outcomes):
        connection.execute(
            "insert into raw.article_outcomes (batch_id, source_id, url, article_id, outcome)"
            " values ('backfill-1', 'bao-a', ?, ?, ?)",
            [f"https://a.test/{number}", str(number), outcome],
        )


def test_discovered_and_outcomes_are_two_counts(warehouse: duckdb.DuckDBPyConnection) -> None:
    attempt(warehouse, "loaded", "loaded", "failed", "failed")
    assert "discovered 5, outcomes 2 loaded + 2 failed: rows are missing" in shown(warehouse)
    attempt(warehouse, "empty")
    said = shown(warehouse)
    assert "discovered 5 = 2 loaded + 1 empty + 2 failed; not due again: 14" in said
    assert "bao-a" in said


def test_a_batch_without_urls_says_that_nothing_was_due(warehouse: duckdb.DuckDBPyConnection) -> None:
    warehouse.execute("update raw.batches set discovered = 0")
    assert shown(warehouse) == "discovered 0 = nothing was due; not due again: 14"


def test_a_refused_build_is_told_beside_the_one_that_readers_see(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    for run_id, hour, passed in (("build-1", 1, True), ("build-2", 2, False)):
        warehouse.execute(
            "insert into ops.gate_results values (?, 'marts', 'check', ?, 0, null, ?, 'stop')",
            [run_id, passed, NIGHT + timedelta(hours=hour)],
        )
    console = Console(record=True, width=140)
    print_verdicts(warehouse, "build-1", "dbt: 3 of 4 tests passed", console)
    said = console.export_text()
    assert "marts: 0 of 1 checks passed; dbt: 3 of 4 tests passed." in said
    assert "build-2, is not published: readers see build-1" in said


def test_warnings_of_the_newest_build_are_told_with_what_to_do(warehouse: duckdb.DuckDBPyConnection) -> None:
    for run_id, hour, severity in (("build-1", 1, "warn"), ("build-2", 2, "warn"), ("build-2", 2, "stop")):
        warehouse.execute(
            "insert into ops.gate_results"
            " values (?, 'landed', ? || '_check', ?, 2, 'p1, p2: Look [there].', ?, ?)",
            [run_id, severity, severity == "stop", NIGHT + timedelta(hours=hour), severity],
        )
    console = Console(record=True, width=140)
    print_verdicts(warehouse, "build-2", "dbt: 3 of 4 tests passed", console)
    said = console.export_text()
    assert said.count("warns") == 1
    assert "landed warns: warn_check, 2 rows: p1, p2: Look [there]." in said


def test_a_warehouse_of_an_earlier_version_is_told_of_too(warehouse: duckdb.DuckDBPyConnection) -> None:
    warehouse.execute("alter table ops.gate_results drop column severity")
    warehouse.execute(
        "insert into ops.gate_results values ('build-1', 'marts', 'check', false, 1, 'a: b', now())"
    )
    console = Console(record=True, width=140)
    print_verdicts(warehouse, "build-1", "dbt: 3 of 4 tests passed", console)
    assert "marts: 0 of 1 checks passed" in console.export_text()


def test_dbts_tests_are_counted_from_its_results(tmp_path: Path) -> None:
    assert dbt_verdict(tmp_path) == "dbt: no results"
    nodes = [("test.a", "pass"), ("test.b", "fail"), ("model.c", "success")]
    results = {"results": [{"unique_id": name, "status": status} for name, status in nodes]}
    (tmp_path / "dbt" / "target").mkdir(parents=True)
    (tmp_path / "dbt" / "target" / "run_results.json").write_text(json.dumps(results))
    assert dbt_verdict(tmp_path) == "dbt: 1 of 2 tests passed"


def test_a_published_file_that_is_gone_is_told_as_that_and_built_again(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, registry=tmp_path / "portals.yml")
    with pytest.raises(FileNotFoundError, match=r"nothing is published in .* yet"):
        print_summary(settings, Console())
    build_marts(settings.warehouse)
    publish(warehouse=settings.warehouse, data_dir=tmp_path, run_id="r1", releases_kept=1, published_at=NIGHT)
    assert open_build(settings, full_refresh=False) is None
    settings.published.write_bytes(b"other bytes")
    with pytest.raises(FileNotFoundError, match=r"not the file that was published.*`make restore`"):
        print_summary(settings, Console())
    assert open_build(settings, full_refresh=False) is not None
    settings.published.unlink()
    with pytest.raises(FileNotFoundError, match=r"sotinh\.duckdb is gone; 1 releases are kept\. `make r"):
        print_summary(settings, Console())
    assert open_build(settings, full_refresh=False) is not None

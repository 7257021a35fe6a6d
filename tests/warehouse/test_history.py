"""Verdicts of gates come back from a release, whatever columns the two know, and never stop a restore."""

from __future__ import annotations

from pathlib import Path

import duckdb

from include.warehouse.history import carry_verdicts_over
from tests.warehouse.samples import rows_of

MART = """
create schema marts;
create table marts.fct_gate_results as
select 'build-1' as run_id, 'landed' as gate, 'ids_have_form' as check_name, 'later' as of_later_versions,
    false as has_passed, 3 as failing_rows, 'ba dòng' as explanation,
    timestamptz '2026-03-09 20:00:00+00' as judged_at
"""


def test_verdicts_come_back_under_the_names_of_the_warehouse(tmp_path: Path) -> None:
    release, warehouse = tmp_path / "sotinh.duckdb", tmp_path / "warehouse.duckdb"
    with duckdb.connect(str(release)) as writer:
        writer.execute(MART)
    assert carry_verdicts_over(release, warehouse) == 1
    columns = "run_id, gate, check_name, passed, failing_rows, reason, epoch(judged_at)"
    assert rows_of(warehouse, f"select {columns} from ops.gate_results") == [
        ("build-1", "landed", "ids_have_form", False, 3, "ba dòng", 1773086400.0)
    ]


def test_a_release_without_verdicts_or_that_cannot_be_read_gives_none(tmp_path: Path) -> None:
    release, warehouse = tmp_path / "sotinh.duckdb", tmp_path / "warehouse.duckdb"
    duckdb.connect(str(release)).close()
    assert carry_verdicts_over(release, warehouse) == 0
    release.write_bytes(b"torn")
    assert carry_verdicts_over(release, warehouse) == 0
    assert carry_verdicts_over(tmp_path / "gone.duckdb", warehouse) == 0
    assert not warehouse.exists()

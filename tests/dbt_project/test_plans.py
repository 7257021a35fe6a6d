"""No model compares every row with every other: at a million claims such a join fills the disk."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from include.contract import WAREHOUSE_FILE

pytestmark = pytest.mark.stack

# What DuckDB plans where a join has a condition other than comparisons joined by `and`.
EVERY_WITH_EVERY = "BLOCKWISE_NL_JOIN"
OF_DBT_ALONE = "int_article_readings"  # calls the function that only dbt's connections have


def compares_all(connection: duckdb.DuckDBPyConnection, sql: str) -> bool:
    return EVERY_WITH_EVERY in connection.execute(f"explain {sql}").fetchall()[0][1]


def test_no_model_compares_every_row_with_every_other(built: Path) -> None:
    compiled = [
        path
        for path in (built / "dbt" / "target" / "compiled").rglob("models/*/**/*.sql")
        if ".yml" not in str(path) and path.stem != OF_DBT_ALONE
    ]
    with duckdb.connect(str(built / WAREHOUSE_FILE), read_only=True) as warehouse:
        warehouse.execute("set variable extractor_version = 'any'")
        slow = [path.stem for path in compiled if compares_all(warehouse, path.read_text(encoding="utf-8"))]
    assert len(compiled) > 50
    assert slow == []


@pytest.mark.parametrize(
    ("until", "expected"),
    [("b.until is null or a.day < b.until", True), ("a.day < coalesce(b.until, date '9999-12-31')", False)],
)
def test_such_a_join_is_seen(until: str, expected: bool) -> None:
    with duckdb.connect() as connection:
        connection.execute("create table a as select 1 as id, date '2026-01-01' as day")
        connection.execute("create table b as select 1 as id, date '2026-01-01' as day, null::date as until")
        joined = f"select * from a left join b on a.id = b.id and a.day >= b.day and ({until})"
        assert compares_all(connection, joined) is expected

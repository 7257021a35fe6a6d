"""Brings back what no archive holds: the verdicts of the gates, as far as a release tells of them."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import duckdb

from include.contract import MARTS_SCHEMA
from include.lake import Warehouse
from include.progress import report
from include.warehouse.database import open_warehouse, settle
from include.warehouse.reading import open_published

VERDICTS_MART: Final = "fct_gate_results"
# Columns of ops.gate_results, and what the mart calls them.
MART_NAMES: Final = {"passed": "has_passed", "reason": "explanation"}


def carry_verdicts_over(release_file: Path, warehouse: Warehouse) -> int:
    """Put the verdicts that a release holds into ops.gate_results of `warehouse`; returns how many.

    0, told in the log, where the release is gone, damaged or from before its verdicts were published: a
    history that is lost must not keep the warehouse from coming back. Raises WarehouseLockedError.
    """
    try:
        with open_published(release_file) as release:
            held = _columns(release, MARTS_SCHEMA, VERDICTS_MART)
            rows = release.execute(f"select * from {MARTS_SCHEMA}.{VERDICTS_MART}").fetchall() if held else []  # noqa: S608
    except (duckdb.Error, FileNotFoundError) as damage:
        report("restore", f"no verdicts of gates from {release_file}: {str(damage).splitlines()[0]}")
        return 0
    if not rows:
        return 0
    with open_warehouse(warehouse) as connection:
        known = [c for c in _columns(connection, "ops", "gate_results") if MART_NAMES.get(c, c) in held]
        places = [held.index(MART_NAMES.get(column, column)) for column in known]
        marks = ", ".join("?" * len(known))
        connection.executemany(
            f"insert into ops.gate_results ({', '.join(known)}) values ({marks})",  # noqa: S608 - names of our own tables
            [[row[place] for place in places] for row in rows],
        )
        settle(connection, warehouse)
    return len(rows)


def _columns(connection: duckdb.DuckDBPyConnection, schema: str, table: str) -> list[str]:
    rows = connection.execute(
        "select column_name from duckdb_columns() where database_name = current_database()"
        " and schema_name = ? and table_name = ? order by column_index",
        [schema, table],
    ).fetchall()
    return [row[0] for row in rows]

"""What the lane asks of a warehouse and of a published file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb

from include.contract import MARTS
from include.lake import Lake, Warehouse
from include.warehouse.database import open_warehouse
from include.warehouse.land import lost_batches
from include.warehouse.manifest import RUN_MARTS, Manifest
from tests.scale.ducklake.nights import LaneError

# Marts that log runs and not articles differ from run to run; of those, these come from the batches.
COMPARED = tuple(
    mart for mart in MARTS if mart not in RUN_MARTS - {"fct_article_outcomes", "fct_discovery_requests"}
)
BATCH_TABLES = ("sources", "batches", "discovery_requests", "article_outcomes", "article_versions")
TWICE = (
    "select batch_id from raw.batches group by batch_id having count(*) > 1",
    "select article_version_id from raw.article_versions group by article_version_id having count(*) > 1",
    "select url from raw.article_outcomes group by batch_id, url, warc_offset having count(*) > 1",
    "select stage_run_id from ops.stage_runs group by stage_run_id having count(*) > 1",
)
DESCRIBED = (
    """
    select table_name, column_name, data_type, is_nullable, comment
    from duckdb_columns() where schema_name = 'marts' order by all
    """,
    "select table_name, comment from duckdb_tables() where schema_name = 'marts' order by all",
    "select view_name, comment from duckdb_views() where schema_name = 'marts' order by all",
    "select function_name, comment from duckdb_functions() where schema_name = 'marts' order by all",
)


def must(holds: object, what: str) -> None:
    """Raise LaneError unless `holds`; print what held."""
    if not holds:
        raise LaneError(what)
    print(f"  ok: {what}", flush=True)


def rows(warehouse: Warehouse, query: str) -> list[tuple[Any, ...]]:
    with open_warehouse(warehouse, read_only=True) as connection:
        return connection.execute(query).fetchall()


def held(warehouse: Warehouse, batch_id: str) -> dict[str, int]:
    """Rows of a batch by landing table."""
    with open_warehouse(warehouse, read_only=True) as connection:
        return {
            table: connection.execute(
                f"select count(*) from raw.{table} where batch_id = ?", [batch_id]
            ).fetchall()[0][0]
            for table in BATCH_TABLES
        }


def nothing_lost_or_twice(lake: Lake, landing: Path) -> bool:
    """Every marked batch whole in the lake, nothing of it twice."""
    return not lost_batches(landing=landing, warehouse=lake) and not any(rows(lake, query) for query in TWICE)


def described(path: Path) -> list[list[tuple[Any, ...]]]:
    """Names, types, nullability and comments of a published file."""
    with duckdb.connect(str(path), read_only=True) as connection:
        return [connection.execute(query).fetchall() for query in DESCRIBED]


def side_by_side(embedded: Manifest, lake: Manifest, title: str) -> list[str]:
    """The marts' content hashes in two columns; returns the marts that differ."""
    print(f"\n{title}\n{'mart':<28} {'rows':>6}  {'embedded':<32}  {'lake':<32}")
    for mart in COMPARED:
        ours, theirs = embedded.content[mart], lake.content[mart]
        mark = "" if ours == theirs else "  DIFFERS"
        print(f"{mart:<28} {embedded.rows[mart]:>6}  {ours}  {theirs}{mark}")
    return [mart for mart in COMPARED if embedded.content[mart] != lake.content[mart]]

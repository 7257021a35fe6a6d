"""Copies the marts into a file of their own, and audits the copy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Final

import duckdb

from include.contract import MACROS, MARTS, MARTS_SCHEMA, STORAGE_VERSION, VIEWS
from include.lake import Lake, Warehouse
from include.warehouse.content import content_hash
from include.warehouse.database import LOCK_WORDS, WarehouseLockedError, connection_settings
from include.warehouse.lake import attach_lake, refusals_told
from include.warehouse.sql_text import quoted_name as _name
from include.warehouse.sql_text import quoted_text as _literal

# Names of attached files. Never `marts`: an alias that is a schema's name too makes every
# `marts.x` ambiguous. dbt writes the warehouse's own name into its views, so that one is kept.
SOURCE: Final = "warehouse"
TARGET: Final = "sotinh"
# Analysts ask for checks that failed, and for an indicator, a time and a province; rows that stand together
# by these let DuckDB skip most of a file of a million claims (docs/performance.md, "Asking the marts").
READ_BY: Final = ("is_consistent", "indicator_code", "period_end", "province_id")

# Made by dbt_project/macros/lake.sql.
KEPT_COMMENTS: Final = "int_kept_comments"


class AuditError(RuntimeError):
    """The file built aside is not what the marts say; nothing was published."""


def export_marts(warehouse: Warehouse, target: Path) -> dict[str, int]:
    """Write every mart of the contract from `warehouse` into the new file `target`; rows by mart.

    Types, NOT NULL, primary keys and comments are those of the warehouse; the rows stand in a fixed
    order, and the warehouse is only read. A mart that is a view there becomes a table like the others.
    The views and macros of the contract are made again from their SQL in the warehouse.
    The file opens in DuckDB 1.2 and later.

    Raises AuditError naming the marts, views and macros that were never built, and WarehouseLockedError.
    """
    with attached(warehouse, target) as connection:
        built, definitions = _columns(connection), _definitions(connection)
        missing = [mart for mart in MARTS if mart not in built]
        missing += [name for name in (*VIEWS, *MACROS) if name not in definitions]
        if missing:
            raise AuditError(f"{warehouse} holds no {', '.join(missing)}: run dbt build before publishing")
        # One transaction: each commit waits for the disk, and a file half filled is of no use.
        connection.execute("begin transaction")
        connection.execute(f"create schema {TARGET}.{MARTS_SCHEMA}")
        rows = {mart: _copy_mart(connection, mart, built[mart]) for mart in MARTS}
        write_views(connection)
        connection.execute("commit")
        return rows


def write_views(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the views and macros of the contract in the attached target as the warehouse defines them now."""
    definitions = _definitions(connection)
    # They name the marts without a file, so that each finds those of the file it stands in.
    connection.execute(f"use {TARGET}")
    for name in (*MACROS, *VIEWS):
        connection.execute(definitions[name])
    connection.execute("use memory")


def audit(path: Path, expected_rows: dict[str, int]) -> dict[str, str]:
    """Open the file as a reader would and compare it with what was copied; content hash by mart.

    Raises AuditError: a log file left behind, a mart, view or macro missing or too many, other row
    counts, another storage version, a mart that is not a plain table, or a view that cannot be read.
    """
    with _as_a_reader(path) as connection:
        _audit_tables(connection, path, expected_rows)
        return {mart: content_hash(connection, mart) for mart in MARTS}


def audit_file(path: Path, expected_rows: dict[str, int]) -> None:
    """As `audit`, all but the contents."""
    with _as_a_reader(path) as connection:
        _audit_tables(connection, path, expected_rows)


@contextmanager
def _as_a_reader(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    log = path.with_name(f"{path.name}.wal")
    if log.exists():
        raise AuditError(f"{log} was left behind: the file is not whole without it")
    with duckdb.connect(config=connection_settings(path.parent)) as connection:
        connection.execute("set TimeZone = 'UTC'")
        connection.execute(f"attach {_literal(path)} as {TARGET} (read_only)")
        connection.execute(f"use {TARGET}")
        yield connection


@contextmanager
def attached(warehouse: Warehouse, target: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that reads the warehouse and writes `target`; both closed, `target` without a log.

    Raises WarehouseLockedError.
    """
    connection = duckdb.connect(config=connection_settings(target.parent))
    try:
        connection.execute("set TimeZone = 'UTC'")
        with refusals_told(warehouse) if isinstance(warehouse, Lake) else nullcontext():
            _attach_source(connection, warehouse)
            connection.execute(f"attach {_literal(target)} as {TARGET} (storage_version '{STORAGE_VERSION}')")
            yield connection
            connection.execute(f"checkpoint {TARGET}")
            connection.execute(f"detach {TARGET}")
    finally:
        connection.close()


def _attach_source(connection: duckdb.DuckDBPyConnection, warehouse: Warehouse) -> None:
    if isinstance(warehouse, Lake):
        attach_lake(connection, warehouse, read_only=True)
        return
    try:
        connection.execute(f"attach {_literal(warehouse)} as {SOURCE} (read_only)")
    except duckdb.IOException as error:
        if LOCK_WORDS not in str(error).lower():
            raise
        raise WarehouseLockedError(f"{warehouse} is being written, publish after that: {error}") from error


def _columns(connection: duckdb.DuckDBPyConnection) -> dict[str, list[tuple[str, str, bool, str | None]]]:
    """Name, type, nullable and comment of each column, by mart, in the order of the table."""
    rows = connection.execute(
        "select table_name, column_name, data_type, is_nullable, comment from duckdb_columns()"
        " where database_name = ? and schema_name = ? order by table_name, column_index",
        [SOURCE, MARTS_SCHEMA],
    ).fetchall()
    kept = _kept_comments(connection)
    columns: dict[str, list[tuple[str, str, bool, str | None]]] = {}
    for table, name, kind, nullable, comment in rows:
        told = comment or kept.get((table, name))
        columns.setdefault(table, []).append((name, kind, nullable, told))
    return columns


def _definitions(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """The statements that make each view and table macro of the marts' schema with its comment, by name."""
    place = [SOURCE, MARTS_SCHEMA]
    views = connection.execute(
        "select view_name, sql, comment from duckdb_views() where database_name = ? and schema_name = ?",
        place,
    ).fetchall()
    macros = connection.execute(
        "select function_name, parameters, macro_definition, comment from duckdb_functions()"
        " where database_name = ? and schema_name = ? and function_type = 'table_macro'",
        place,
    ).fetchall()
    kept = _kept_comments(connection)
    definitions: dict[str, str] = {}
    for name, sql, comment in views:
        relation = f"{MARTS_SCHEMA}.{_name(name)}"
        definitions[name] = (
            f"{_replacing(sql, relation)}; comment on view {relation} is {_literal(comment or '')}"
        )
    for name, parameters, sql, comment in macros:
        relation = f"{MARTS_SCHEMA}.{_name(name)}"
        definitions[name] = (
            f"create or replace macro {relation}({', '.join(map(_name, parameters))}) as table {sql};"
            f" comment on macro table {relation} is {_literal(comment or kept.get((name, None)) or '')}"
        )
    return definitions


def _replacing(create_view: str, relation: str) -> str:
    """DuckDB tells a view as `CREATE VIEW …`; in a file that was copied it is there already.

    A lake tells it without its schema.
    """
    made = f"create or replace view {relation}"
    return re.sub(r'^\s*create view\s+("[^"]+"|[\w.])+', made, create_view, count=1, flags=re.IGNORECASE)


def _kept_comments(connection: duckdb.DuckDBPyConnection) -> dict[tuple[str, str | None], str]:
    """Comments on macros and on columns of views, which a lake cannot hold where they belong; else none."""
    there = connection.execute(
        "select 1 from duckdb_tables() where database_name = ? and table_name = ?", [SOURCE, KEPT_COMMENTS]
    ).fetchone()
    if there is None:
        return {}
    rows = connection.execute(
        f"select entry_name, column_name, comment_text from {SOURCE}.intermediate.{KEPT_COMMENTS}"  # noqa: S608
    ).fetchall()
    return {(entry, column): text for entry, column, text in rows}


def _copy_mart(
    connection: duckdb.DuckDBPyConnection, mart: str, columns: list[tuple[str, str, bool, str | None]]
) -> int:
    key = _primary_key(connection, mart)
    lines = [f"{_name(name)} {kind}{'' if nullable else ' not null'}" for name, kind, nullable, _ in columns]
    if key:
        lines.append(f"primary key ({', '.join(map(_name, key))})")
    table = f"{TARGET}.{MARTS_SCHEMA}.{_name(mart)}"
    source = f"{SOURCE}.{MARTS_SCHEMA}.{_name(mart)}"
    names = [name for name, *_ in columns]
    rest = [name for name in names if name not in READ_BY]
    order = ", ".join(map(_name, key or [*(name for name in READ_BY if name in names), *rest]))
    connection.execute(f"create table {table} ({', '.join(lines)})")
    connection.execute(f"insert into {table} select * from {source} order by {order}")  # noqa: S608 - quoted names
    comment = connection.execute(
        "select comment from duckdb_tables()"
        " where database_name = $1 and schema_name = $2 and table_name = $3"
        " union all select comment from duckdb_views()"
        " where database_name = $1 and schema_name = $2 and view_name = $3",
        [SOURCE, MARTS_SCHEMA, mart],
    ).fetchone()
    if comment and comment[0]:
        connection.execute(f"comment on table {table} is {_literal(comment[0])}")
    for name, _, _, text in columns:
        if text:
            connection.execute(f"comment on column {table}.{_name(name)} is {_literal(text)}")
    return count_rows(connection, source)


def _primary_key(connection: duckdb.DuckDBPyConnection, mart: str) -> list[str]:
    row = connection.execute(
        "select constraint_column_names from duckdb_constraints() where database_name = ? and schema_name = ?"
        " and table_name = ? and constraint_type = 'PRIMARY KEY'",
        [SOURCE, MARTS_SCHEMA, mart],
    ).fetchone()
    return list(row[0]) if row else []


def _audit_tables(connection: duckdb.DuckDBPyConnection, path: Path, expected_rows: dict[str, int]) -> None:
    _audit_names(connection, path)
    counts = {mart: count_rows(connection, f"{MARTS_SCHEMA}.{_name(mart)}") for mart in MARTS}
    if counts != expected_rows:
        differing = {m: (expected_rows.get(m), n) for m, n in counts.items() if n != expected_rows.get(m)}
        raise AuditError(
            f"{path} has other row counts than the warehouse (mart: expected, found): {differing}"
        )
    version = connection.execute(
        "select tags['storage_version'] from duckdb_databases() where database_name = ?", [TARGET]
    ).fetchone()
    if version is None or not str(version[0]).startswith(STORAGE_VERSION):
        raise AuditError(f"{path} was written for {version}, not for DuckDB {STORAGE_VERSION} and later")
    lost = connection.execute(
        "select count(*) from marts.fct_indicators"
        " where article_id not in (select article_id from marts.dim_articles)"
    ).fetchone()
    if lost is None or lost[0]:
        raise AuditError(f"{path} has {lost and lost[0]} claims whose article is not in dim_articles")


def _audit_names(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Raise AuditError unless the file holds exactly the contract's tables, views and macros, readable."""
    found = connection.execute(
        "select table_schema, table_name, table_type from information_schema.tables where table_catalog = $1"
        " union all"
        " select schema_name, function_name, function_type from duckdb_functions()"
        " where database_name = $1 and not internal",
        [TARGET],
    ).fetchall()
    expected = [(MARTS_SCHEMA, mart, "BASE TABLE") for mart in MARTS]
    expected += [(MARTS_SCHEMA, view, "VIEW") for view in VIEWS]
    expected += [(MARTS_SCHEMA, macro, "table_macro") for macro in MACROS]
    if sorted(found) != sorted(expected):
        odd = sorted(set(found) ^ set(expected))
        raise AuditError(f"{path} does not hold the tables, views and macros of the contract alone: {odd}")
    for view in VIEWS:
        try:
            connection.execute(f"select * from {MARTS_SCHEMA}.{_name(view)} limit 1")  # noqa: S608 - quoted
        except duckdb.Error as error:
            raise AuditError(f"{path}: view {view} cannot be read: {error}") from error


def count_rows(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    """How many rows `table` (a quoted name) has. Raises AuditError where DuckDB does not tell."""
    row = connection.execute(f"select count(*) from {table}").fetchone()  # noqa: S608 - a quoted name
    if row is None:
        raise AuditError(f"{table} cannot be counted")
    return int(row[0])

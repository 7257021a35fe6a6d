"""Makes the next published file from the one before it, by the rows that a build of changes made.

A night changes few rows, and copying a file's bytes costs a hundredth of writing its rows anew. What comes
of it has the contents of a file written anew, row for row; only their order and the bytes differ. Rows that
are put in stand at the end, out of the order that questions are quick in, so a file is written anew once a
share of its rows stands there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb

from include.contract import MARTS, MARTS_SCHEMA
from include.lake import Warehouse
from include.progress import report
from include.warehouse.content import Content, content_of, parsed_content
from include.warehouse.database import open_warehouse
from include.warehouse.export import SOURCE, TARGET, AuditError, attached, audit_file, count_rows, write_views
from include.warehouse.files import copy_to_disk
from include.warehouse.manifest import Manifest
from include.warehouse.sql_text import quoted_name as _name
from include.warehouse.sql_text import quoted_text as _literal

# The questions of docs/questions keep their times as long as most row groups stand sorted.
MOST_APPENDED: Final = 0.25


@dataclass(frozen=True, slots=True)
class Exported:
    """A file made aside: rows and content by mart, and how many rows stand behind the sorted ones."""

    rows: Mapping[str, int]
    content: Mapping[str, Content]
    rows_appended: int


@dataclass(frozen=True, slots=True)
class Changing:
    """A mart whose rows changed one by one: those whose value in one of `columns` is a key of `kind`."""

    kind: str
    columns: tuple[str, ...]


def changes_since(warehouse: Warehouse, before: Manifest | None) -> Mapping[str, Changing] | None:
    """Which marts changed row by row since `before` was published; None where all has to be written anew.

    That is so unless the newest build followed right on the one that `before` published, and built changes
    alone. A build in between that no gate let pass left changes of its own. Raises WarehouseLockedError.
    """
    if before is None or any(parsed_content(before.content.get(mart)) is None for mart in MARTS):
        return None
    if before.rows_appended > MOST_APPENDED * sum(before.rows.values()):
        return None
    with open_warehouse(warehouse, read_only=True) as connection:
        newest = connection.execute(
            "select build_no, all_rows_because from ops.builds where finished_at is not null"
            " order by build_no desc nulls last limit 1"
        ).fetchone()
        published = connection.execute(
            "select max(build_no) from ops.builds where run_id = ?", [before.run_id]
        ).fetchone()
        if newest is None or published is None or newest[1] is not None:
            return None
        if newest[0] is None or published[0] is None or newest[0] != published[0] + 1:
            return None
        found = connection.execute(
            "select mart, any_value(key_kind), list(key_column order by key_column)"
            " from intermediate.int_changing_marts group by mart order by mart"
        ).fetchall()
    return {mart: Changing(kind, tuple(columns)) for mart, kind, columns in found}


def export_changes(
    warehouse: Warehouse, published: Path, before: Manifest, changing: Mapping[str, Changing], target: Path
) -> Exported | None:
    """Write `target` from the file of `before` and the changes in `warehouse`; None where that is not sound.

    published: a file with the bytes that `before` tells of. What the marts hold afterwards must be as many
    rows as the warehouse has; where it is not, or `published` is another file, `target` is removed and the
    caller writes it anew. Raises AuditError and WarehouseLockedError.
    """
    if copy_to_disk(published, target) != before.sha256:
        report("publish", f"{published} is not the file that was published: written anew")
        target.unlink()
        return None
    with attached(warehouse, target) as connection:
        connection.execute("begin transaction")
        made = {mart: _changed(connection, mart, before, changing.get(mart)) for mart in MARTS}
        write_views(connection)
        connection.execute("commit")
        counted = {mart: count_rows(connection, f"{SOURCE}.{MARTS_SCHEMA}.{_name(mart)}") for mart in MARTS}
    rows = {mart: one.rows for mart, one in made.items()}
    if rows != counted:
        odd = {mart: (counted[mart], rows[mart]) for mart in MARTS if counted[mart] != rows[mart]}
        report("publish", f"changes alone give other row counts (mart: warehouse, file): {odd}; written anew")
        target.unlink()
        return None
    appended = before.rows_appended + sum(one.put_in for one in made.values())
    return Exported(rows, {mart: one.content for mart, one in made.items()}, appended)


def audit_changes(path: Path, made: Exported) -> dict[str, str]:
    """Open the file as a reader would: its tables, views and row counts; the content of each mart as told.

    The rows that did not change are bytes of a file that was audited when it was written.
    Raises AuditError as `audit`.
    """
    audit_file(path, dict(made.rows))
    return {mart: str(content) for mart, content in made.content.items()}


@dataclass(frozen=True, slots=True)
class _Made:
    rows: int
    content: Content
    put_in: int


def _changed(
    connection: duckdb.DuckDBPyConnection, mart: str, before: Manifest, changing: Changing | None
) -> _Made:
    """Bring one mart of the target to what the warehouse holds."""
    table = f"{TARGET}.{MARTS_SCHEMA}.{_name(mart)}"
    where = "true" if changing is None else _of_changed_keys(changing)
    # Each of the two large files is read once, for the keys alone; what was found is small.
    for name, place in (("rows_before", TARGET), ("rows_after", SOURCE)):
        rows = f"{place}.{MARTS_SCHEMA}.{_name(mart)}"
        found = "true" if changing is None else f"rowid in (select rowid from {rows} where {where})"  # noqa: S608
        connection.execute(f"create or replace temp table {name} as select * from {rows} where {found}")  # noqa: S608
    taken_out, old = _told(connection, mart, "rows_before")
    put_in, new = _told(connection, mart, "rows_after")
    deleted = connection.execute(f"delete from {table} where {where}").fetchone()  # noqa: S608
    inserted = connection.execute(f"insert into {table} by name from rows_after").fetchone()
    if deleted != (taken_out,) or inserted != (put_in,):
        raise AuditError(
            f"{mart}: {deleted} and {inserted} rows changed in place of {taken_out} and {put_in}"
        )
    was = parsed_content(before.content[mart])
    content = new if changing is None or was is None else was - old + new
    return _Made(before.rows[mart] - taken_out + put_in, content, put_in if changing else 0)


def _told(connection: duckdb.DuckDBPyConnection, mart: str, rows: str) -> tuple[int, Content]:
    """How many rows stand in a temporary table, and their content."""
    return count_rows(connection, rows), content_of(connection, mart, rows)


def _of_changed_keys(changing: Changing) -> str:
    """SQL of ours: a model's meta names the columns, and may compute its key from one."""
    keys = (
        f"select changed_key from {SOURCE}.intermediate.int_changed_keys"  # noqa: S608 - constants
        f" where key_kind = {_literal(changing.kind)}"
    )
    return " or ".join(f"{column} in ({keys})" for column in changing.columns)

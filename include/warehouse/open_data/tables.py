"""What of a mart is open data: its columns without the whole texts, and whose each quoted sentence is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import duckdb

from include.contract import MARTS_SCHEMA
from include.warehouse.open_data.cells import OpenDataError, csv_cell, json_cell
from include.warehouse.sql_text import quoted_name

# Whole texts never leave as open data, in whichever mart they stand.
HELD_BACK: Final = frozenset({"body"})
# Columns that hold the words of a text, besides those whose name ends in `quote`.
QUOTING: Final = frozenset({"title", "conclusion"})
RIGHTS: Final = "rights"
BYTE_ORDER_MARK: Final = "\ufeff"
RIGHTS_COMMENT: Final = (
    "Whose words this row quotes: the publisher's name and the address of the text. Empty where the row"
    " quotes nothing. The facts of the row are free."
)
RIGHTS_PREFIX: Final = "Trích dẫn / quoted: "
CREDITS: Final = f"""
create or replace temp table credits as
select a.article_id, concat_ws(', ', s.source_name, a.url) as credit
from {MARTS_SCHEMA}.dim_articles as a
left join {MARTS_SCHEMA}.dim_sources as s on a.source_id = s.source_id
"""  # noqa: S608 - a constant


@dataclass(frozen=True, slots=True)
class Column:
    """A column of an export; sql_type is DuckDB's."""

    name: str
    sql_type: str
    nullable: bool
    comment: str


@dataclass(frozen=True, slots=True)
class OpenTable:
    """A mart as it is exported. quoting: columns with words of a text; credited_by: those that lead to it."""

    mart: str
    comment: str
    columns: tuple[Column, ...]
    quoting: tuple[str, ...]
    credited_by: tuple[str, ...]
    row_count: int


def open_table(connection: duckdb.DuckDBPyConnection, mart: str) -> OpenTable:
    """What of `mart`, in the present database of the connection, is exported.

    Raises OpenDataError for a mart that quotes and has no column that leads to the article.
    """
    rows = connection.execute(
        "select column_name, data_type, is_nullable, coalesce(comment, '') from duckdb_columns()"
        " where database_name = current_database() and schema_name = ? and table_name = ?"
        " order by column_index",
        [MARTS_SCHEMA, mart],
    ).fetchall()
    columns = [Column(*row) for row in rows if row[0] not in HELD_BACK]
    names = [column.name for column in columns]
    quoting = tuple(name for name in names if name.endswith("quote") or name in QUOTING)
    credited_by = _credited_by(names, mart) if quoting else ()
    if quoting:
        columns.append(Column(RIGHTS, "VARCHAR", True, RIGHTS_COMMENT))
    told = connection.execute(
        "select coalesce(comment, '') from duckdb_tables()"
        " where database_name = current_database() and schema_name = ? and table_name = ?",
        [MARTS_SCHEMA, mart],
    ).fetchone()
    counted = connection.execute(f"select count(*) from {MARTS_SCHEMA}.{quoted_name(mart)}").fetchone()  # noqa: S608
    if told is None or counted is None:
        raise OpenDataError(f"the release holds no {mart}")
    return OpenTable(mart, told[0].strip(), tuple(columns), quoting, credited_by, counted[0])


def _credited_by(names: list[str], mart: str) -> tuple[str, ...]:
    """The columns that name the articles quoted: the article's id, those of several, or the claim's."""
    others = tuple(name for name in names if name.endswith("_article_id"))
    for found in (("article_id",) if "article_id" in names else (), others, ("statement_id",)):
        if found and set(found) <= set(names):
            return found
    raise OpenDataError(
        f"{mart} quotes a text and has no article_id, …_article_id or statement_id: its rows cannot name"
        " whose words they are"
    )


def parquet_query(table: OpenTable, condition: str = "") -> str:
    """The rows of a mart as they are, in the order of the published file, quotations with their rights.

    condition: SQL over the mart as `m` that rows must fulfil; all where it is empty.
    """
    return _query(
        table, [f"m.{quoted_name(column.name)}" for column in _own(table)], _rights(table), condition
    )


def csv_query(table: OpenTable, condition: str = "") -> str:
    """The same rows as CSV cells. The first name carries the byte order mark that Excel looks for."""
    cells: list[str] = []
    for column in _own(table):
        shown = column.name if cells else BYTE_ORDER_MARK + column.name
        cell = csv_cell(f"m.{quoted_name(column.name)}", column.sql_type)
        cells.append(f"{cell} as {quoted_name(shown)}")
    return _query(table, cells, _rights(table), condition)


def json_query(table: OpenTable, condition: str = "") -> str:
    """The same rows as JSON has them: times in ISO 8601, no NaN and no infinity."""
    cells = [
        f"{json_cell(f'm.{quoted_name(column.name)}', column.sql_type)} as {quoted_name(column.name)}"
        for column in _own(table)
    ]
    return _query(table, cells, _rights(table), condition)


def count_without_rights(connection: duckdb.DuckDBPyConnection, table: OpenTable) -> int:
    """Rows that quote a text and name nobody; must be 0."""
    if not table.quoting:
        return 0
    row = connection.execute(
        f"select count(*) from ({_query(table, [_quotes(table) + ' as quotes'], _rights(table))})"  # noqa: S608
        f" where quotes and {RIGHTS} is null"
    ).fetchone()
    return int(row[0]) if row else 0


def _own(table: OpenTable) -> tuple[Column, ...]:
    return tuple(column for column in table.columns if not (table.quoting and column.name == RIGHTS))


def _quotes(table: OpenTable) -> str:
    return "(" + " or ".join(f"m.{quoted_name(name)} is not null" for name in table.quoting) + ")"


def _rights(table: OpenTable) -> str | None:
    """SQL of the rights of a row: each article's credit once, in the order of the columns."""
    if not table.quoting:
        return None
    parts = ["c0.credit"]
    for number in range(1, len(table.credited_by)):
        earlier = " and ".join(f"c{number}.credit is distinct from c{n}.credit" for n in range(number))
        parts.append(f"case when {earlier} then c{number}.credit end")
    credit = f"nullif(concat_ws('; ', {', '.join(parts)}), '')"
    return f"case when {_quotes(table)} then '{RIGHTS_PREFIX}' || {credit} end as {RIGHTS}"


def _query(table: OpenTable, cells: list[str], rights: str | None, condition: str = "") -> str:
    mart = f"{MARTS_SCHEMA}.{quoted_name(table.mart)}"
    joins = ""
    for number, column in enumerate(table.credited_by):
        article = f"m.{quoted_name(column)}"
        if column == "statement_id":
            joins += f" left join {MARTS_SCHEMA}.fct_indicators as i on m.statement_id = i.statement_id"
            article = "i.article_id"
        joins += f" left join credits as c{number} on {article} = c{number}.article_id"
    listed = ", ".join([*cells, rights] if rights else cells)
    # By position: a join may give rows in any order, and the same release must give the same bytes.
    where = f" where {condition}" if condition else ""
    return f"select {listed} from {mart} as m{joins}{where} order by m.rowid"  # noqa: S608 - quoted names

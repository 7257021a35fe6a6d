"""What Superset calls datasets: every mart as it is, and the queries of bi/sql with their columns named."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import duckdb

from bi.bundle import VERSION, uuid_of
from include.contract import MARTS, MARTS_SCHEMA

SQL_FOLDER: Final = Path(__file__).with_name("sql")
DATABASE: Final = "sotinh"
COUNT: Final = {"name": "count", "label": "Số dòng / Rows", "sql": "count(*)"}

# "--   name | label | meaning"; what goes on in the next line stands further right.
_COLUMN = re.compile(r"^--   (\w+) \| (.+?) \| (.+(?:\n--       .+)*)$", re.MULTILINE)
_TEMPORAL: Final = ("date", "timestamp", "timestamp with time zone")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its type as DuckDB names it, what it is called where a person reads, what it means."""

    name: str
    type: str
    label: str | None
    meaning: str


@dataclass(frozen=True, slots=True)
class Dataset:
    """A table of the marts, or a query of them where `sql` is one."""

    name: str
    meaning: str
    columns: tuple[Column, ...]
    sql: str | None = None


def mart_datasets(manifest: Mapping[str, Any]) -> tuple[Dataset, ...]:
    """Every mart with types and descriptions as dbt's manifest tells them, by name."""
    marts = [
        node
        for node in manifest["nodes"].values()
        if node["resource_type"] == "model" and node["schema"] == MARTS_SCHEMA
    ]
    return tuple(
        Dataset(
            name=str(mart["name"]),
            meaning=_one_line(mart["description"]),
            columns=tuple(
                Column(str(column["name"]), str(column["data_type"]), None, _one_line(column["description"]))
                for column in mart["columns"].values()
            ),
        )
        for mart in sorted(marts, key=lambda mart: str(mart["name"]))
        if mart["name"] in MARTS
    )


def query_datasets(marts: Iterable[Dataset], folder: Path = SQL_FOLDER) -> tuple[Dataset, ...]:
    """Every query of `folder`, its columns' types as DuckDB finds them over empty `marts`.

    Raises ValueError naming the file whose header and columns are not the same, and duckdb.Error where the
    query asks for what the marts do not have.
    """
    with empty_marts(marts) as connection:
        return tuple(_query(path, connection) for path in sorted(folder.glob("*.sql")))


def empty_marts(marts: Iterable[Dataset]) -> duckdb.DuckDBPyConnection:
    """A database in memory with the tables of `marts` and no row."""
    connection = duckdb.connect()
    connection.execute(f"create schema {MARTS_SCHEMA}")
    for mart in marts:
        columns = ", ".join(f'"{column.name}" {column.type}' for column in mart.columns)
        connection.execute(f"create table {MARTS_SCHEMA}.{mart.name} ({columns})")
    return connection


def _query(path: Path, connection: duckdb.DuckDBPyConnection) -> Dataset:
    text = path.read_text(encoding="utf-8")
    header, query = _split(path, text)
    told = {name: (label, _uncommented(meaning)) for name, label, meaning in _COLUMN.findall(text)}
    described = connection.execute(f"describe {query}").fetchall()
    found = [str(row[0]) for row in described]
    if found != list(told):
        raise ValueError(f"{path}: the header tells of {list(told)}, the query gives {found}")
    columns = (Column(name, str(type_).lower(), *told[name]) for name, type_, *_ in described)
    return Dataset(path.stem, header, tuple(columns), query)


def _split(path: Path, text: str) -> tuple[str, str]:
    match = re.match(r"((?:-- .+\n)+)--\n-- Columns\n(?:-- .+\n)+", text)
    if match is None:
        raise ValueError(f"{path}: wanted a header of what it is, and of its columns")
    return _uncommented(match[1]), text[match.end() :].strip()


def _uncommented(text: str) -> str:
    return _one_line(re.sub(r"^--", "", text, flags=re.MULTILINE))


def _one_line(text: object) -> str:
    return " ".join(str(text).split())


def dataset_file(dataset: Dataset, metrics: Sequence[Mapping[str, str]]) -> dict[str, Any]:
    """The dataset as Superset imports it; metrics: name, label and sql of what it counts beside its rows."""
    return {
        "table_name": dataset.name,
        "main_dttm_col": None,
        "description": dataset.meaning,
        "default_endpoint": None,
        "offset": 0,
        "cache_timeout": None,
        "schema": MARTS_SCHEMA,
        "catalog": None,
        "sql": dataset.sql,
        "params": None,
        "template_params": None,
        "filter_select_enabled": True,
        "fetch_values_predicate": None,
        "extra": None,
        "normalize_columns": False,
        "always_filter_main_dttm": False,
        "uuid": uuid_of("dataset", dataset.name),
        "metrics": [_metric_entry(metric) for metric in (COUNT, *metrics)],
        "columns": [_column_entry(column) for column in dataset.columns],
        "version": VERSION,
        "database_uuid": uuid_of("database", DATABASE),
    }


def _metric_entry(metric: Mapping[str, str]) -> dict[str, Any]:
    return {
        "metric_name": metric["name"],
        "verbose_name": metric["label"],
        "metric_type": None,
        "expression": metric["sql"],
        "description": None,
        "d3format": None,
        "currency": None,
        "extra": None,
        "warning_text": None,
    }


def _column_entry(column: Column) -> dict[str, Any]:
    return {
        "column_name": column.name,
        "verbose_name": column.label,
        "is_dttm": column.type in _TEMPORAL,
        "is_active": True,
        "type": column.type.upper(),
        "advanced_data_type": None,
        "groupby": True,
        "filterable": True,
        "expression": None,
        "description": column.meaning,
        "python_date_format": None,
        "extra": None,
    }

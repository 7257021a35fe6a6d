"""All guards between a landed page and its reader, run on one warehouse without a process for each.

dbt's data tests are the SQL that the build compiled; the gates' frames are judged by Great Expectations in
this process; the file for readers is exported and audited. A guard is asked again only where the rows that it
judges differ from the base's, whose verdicts are known: the same rows give the same verdict.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import duckdb
import pandas as pd

from include.quality.gates import LANDED_SUITES, marts_suites
from include.quality.judge import Check, judge
from include.quality.suites import Suite
from include.warehouse.database import open_warehouse
from include.warehouse.export import AuditError, audit, export_marts

CONTRACT: Final = "not_null by contract"
AUDIT: Final = "audit of the published file"


@dataclass(frozen=True, slots=True, order=True)
class Fired:
    """A guard that caught something. place: landed, build, marts or publish; severity: stop or warn."""

    place: str
    name: str
    severity: str


@dataclass(frozen=True, slots=True)
class DataTest:
    """One of dbt's data tests: its SQL selects the rows at fault, out of `tables` (schema.name)."""

    name: str
    severity: str
    sql: str
    tables: frozenset[str]


@dataclass(frozen=True, slots=True)
class Known:
    """What the base was when its verdicts were taken. tables: fingerprints by name; frames: of each gate's
    suite, by name; link: what the audit of the published file depends on."""

    tables: dict[str, Any]
    frames: dict[str, pd.DataFrame]
    link: Any


@dataclass(frozen=True, slots=True)
class Guards:
    """The guards of a built data folder, whose own warehouse none of them may catch anything in."""

    data_dir: Path
    tests: tuple[DataTest, ...]
    suites: tuple[tuple[str, Suite], ...]
    known: Known

    @classmethod
    def of(cls, data_dir: Path) -> Guards:
        """The guards as the build in `data_dir` left them, its warehouse as the base to compare with."""
        tests = tuple(_data_tests(data_dir / "dbt" / "target" / "manifest.json"))
        suites = tuple(
            (place, suite)
            for place, held in (("landed", LANDED_SUITES), ("marts", marts_suites(data_dir)))
            for suite in held
        )
        with open_warehouse(data_dir / "warehouse.duckdb", read_only=True) as connection:
            frames = {suite.name: _frame(connection, suite) for _, suite in suites}
            known = Known(_fingerprints(connection), frames, _link(connection))
        return cls(data_dir, tests, suites, known)

    def of_landing(self) -> Guards:
        """Those that judge before anything is built: of the marts they find only the last build's."""
        tests = tuple(test for test in self.tests if all(name.startswith("raw.") for name in test.tables))
        suites = tuple((place, suite) for place, suite in self.suites if place == "landed")
        return replace(self, tests=tests, suites=suites)

    def fired(self, connection: duckdb.DuckDBPyConnection, *, everything: bool = False) -> list[Fired]:
        """Which guards catch something in an open warehouse, but for the audit of the published file.

        everything: ask also those whose rows are the base's.
        """
        present, before = _fingerprints(connection), self.known.tables
        changed = {name for name in present | before if present.get(name) != before.get(name)}
        asked = set(present) if everything else changed
        return [*self._tests(connection, asked), *self._gates(connection, asked, everything=everything)]

    def may_publish_otherwise(self, connection: duckdb.DuckDBPyConnection) -> bool:
        """Whether the audit of the published file could end otherwise than on the base."""
        return bool(_link(connection) != self.known.link)

    def _tests(self, connection: duckdb.DuckDBPyConnection, asked: set[str]) -> Iterator[Fired]:
        connection.execute("set TimeZone = 'Asia/Ho_Chi_Minh'")  # as dbt's profile has it
        for test in self.tests:
            if test.tables & asked and _finds(connection, test.sql):
                yield Fired("build", test.name, "stop" if test.severity == "error" else "warn")
        connection.execute("set TimeZone = 'UTC'")

    def _gates(
        self, connection: duckdb.DuckDBPyConnection, asked: set[str], *, everything: bool
    ) -> Iterator[Fired]:
        for place, suite in self.suites:
            if not any(table in suite.query for table in asked):
                continue
            try:
                frame = _frame(connection, suite)
            except duckdb.CatalogException:
                yield Fired(place, f"suite {suite.name}, whose table is gone", "stop")
                continue
            checks = suite.checks if everything else _moved(suite, frame, self.known.frames[suite.name])
            for result in judge(frame, checks, key=suite.key) if checks else ():
                if not result.passed:
                    yield Fired(place, result.check_name, result.severity)


def _frame(connection: duckdb.DuckDBPyConnection, suite: Suite) -> pd.DataFrame:
    return connection.execute(suite.query, dict(suite.parameters)).df()


def _moved(suite: Suite, frame: pd.DataFrame, before: pd.DataFrame) -> list[Check]:
    """The suite's checks on columns that differ from the base's."""
    return [
        check
        for check in suite.checks
        if not frame[check.arguments["column"]].equals(before[check.arguments["column"]])
    ]


def _finds(connection: duckdb.DuckDBPyConnection, sql: str) -> bool:
    """Whether the test selects a row; one whose table is gone cannot pass either."""
    try:
        return bool(connection.execute(f"select 1 from ({sql}) limit 1").fetchall())
    except duckdb.CatalogException:
        return True


def _link(connection: duckdb.DuckDBPyConnection) -> Any:
    """What the audit depends on: how the marts are defined, and the articles that claims name."""
    defined = connection.execute(
        "select table_name, sql from duckdb_tables() where schema_name = 'marts' order by 1"
    ).fetchall()
    named = connection.execute(
        "select sum(hash(article_id)), (select sum(hash(article_id)) from marts.dim_articles)"
        " from marts.fct_indicators"
    ).fetchone()
    return defined, named


def fired_on_publishing(warehouse: Path, *, spoil: str = "") -> list[Fired]:
    """What the audit catches of the file exported from `warehouse`, after the SQL `spoil` ran on it."""
    target = warehouse.with_name("published.duckdb")
    target.unlink(missing_ok=True)
    try:
        rows = export_marts(warehouse, target)
        if spoil:
            with duckdb.connect(str(target)) as connection:
                connection.execute(spoil)
        audit(target, rows)
    except AuditError:
        return [Fired("publish", AUDIT, "stop")]
    return []


def _fingerprints(connection: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """Kind, columns, row count and a sum over the rows' hashes of each table that a guard may read."""
    tables = connection.execute(
        "select schema_name || '.' || table_name, sql from duckdb_tables()"
        " where schema_name in ('raw', 'intermediate', 'marts', 'vocabulary')"
    ).fetchall()
    counted = connection.execute(
        " union all ".join(f"select '{name}', count(*), sum(hash(t)) from {name} as t" for name, _ in tables)
    ).fetchall()
    rows = {name: tuple(figures) for name, *figures in counted}
    return {name: (sql, rows[name]) for name, sql in tables}


def _data_tests(manifest: Path) -> Iterator[DataTest]:
    nodes = json.loads(manifest.read_text(encoding="utf-8"))
    everything = nodes["nodes"] | nodes["sources"]
    for node in nodes["nodes"].values():
        if node["resource_type"] == "test":
            owner = everything[node["attached_node"] or node["depends_on"]["nodes"][0]]["name"]
            column = f".{node['column_name']}" if node["column_name"] else ""
            yield DataTest(
                name=f"{node['test_metadata']['name']} on {owner}{column}",
                severity=node["config"]["severity"].lower(),
                sql=node["compiled_code"],
                tables=frozenset(_tables_of(node["depends_on"]["nodes"], everything)),
            )


def _tables_of(parents: Sequence[str], everything: dict[str, Any]) -> Iterator[str]:
    """The tables that a test reads, views followed to theirs."""
    for parent in parents:
        node = everything.get(parent)
        if node is None:
            continue
        if node.get("config", {}).get("materialized") == "view":
            yield from _tables_of(node["depends_on"]["nodes"], everything)
        else:
            yield f"{node['schema']}.{node['name']}"

"""Whether the marts' SQL can be said in Spark's dialect, for the day that they outgrow a node.

sqlglot translates what dbt compiled; what it cannot say, and functions that neither it nor Spark knows, are
listed here with the reason. That the translated SQL gives the same rows is not tried.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import sqlglot
from sqlglot import ErrorLevel, exp
from sqlglot.errors import SqlglotError

from include.contract import MARTS
from include.warehouse.build import artifacts
from tests.scale.ducklake.facts import must

RECURSIVE = "recursive with"
# (mart, what Spark lacks): what would have to be done.
ALLOWED = {
    ("dim_topics", RECURSIVE): "Spark has WITH RECURSIVE since 4.1, and sqlglot refuses to write it",
    (
        "fct_person_posts",
        "fold_text",
    ): "a macro of ours, to be made a function there (create_fold_text.sql)",
    ("fct_unmapped_indicators", "fold_text"): "the same macro",
    (
        "fct_province_freshness",
        "timezone",
    ): "Spark's is from_utc_timestamp, its arguments the other way round",
}


def check(data_dir: Path, when: str) -> None:
    """Raise LaneError unless the compiled marts lack in Spark exactly what ALLOWED tells of them."""
    found = {(path.stem, what) for path in compiled(data_dir) for what in lacking(path.read_text("utf-8"))}
    marts = {path.stem for path in compiled(data_dir)}
    must(marts == set(MARTS), f"{when}: all {len(marts)} marts are compiled")
    odd = sorted(found ^ set(ALLOWED))
    clean = len(marts - {mart for mart, _ in found})
    must(
        not odd,
        f"{when}: {clean} of {len(marts)} marts are Spark's SQL whole, the rest as listed {odd}",
    )


def compiled(data_dir: Path) -> list[Path]:
    """dbt's compiled models of the marts, without their tests (in folders named by the YAML)."""
    folder = artifacts(data_dir) / "compiled" / "sotinh" / "models" / "marts"
    return sorted(path for path in folder.rglob("*.sql") if not path.parent.name.endswith(".yml"))


def lacking(sql: str) -> Iterator[str]:
    """What of DuckDB's `sql` Spark lacks, as sqlglot tells it; nothing where all of it can be said."""
    level = ErrorLevel.RAISE
    try:
        told = sqlglot.transpile(
            sql, read="duckdb", write="spark", error_level=level, unsupported_level=level
        )
    except SqlglotError as error:
        yield RECURSIVE if "Recursive CTEs" in str(error) else str(error).splitlines()[0]
        return
    for statement in told:
        tree = sqlglot.parse_one(statement, read="spark", error_level=level)
        yield from {function.name.lower() for function in tree.find_all(exp.Anonymous)}

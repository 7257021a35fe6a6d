"""What the models hold since the last build, and whether the next one may build the changes alone.

A build of changes starts from what the last one left. So it needs that one to have finished, by the rules
of today, from batches that are all still there, and with every portal where it was: a portal whose
province was corrected changes what each of its articles means. Otherwise every model is built anew, which
gives the same rows and takes the time of the whole history.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb

# What of the dbt project decides about rows; its target and logs lie elsewhere.
RULES: Final = ("dbt_project.yml", "profiles.yml", "models/**/*", "macros/**/*", "seeds/**/*", "plugins/*.py")
MODELS_SCHEMA: Final = "intermediate"


@dataclass(frozen=True, slots=True)
class BuildPlan:
    """What one build makes. build_no: rises with each build; all_rows: every model anew, and why."""

    build_no: int
    all_rows: bool
    reason: str


def rules_digest(project: Path, extractor_version: str) -> str:
    """SHA-256 over everything that decides what rows a build makes of the same landed batches."""
    digest = hashlib.sha256(f"{extractor_version}\n{duckdb.__version__}\n".encode())
    for path in sorted({path for pattern in RULES for path in project.glob(pattern) if path.is_file()}):
        digest.update(f"{path.relative_to(project).as_posix()}\n".encode())
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def plan_build(
    connection: duckdb.DuckDBPyConnection, rules: str, all_rows_because: str | None = None
) -> BuildPlan:
    """Whether the changes since the last build are enough, and this build's number.

    all_rows_because: why somebody asks for every row, None where nobody does.
    """
    row = connection.execute("select coalesce(max(build_no), 0) + 1 from ops.builds").fetchone()
    reason = all_rows_because or _why_all_rows(connection, rules)
    return BuildPlan(int(row[0]) if row else 1, reason is not None, reason or "")


def record_modelled(connection: duckdb.DuckDBPyConnection, run_id: str, batch_ids: Sequence[str]) -> None:
    """Record that the models hold `batch_ids`; within the caller's transaction.

    batch_ids: those that were there when the build began. One that landed while it worked may or may not be
    in the models: the next build takes it up, a second time perhaps, which changes nothing.
    """
    connection.execute(
        "delete from ops.modelled_batches where batch_id not in (select batch_id from raw.batches)"
    )
    connection.execute(
        "insert into ops.modelled_batches select batch_id, ? from raw.batches"
        " where batch_id in (select unnest(cast(? as varchar[])))"
        " and batch_id not in (select batch_id from ops.modelled_batches)",
        [run_id, list(batch_ids)],
    )


def _why_all_rows(connection: duckdb.DuckDBPyConnection, rules: str) -> str | None:
    last = connection.execute(
        "select run_id, finished_at is not null, rules from ops.builds"
        " order by build_no desc nulls last, started_at desc, rowid desc limit 1"
    ).fetchone()
    if last is None:
        return "nothing was built before"
    if not last[1]:
        return f"the build before, {last[0]}, did not finish"
    if last[2] != rules:
        return "the rules are not those of the build before"
    gone = _first(
        connection,
        "select batch_id from ops.modelled_batches"
        " where batch_id not in (select batch_id from raw.batches) order by batch_id limit 1",
    )
    if gone is not None:
        return f"batch {gone} was taken out of the warehouse"
    if _first(connection, _MODELS) is None:
        return "the models of the build before are not there"
    moved = _first(connection, _MOVED_PORTAL)
    return None if moved is None else f"portal {moved} speaks for another province than before"


_MODELS: Final = (
    "select 1 from duckdb_tables() where table_name = 'int_sources_latest'"  # noqa: S608 - a constant
    f" and schema_name = '{MODELS_SCHEMA}'"
)
# As the latest batch has it, beside what the models were built with.
_MOVED_PORTAL: Final = f"""
    with latest as (
        select
            sources.source_id,
            arg_max(coalesce(sources.province_id, ''), (batches.started_at, sources.batch_id)) as province_id
        from raw.sources as sources
        inner join raw.batches as batches on sources.batch_id = batches.batch_id
        group by sources.source_id
    )
    select modelled.source_id
    from {MODELS_SCHEMA}.int_sources_latest as modelled
    inner join latest on modelled.source_id = latest.source_id
    where coalesce(modelled.province_id, '') <> latest.province_id
    order by modelled.source_id
    limit 1
"""  # noqa: S608 - a constant


def _first(connection: duckdb.DuckDBPyConnection, query: str) -> str | None:
    row = connection.execute(query).fetchone()
    return None if row is None else str(row[0])

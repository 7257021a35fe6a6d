"""What was built from which batches, and what may be published."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

import duckdb

from include.crash_points import crash_point
from include.lake import Lake, Warehouse
from include.stage_runs import StageRun
from include.warehouse.database import has_landing_tables, is_there, open_warehouse, settle
from include.warehouse.lake import BUILD_TURN, turn_of
from include.warehouse.modelled import BuildPlan, plan_build, record_modelled
from include.warehouse.transactions import in_transaction


def pending_batches(warehouse: Warehouse) -> list[str]:
    """Ids of the batches landed and not yet built into published marts, oldest id first.

    Empty where there is no warehouse yet. Raises WarehouseLockedError.
    """
    if not is_there(warehouse):
        return []
    with open_warehouse(warehouse, read_only=True) as connection:
        if not has_landing_tables(connection):
            return []
        rows = connection.execute(
            "select distinct batch_id from raw.batches"
            " where batch_id not in (select batch_id from ops.built_batches) order by batch_id"
        ).fetchall()
    return [row[0] for row in rows]


def landed_sources(warehouse: Warehouse) -> set[str]:
    """Ids of the portals of which anything was ever landed; empty where there is no warehouse yet.

    Raises WarehouseLockedError.
    """
    if not is_there(warehouse):
        return set()
    with open_warehouse(warehouse, read_only=True) as connection:
        if not has_landing_tables(connection):
            return set()
        rows = connection.execute("select distinct source_id from raw.sources").fetchall()
    return {row[0] for row in rows}


class NotJudgedError(RuntimeError):
    """The marts in the warehouse are not the ones that a run built and both gates passed."""


@contextmanager
def recorded_build(
    warehouse: Warehouse,
    run_id: str,
    clock: Callable[[], datetime],
    rules: str,
    *,
    all_rows_because: str | None = None,
) -> Iterator[BuildPlan]:
    """Record that `run_id` builds the marts in this block, and at its end that it finished.

    rules: `modelled.rules_digest`. all_rows_because: why every model is to be built anew, where somebody
    asks for it. Gives the block what it has to build. It must be free to open the warehouse; where it
    raises, the build stays unfinished, and the next one builds every model anew.
    """
    with open_warehouse(warehouse) as connection:
        plan = plan_build(connection, rules, all_rows_because)
        batch_ids = [row[0] for row in connection.execute("select batch_id from raw.batches").fetchall()]
        connection.execute(
            "insert into ops.builds (run_id, started_at, build_no, rules, all_rows_because)"
            " values (?, ?, ?, ?, ?)",
            [run_id, clock(), plan.build_no, rules, plan.reason or None],
        )
        settle(connection, warehouse)
    crash_point("build_before_dbt")
    with _build_turn(warehouse):
        yield plan
    crash_point("build_before_finish")
    with open_warehouse(warehouse) as connection:
        finished_at = clock()

        def finish() -> None:
            connection.execute(
                "update ops.builds set finished_at = ? where run_id = ? and finished_at is null",
                [finished_at, run_id],
            )
            record_modelled(connection, run_id, batch_ids)

        in_transaction(connection, finish)
        settle(connection, warehouse)


@contextmanager
def _build_turn(warehouse: Warehouse) -> Iterator[None]:
    """In a lake no batch lands and no other build works in this block; a file is dbt's alone in any case."""
    if not isinstance(warehouse, Lake):
        yield
        return
    with open_warehouse(warehouse) as connection, turn_of(connection, warehouse, [BUILD_TURN]):
        yield


def require_judged(warehouse: Warehouse, run_id: str, gates: Sequence[str]) -> None:
    """Raise NotJudgedError unless `run_id` built the marts last and passed each of `gates`.

    A publish can be asked for by hand, after another run has built marts that a gate refused.
    """
    with open_warehouse(warehouse) as connection:
        last = connection.execute(
            "select run_id, finished_at is not null from ops.builds"
            " order by rowid desc limit 1"  # not by time: a clock may be set back
        ).fetchone()
        passed = connection.execute(
            "select gate from ops.gate_results where run_id = ?"
            " group by gate having bool_and(passed or coalesce(severity, 'stop') = 'warn')",
            [run_id],
        ).fetchall()
    missing = sorted(set(gates) - {row[0] for row in passed})
    if last != (run_id, True):
        why = f"the marts were last touched by {last[0]}" if last else "no marts were built"
        why += "" if last is None or last[1] else ", whose build did not finish"
    elif missing:
        why = f"there is no passed verdict of gate {', '.join(missing)}"
    else:
        return
    raise NotJudgedError(
        f"{run_id} cannot publish from {warehouse}: {why}."
        " Run build_marts again; the published file is as it was."
    )


def mark_built(warehouse: Warehouse, batch_ids: Sequence[str], run_id: str, built_at: datetime) -> None:
    """Record that `run_id` published marts that hold these batches; a batch already recorded stays as it is.

    Raises KeyError naming the batches that were never landed, and records none then.
    """
    with open_warehouse(warehouse) as connection:
        wanted = sorted(set(batch_ids))
        landed = {row[0] for row in connection.execute("select batch_id from raw.batches").fetchall()}
        unknown = [batch_id for batch_id in wanted if batch_id not in landed]
        if unknown:
            raise KeyError(f"never landed, so not built either: {', '.join(unknown)}")
        crash_point("mark_built_before_write")
        connection.execute(
            "insert into ops.built_batches"
            " select batch_id, ?, ? from unnest(cast(? as varchar[])) as t (batch_id)"
            " where batch_id not in (select batch_id from ops.built_batches)",
            [run_id, built_at, wanted],
        )
        settle(connection, warehouse)


def record_stage_runs(warehouse: Warehouse, runs: Sequence[StageRun]) -> int:
    """Put the stage runs that ops.stage_runs does not hold into it, in one transaction; returns how many.

    Told the same twice it adds nothing. Does nothing where there is no warehouse yet. Raises
    WarehouseLockedError.
    """
    if not runs or not is_there(warehouse):
        return 0
    with open_warehouse(warehouse) as connection:
        held = {row[0] for row in connection.execute("select stage_run_id from ops.stage_runs").fetchall()}
        new = [run for run in runs if run.stage_run_id not in held]
        rows = [_stage_row(run) for run in new]
        if rows:
            in_transaction(connection, lambda: _insert_stage_rows(connection, rows))
            settle(connection, warehouse)
    return len(rows)


def _insert_stage_rows(connection: duckdb.DuckDBPyConnection, rows: Sequence[list[object]]) -> None:
    marks = ", ".join("?" * len(rows[0]))
    connection.executemany(f"insert into ops.stage_runs values ({marks})", rows)  # noqa: S608 - marks alone
    crash_point("ledger_before_commit")


def _stage_row(run: StageRun) -> list[object]:
    """The values of a row in the order of the table, which is that of the record's fields."""
    batch_ids = ", ".join(run.batch_ids) or None
    return [batch_ids if name == "batch_ids" else getattr(run, name) for name in run.__slots__]

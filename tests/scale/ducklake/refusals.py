"""A catalog that takes no commit: each time a clear error, nothing half written, the next run completes."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from include.lake import Lake, lake_from_environment
from include.warehouse import land
from include.warehouse.database import open_warehouse
from include.warehouse.lake import BUILD_TURN, LakeError, LakeRefusedError, turn_of
from include.warehouse.transactions import ATTEMPTS, in_transaction
from tests.scale.ducklake.facts import held, must, nothing_lost_or_twice
from tests.scale.ducklake.nights import Fetched, LaneError, lake_environment
from tests.scale.postgres import Postgres

READER = "lane_reader"


def try_refusals(fetched: Fetched, server: Postgres, folder: Path) -> None:
    """All of them on one lake of their own."""
    data_dir, catalog = folder / "refused", server.database("refusals")
    lake = lake_of(catalog, folder / "refused-data", data_dir)
    first = fetched.give(0, "a", data_dir)[0]
    _server_that_stops(server, lake, data_dir, first)
    second = fetched.give(0, "b", data_dir)[0]
    _role_that_may_only_read(server, lake, folder, data_dir, second)
    _conflicts(lake)
    _turns(lake)
    _builds_take_turns(lake)
    _unreachable(server, lake, data_dir)
    _missing_data(lake)


def lake_of(catalog: str, data: Path, data_dir: Path) -> Lake:
    lake = lake_from_environment(data_dir, lake_environment(catalog, data))
    assert lake is not None
    return lake


def _land(lake: Lake, data_dir: Path) -> list[Any]:
    return land.land_open_batches(
        landing=data_dir / "landing", warehouse=lake, landed_at=lambda: datetime.now(UTC)
    )


def _server_that_stops(server: Postgres, lake: Lake, data_dir: Path, batch_id: str) -> None:
    def stop(point: str) -> None:
        if point == "land_before_commit":
            server.stop("immediate")

    with _crash_point(stop):
        error = _refused(lambda: _land(lake, data_dir))
    print(f"     {error}")
    must(isinstance(error, LakeRefusedError), "PostgreSQL stopped before a commit: refused with its words")
    must(not (data_dir / "landing" / batch_id / land.MARKER).exists(), "the batch bears no marker")
    server.start()
    must(not any(held(lake, batch_id).values()), "not one row of it is in the lake")
    must([one.batch_id for one in _land(lake, data_dir)] == [batch_id], "the next run lands it")
    must(nothing_lost_or_twice(lake, data_dir / "landing"), "nothing lost, nothing twice")


def _role_that_may_only_read(
    server: Postgres, lake: Lake, folder: Path, data_dir: Path, batch_id: str
) -> None:
    server.sql(f"create role {READER} login password '{server.password}'")
    server.sql(f"grant select on all tables in schema public to {READER}", "refusals")
    reader = lake_of(server.url("refusals", READER), folder / "refused-data", data_dir)
    error = _refused(lambda: _land(reader, data_dir))
    print(f"     {error}")
    must(
        "permission denied" in str(error),
        "a role that may only read: refused with PostgreSQL's words",
    )
    must(not any(held(lake, batch_id).values()), "not one row of it is in the lake")
    must([one.batch_id for one in _land(lake, data_dir)] == [batch_id], "the next run lands it")
    must(nothing_lost_or_twice(lake, data_dir / "landing"), "nothing lost, nothing twice")


def _conflicts(lake: Lake) -> None:
    """Two processes delete the same row; then one that always comes second."""
    with open_warehouse(lake) as one, open_warehouse(lake) as other:
        insert = "insert into ops.modelled_batches values ('x', 'lane')"
        one.execute(insert)
        tries = []

        def delete() -> None:
            tries.append(one.execute("delete from ops.modelled_batches where run_id = 'lane'").fetchall())
            if len(tries) == 1:
                other.execute("delete from ops.modelled_batches where run_id = 'lane'")

        in_transaction(one, delete)
        must(len(tries) == 2, "work that another commit came before is done again from what is there")
        tries.clear()
        one.execute(insert)

        def always_second() -> None:
            tries.append(one.execute("delete from ops.modelled_batches where run_id = 'lane'").fetchall())
            other.execute("delete from ops.modelled_batches where run_id = 'lane'")
            other.execute(insert)

        try:
            with open_warehouse(lake):
                in_transaction(one, always_second)
            raise LaneError("a transaction that is always second was committed")
        except LakeRefusedError as error:
            print(f"     {error}")
        must(len(tries) == ATTEMPTS, f"and after {ATTEMPTS} times it is refused, with the reason")
        one.execute("delete from ops.modelled_batches where run_id = 'lane'")


def _turns(lake: Lake) -> None:
    order: list[str] = []

    def second() -> None:
        with open_warehouse(lake) as connection, turn_of(connection, lake, ["portal"]):
            order.append("second")

    with open_warehouse(lake) as connection:
        with turn_of(connection, lake, ["portal"]):
            waiting = threading.Thread(target=second)
            waiting.start()
            waiting.join(timeout=5)
            order.append("first")
        waiting.join(timeout=60)
    must(order == ["first", "second"], "landings of one portal take turns")


def _builds_take_turns(lake: Lake) -> None:
    """Landings share a turn that a build has alone."""
    order: list[str] = []

    def land_one() -> None:
        with open_warehouse(lake) as connection, turn_of(connection, lake, ["portal"], shared=[BUILD_TURN]):
            order.append("landing")

    with open_warehouse(lake) as connection:
        with turn_of(connection, lake, ["other portal"], shared=[BUILD_TURN]):
            beside = threading.Thread(target=land_one)
            beside.start()
            beside.join(timeout=60)
            order.append("landing")
        with turn_of(connection, lake, [BUILD_TURN]):
            waiting = threading.Thread(target=land_one)
            waiting.start()
            waiting.join(timeout=5)
            order.append("build")
        waiting.join(timeout=60)
    must(order == ["landing", "landing", "build", "landing"], "no batch lands while a build works")


def _unreachable(server: Postgres, lake: Lake, data_dir: Path) -> None:
    server.stop()
    error = _refused(lambda: _land(lake, data_dir))
    print(f"     {error}")
    must(server.password not in str(error), "a server that is down is told without the password")
    server.start()


def _missing_data(lake: Lake) -> None:
    with open_warehouse(lake, read_only=True) as connection:
        for query in (
            "select * from read_text('/etc/hostname')",
            "copy (select 1) to '/tmp/sotinh-lane.csv'",
            "attach '' as other (type postgres)",
            "install httpfs",
        ):
            try:
                connection.execute(query)
            except Exception as error:
                if "disabled" not in str(error):
                    raise
            else:
                raise LaneError(f"a connection to the lake allows: {query}")
    must(True, "a connection to the lake reads and writes no other file, server or extension")


def _refused(work: Callable[[], object]) -> LakeError:
    try:
        work()
    except LakeError as error:
        return error
    raise LaneError("it was not refused")


@contextmanager
def _crash_point(replacement: Callable[[str], None]) -> Any:
    kept = land.crash_point
    land.crash_point = replacement
    try:
        yield
    finally:
        land.crash_point = kept

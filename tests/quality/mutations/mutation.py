"""What a mutation is: a broken rule's rows in a copy of the base, and the guard that must catch it."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import duckdb

from include.warehouse.database import open_warehouse
from tests.quality.mutations.guards import CONTRACT, Fired, Guards, fired_on_publishing


@dataclass(frozen=True, slots=True)
class Mutation:
    """One corruption. stands_for: the mistake that would make such rows; statement: SQL that makes them;
    caught_by: name of the guard that must catch it; at: whose rows it spoils, what `landed`, what was `built`
    of it, or the `published` file.
    """

    name: str
    stands_for: str
    caught_by: str
    statement: str
    at: Literal["landed", "built", "published"] = "built"


def catch_all(mutations: Iterable[Mutation], guards: Guards, folder: Path) -> dict[str, list[Fired]]:
    """Which guards catch each mutation, sorted, by its name.

    Each is made in one copy of the base in `folder` and rolled back; where the file for readers may differ,
    again in a copy of its own, which is exported.
    """
    shutil.copyfile(guards.data_dir / "warehouse.duckdb", folder / "warehouse.duckdb")
    with open_warehouse(folder / "warehouse.duckdb") as connection:
        judged = {mutation: _judged(mutation, guards, connection) for mutation in mutations}
    return {
        mutation.name: sorted({*fired, *(_published(mutation, guards, folder) if publish else ())})
        for mutation, (fired, publish) in judged.items()
    }


def _judged(
    mutation: Mutation, guards: Guards, connection: duckdb.DuckDBPyConnection
) -> tuple[list[Fired], bool]:
    """What is caught before publishing, and whether publishing has to be tried."""
    if mutation.at == "published":
        return [], True
    connection.execute("begin transaction")
    try:
        connection.execute(mutation.statement)
        asked = guards.of_landing() if mutation.at == "landed" else guards
        return asked.fired(connection), mutation.at == "built" and guards.may_publish_otherwise(connection)
    except duckdb.ConstraintException:
        return [Fired("build", CONTRACT, "stop")], False
    finally:
        connection.execute("rollback")


def _published(mutation: Mutation, guards: Guards, folder: Path) -> list[Fired]:
    copy = folder / "to_publish.duckdb"
    shutil.copyfile(guards.data_dir / "warehouse.duckdb", copy)
    if mutation.at == "published":
        return fired_on_publishing(copy, spoil=mutation.statement)
    with open_warehouse(copy) as connection:
        connection.execute(mutation.statement)
    return fired_on_publishing(copy)

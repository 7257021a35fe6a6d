"""What a mutation is: a broken rule's rows in a copy of the base, and the guard that must catch it."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import duckdb

from include.warehouse.database import open_warehouse
from tests.quality.mutations.guards import CONTRACT, Fired, Guards


@dataclass(frozen=True, slots=True)
class Mutation:
    """One corruption. stands_for: the mistake that would make such rows; statement: SQL that makes them;
    caught_by: name of the guard that must catch it; published: the SQL spoils the exported file instead.
    """

    name: str
    stands_for: str
    caught_by: str
    statement: str
    published: bool = False


def catches(mutation: Mutation, guards: Guards, folder: Path) -> list[Fired]:
    """Which guards catch the mutation in a copy of the base; `folder` is for the copy, and is emptied again."""
    folder.mkdir()
    warehouse = folder / "warehouse.duckdb"
    shutil.copyfile(guards.data_dir / "warehouse.duckdb", warehouse)
    try:
        if mutation.published:
            return guards.fired(warehouse, spoil_published=mutation.statement)
        try:
            with open_warehouse(warehouse) as connection:
                connection.execute(mutation.statement)
        except duckdb.ConstraintException:
            return [Fired("build", CONTRACT, "stop")]
        return guards.fired(warehouse)
    finally:
        shutil.rmtree(folder)

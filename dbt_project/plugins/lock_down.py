"""Closes the machine to the build's SQL: of all files it reads the seeds, and writes the warehouse alone."""

from __future__ import annotations

from pathlib import Path

from duckdb import DuckDBPyConnection

from include.lake import Lake

PROJECT = Path(__file__).parent.parent


def lock_down(conn: DuckDBPyConnection, project: Path = PROJECT, lake: Lake | None = None) -> None:
    """Forbid SQL of every cursor of `conn` other files, the network and extensions.

    project: the dbt project, whose seeds dbt loads by COPY. They are allowed first: what is allowed is fixed
    once all else is forbidden. The warehouse and the spill folder, open or named already, stay usable.
    lake: the warehouse where it is one; it is attached here, for afterwards nothing can be.
    """
    # dbt names a seed by the folder that it was started for, which a link may lead to.
    folders = dict.fromkeys([project.absolute(), project.resolve(), Path.cwd()])
    seeds = [str(path) for folder in folders for path in sorted((folder / "seeds").glob("*.csv"))]
    if lake is not None:
        # Not for the build of a file: the extensions' wheels need not be there then.
        from include.warehouse.lake import attach_lake, close_to_all_but

        attach_lake(conn, lake)
        close_to_all_but(conn, lake, tuple(seeds))
        return
    listed = ", ".join("'" + seed.replace("'", "''") + "'" for seed in seeds)
    conn.execute(f"set allowed_paths = [{listed}]")
    conn.execute("set enable_external_access = false")

"""Attaches a lake to a connection of DuckDB, closes the connection to everything else, and takes turns in it.

DuckDB's extensions `ducklake` and `postgres` come as wheels (requirements-lake.txt), so that nothing is
downloaded while the pipeline runs; DuckDB checks their signatures as ever.
"""

from __future__ import annotations

import importlib.util
import os
import re
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

import duckdb

from include.lake import Lake
from include.warehouse.sql_text import quoted_text
from include.warehouse.transactions import ATTEMPTS, is_conflict

# The name that the embedded warehouse has by its file: SQL with it means the same in both.
LAKE_NAME: Final = "warehouse"
# Names of what a connection keeps in memory of how the lake is reached. dbt's profile names the first.
_LAKE_SETUP: Final = "sotinh_lake"
_CATALOG_SETUP: Final = "sotinh_lake_catalog"
# The catalog under the name by which SQL of PostgreSQL's own reaches it.
_CATALOG: Final = f"__ducklake_metadata_{LAKE_NAME}"
# DuckDB names an extension's entry by its file, and the wheel calls this file otherwise.
_FILE_NAMES: Final = {"postgres": "postgres_scanner"}
_SETTINGS: Final = {
    # Small inserts as rows of the catalog's leave a table there for every table ever made, for good.
    "ducklake_default_data_inlining_row_limit": 0,
    # A commit that another one came before is tried again by DuckLake itself, so often and no more.
    "ducklake_max_retry_count": 20,
    "ducklake_retry_wait_ms": 50,
    "ducklake_retry_backoff": 1.3,
}
_LONGEST_WAIT: Final = "120s"
# Who makes the landing tables or adds to them.
TABLES_TURN: Final = "tables"
# A build takes it alone, landings share it: dbt's models each see what was committed when they begin.
BUILD_TURN: Final = "build"
# What DuckDB says where PostgreSQL refused or went away, or the folder or the bucket did.
_REFUSED: Final = (
    "failed to commit", "failed to execute", "failed to fetch", "failed to prepare", "permission denied",
    "server closed the connection", "terminating connection", "connection to server", "no connection to the",
    "lock timeout", "read-only transaction", "http error", "failed to create directory", "cannot open file",
)  # fmt: skip
_MADE_MEANWHILE: Final = ("duplicate key value violates", "already exists")
_WAIT_S: Final = 0.2
_IS_NEW: Final = "creating a new ducklake is explicitly disabled"


class LakeError(RuntimeError):
    """The lake cannot be used as it is set up: what is missing, and what to do."""


class LakeUnreachableError(LakeError):
    """The catalog's server, its role or its database did not let the lake be opened."""


class LakeNotMadeError(LakeUnreachableError):
    """The catalog's database is empty: nothing was landed yet."""


class LakeRefusedError(LakeError):
    """The lake was open and did not take a change or give an answer; nothing of the change stays."""


def attach_lake(connection: duckdb.DuckDBPyConnection, lake: Lake, *, read_only: bool = False) -> None:
    """Attach `lake` as LAKE_NAME; the catalog and the folder are made where they are missing.

    The password goes into a secret of this connection's memory, which DuckDB shows redacted.
    Raises LakeError (an extension is missing), LakeUnreachableError with the server's words, and
    LakeNotMadeError for read_only before anything was landed.
    """
    _load_extensions(connection, lake)
    for setting, value in _SETTINGS.items():
        connection.execute(f"set {setting} = {value}")
    for statement in _setup(lake):
        connection.execute(statement)
    if not lake.is_remote and not read_only:
        _make_folder(lake)
    options = " (read_only)" if read_only else ""
    try:
        _attach(connection, f"attach if not exists 'ducklake:{_LAKE_SETUP}' as {LAKE_NAME}{options}")
    except duckdb.Error as error:
        if _IS_NEW in str(error).lower():
            raise LakeNotMadeError(f"{lake} is empty: nothing was landed yet") from error
        raise LakeUnreachableError(
            f"{lake} cannot be opened: {_told(error)}. Is the server up, and may the role connect to that"
            " database and create tables in it? Nothing was changed."
        ) from error


def _attach(connection: duckdb.DuckDBPyConnection, statement: str) -> None:
    """Several processes may be the first: all but one find that the catalog's tables have just come to be."""
    for attempt in range(ATTEMPTS):
        try:
            connection.execute(statement)
        except duckdb.Error as error:
            made_by_another = any(words in str(error).lower() for words in _MADE_MEANWHILE)
            if attempt == ATTEMPTS - 1 or not made_by_another:
                raise
            time.sleep(_WAIT_S * (attempt + 1))
        else:
            return


def close_to_all_but(connection: duckdb.DuckDBPyConnection, lake: Lake, paths: tuple[str, ...] = ()) -> None:
    """Forbid SQL on `connection` every file but the lake's data and `paths`, other servers and extensions.

    After this no other catalog can be attached: what the extensions could open is opened already.
    """
    listed = ", ".join(map(quoted_text, paths))
    connection.execute(f"set allowed_paths = [{listed}]")
    connection.execute(f"set allowed_directories = [{quoted_text(lake.data)}]")
    connection.execute("set enable_external_access = false")


def lake_exists(lake: Lake) -> bool:
    """False where the catalog's database holds no lake yet; raises LakeError and its kinds."""
    with duckdb.connect() as connection:
        try:
            attach_lake(connection, lake, read_only=True)
        except LakeNotMadeError:
            return False
    return True


@contextmanager
def refusals_told(lake: Lake) -> Iterator[None]:
    """Raise LakeRefusedError in the place of what DuckDB makes of a catalog's refusal in this block."""
    try:
        yield
    except duckdb.Error as error:
        if "lock timeout" in str(error).lower():
            why = f"a build, or a landing of the same portal, has been at work for {_LONGEST_WAIT}"
        elif is_conflict(error):
            why = f"other writers came first {ATTEMPTS} times"
        elif any(words in str(error).lower() for words in _REFUSED):
            why = _told(error)
        else:
            raise
        raise LakeRefusedError(
            f"{lake} refused: {why}. Nothing of this step was kept; mend the catalog or the role and run it"
            " again, it goes on from what was committed."
        ) from error


@contextmanager
def turn_of(
    connection: duckdb.DuckDBPyConnection, lake: Lake, names: Sequence[str], *, shared: Sequence[str] = ()
) -> Iterator[None]:
    """Wait until no other process is in such a block with one of `names`, two minutes at most.

    shared: names that others may share at the same time, but nobody have alone.
    The locks are PostgreSQL's and end with its connection: a process that is killed frees them. Begin the
    transaction inside, so that it sees what the one before has committed. Raises LakeRefusedError.
    """
    turn = connection.cursor()
    try:
        with refusals_told(lake):
            turn.execute("begin transaction")
            _ask_catalog(turn, f"select set_config('lock_timeout', '{_LONGEST_WAIT}', true)")
            for name in shared:
                _lock(turn, "pg_advisory_xact_lock_shared", name)
            # In one order everywhere, or two could wait for each other for ever.
            for name in sorted(set(names)):
                _lock(turn, "pg_advisory_xact_lock", name)
        yield
    finally:
        with suppress(duckdb.Error):
            turn.execute("rollback")
        turn.close()


def _lock(connection: duckdb.DuckDBPyConnection, function: str, name: str) -> None:
    key = f"hashtextextended({quoted_text(f'sotinh {name}')}, 0)"
    _ask_catalog(connection, f"select 1 from (select {function}({key})) as locked")  # noqa: S608 - quoted


def _ask_catalog(connection: duckdb.DuckDBPyConnection, query: str) -> None:
    connection.execute("select * from postgres_query(?, ?)", [_CATALOG, query]).fetchall()


def _load_extensions(connection: duckdb.DuckDBPyConnection, lake: Lake) -> None:
    names = ("postgres", "ducklake", "httpfs") if lake.is_remote else ("postgres", "ducklake")
    with tempfile.TemporaryDirectory(prefix="sotinh-extensions-") as folder:
        for name in names:
            link = Path(folder) / f"{_FILE_NAMES.get(name, name)}.duckdb_extension"
            link.symlink_to(_extension_file(name))
            connection.execute(f"load {quoted_text(link)}")


def _extension_file(name: str) -> Path:
    package = importlib.util.find_spec(f"duckdb_extension_{name}")
    for place in (package.submodule_search_locations or []) if package else []:
        found = Path(place) / "extensions" / f"v{duckdb.__version__}" / f"{name}.duckdb_extension"
        if found.exists():
            return found
    raise LakeError(
        f"DuckDB's extension {name} for {duckdb.__version__} is not installed in this environment:"
        " a lake needs what requirements-lake.lock lists (docs/ducklake.md)"
    )


def _make_folder(lake: Lake) -> None:
    try:
        Path(lake.data).mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise LakeError(f"the lake's folder {lake.data} cannot be made: {error.strerror}") from error


def _setup(lake: Lake) -> list[str]:
    """Statements of ours; every value in them is quoted."""
    given = {"host": lake.host, "database": lake.database, "user": lake.user}
    if lake.password:
        given["password"] = lake.password
    listed = ", ".join(f"{name} {quoted_text(value)}" for name, value in given.items())
    reached = f"map {{'TYPE': 'postgres', 'SECRET': '{_CATALOG_SETUP}'}}"
    where = f"metadata_path '', data_path {quoted_text(lake.data)}, metadata_parameters {reached}"
    statements = [
        f"create or replace secret {_CATALOG_SETUP} (type postgres, port {lake.port}, {listed})",
        f"create or replace secret {_LAKE_SETUP} (type ducklake, {where})",
    ]
    return [*statements, _store_setup(lake)] if lake.is_remote else statements


def _store_setup(lake: Lake) -> str:
    """Keys and address of the object store, by the variables that every S3 client reads."""
    read = os.environ.get
    options = {
        "scope": lake.data,
        "key_id": read("AWS_ACCESS_KEY_ID", ""),
        "secret": read("AWS_SECRET_ACCESS_KEY", ""),
        "session_token": read("AWS_SESSION_TOKEN", ""),
        "region": read("AWS_REGION") or read("AWS_DEFAULT_REGION", ""),
    }
    listed = [f"{name} {quoted_text(value)}" for name, value in options.items() if value]
    endpoint = read("AWS_ENDPOINT_URL_S3") or read("AWS_ENDPOINT_URL", "")
    if endpoint:
        scheme, _, host = endpoint.rstrip("/").rpartition("://")
        listed += [f"endpoint {quoted_text(host)}", "url_style 'path'", f"use_ssl {scheme != 'http'}"]
    return f"create or replace secret sotinh_lake_store (type s3, {', '.join(listed)})"


def _told(error: duckdb.Error) -> str:
    """What the server said, in one line; DuckDB's words in front of it tell of names that are ours."""
    words = " ".join(str(error).split())
    if words.endswith('"ROLLBACK":'):
        return "the connection to PostgreSQL went away"
    said = re.search(r"\b(?:ERROR|FATAL): +(.+)", words)
    return (said[1] if said else words.rpartition('at "": ')[2])[:400]

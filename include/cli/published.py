"""The published file as the subcommands open and read it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, TypeVar

import duckdb

from include.cli.ending import NothingPublishedError, NotReadableError
from include.contract import MARTS_SCHEMA, PUBLISHED_FILE
from include.settings import Settings
from include.warehouse.reading import open_published, open_to_export

Row = dict[str, Any]
T = TypeVar("T")
INTERRUPTED_AGAIN_SECONDS: Final = 0.1


def data_folder(data_dir: Path | None) -> Path:
    """The folder that is asked: the one named, else that of the settings."""
    return Settings.from_environment().data_dir if data_dir is None else data_dir.expanduser().resolve()


@contextmanager
def opened(data_dir: Path | None) -> Iterator[duckdb.DuckDBPyConnection]:
    """A locked-down connection to the published file of a folder, closed at the end of the block.

    Raises NothingPublishedError without a file, NotReadableError for one that is locked, no database, without
    marts, or that lacks a mart or column which the block asks for.
    """
    path = data_folder(data_dir) / PUBLISHED_FILE
    with told_as_unreadable(path):
        connection = open_published(path)
    with connection, told_as_unreadable(path):
        require_marts(connection, path)
        yield connection


@contextmanager
def opened_to_export(folder: Path, target: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """As `opened`, and the connection can write the one file `target`."""
    path = folder / PUBLISHED_FILE
    with told_as_unreadable(path):
        connection = open_to_export(path, target)
    with connection, told_as_unreadable(path):
        require_marts(connection, path)
        yield connection


@contextmanager
def told_as_unreadable(path: Path) -> Iterator[None]:
    """Turn what DuckDB says of the file itself into errors of the command."""
    try:
        yield
    except FileNotFoundError as missing:
        raise NothingPublishedError(
            f"Nothing is published in {path.parent}: there is no {path.name}. `make run` publishes,"
            " `make restore` puts a removed file back; --data-dir or SOTINH_DATA_DIR names another folder."
        ) from missing
    except (duckdb.CatalogException, duckdb.BinderException) as lacking:
        raise NotReadableError(
            f"{path} was published by another version: {_first_line(lacking)}. The next build publishes"
            " it anew."
        ) from lacking
    except (duckdb.IOException, duckdb.SerializationException) as unreadable:
        if "could not set lock" in str(unreadable).lower():
            raise NotReadableError(
                f"{path} is open for writing in another process: {_first_line(unreadable)}. Open it read-only"
                " there, or wait until it is closed."
            ) from unreadable
        raise NotReadableError(
            f"{path} cannot be read: {_first_line(unreadable)}. `make restore` puts the last release back."
        ) from unreadable


def require_marts(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Raise NotReadableError for a database that is none of ours."""
    found = connection.execute(
        "select 1 from duckdb_schemas() where schema_name = ? and database_name = current_database()",
        [MARTS_SCHEMA],
    ).fetchone()
    if found is None:
        raise NotReadableError(f"{path} is not a published file: it has no schema {MARTS_SCHEMA}.")


def interruptible(connection: duckdb.DuckDBPyConnection, run: Callable[[], T]) -> T:
    """What `run` gives, which asks the connection; Ctrl-C ends it at once.

    DuckDB looks for the signal between parts of its work, which can be minutes: it runs in a thread, so that
    this one hears of it.
    """
    with ThreadPoolExecutor(max_workers=1) as worker:
        answer = worker.submit(run)
        try:
            return answer.result()
        except KeyboardInterrupt:
            while not answer.done():
                connection.interrupt()
                wait([answer], timeout=INTERRUPTED_AGAIN_SECONDS)
            raise


def rows(connection: duckdb.DuckDBPyConnection, query: str, values: Sequence[object] = ()) -> list[Row]:
    """The answer of a query, each row by its columns' names."""
    answer = interruptible(connection, lambda: connection.execute(query, list(values)))
    names = [column[0] for column in answer.description or ()]
    return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]


def one_row(connection: duckdb.DuckDBPyConnection, query: str, values: Sequence[object] = ()) -> Row:
    """The one row of a query that always has one."""
    (row,) = rows(connection, query, values)
    return row


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0].rstrip(".")

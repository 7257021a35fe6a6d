"""`sotinh export`: the rows of one mart as a file, with the columns and the rights of the open data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final

import duckdb
import typer

from include.cli.ending import CommandError
from include.cli.published import Row, data_folder, interruptible, opened_to_export, rows
from include.cli.terminal import progress, show, words
from include.cli.values import SCHEMA_VERSION, counted, json_text
from include.contract import MARTS
from include.folding import folded
from include.warehouse.files import sha256_of, whole_file
from include.warehouse.open_data.tables import (
    CREDITS,
    OpenTable,
    csv_query,
    json_query,
    open_table,
    parquet_query,
)
from include.warehouse.sql_text import quoted_name, quoted_text

# By the end of the file's name: what writes the rows, and COPY's options.
FORMATS: Final = {
    ".csv": (csv_query, "format csv, header, delimiter ',', quote '\"', escape '\"', new_line '\r\n'"),
    ".parquet": (parquet_query, "format parquet, compression zstd"),
    ".json": (json_query, "format json, array true"),
}
# The day that --since means: the first of these that the mart has.
DAYS: Final = (
    "published_on", "realtime_start", "meeting_date", "night_on", "last_seen_on", "last_met_on",
    "last_known_on", "last_published_on", "judged_at", "started_at", "fetched_at", "requested_at", "date_day",
    "as_of",
)  # fmt: skip
LOCAL_DAY: Final = "cast(timezone('Asia/Ho_Chi_Minh', {0}) as date)"


@dataclass(frozen=True, slots=True)
class Filters:
    """Which rows are wanted; empty or None is all. provinces, indicators: keys of the vocabularies."""

    province_ids: tuple[str, ...]
    indicator_codes: tuple[str, ...]
    since: date | None
    since_column: str | None

    def condition(self, table: OpenTable) -> str:
        """SQL over the mart as `m`."""
        parts = []
        for column, keys in (("province_id", self.province_ids), ("indicator_code", self.indicator_codes)):
            if keys:
                parts.append(f"m.{column} in ({', '.join(map(quoted_text, keys))})")
        if self.since is not None and self.since_column is not None:
            day = f"m.{quoted_name(self.since_column)}"
            if _type_of(table, self.since_column) != "DATE":
                day = LOCAL_DAY.format(day)
            parts.append(f"{day} >= date {quoted_text(self.since.isoformat())}")
        return " and ".join(parts)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rows are wanted, as they were asked for: names or keys, all where empty or None."""

    provinces: Sequence[str]
    indicators: Sequence[str]
    since: date | None


def export_mart(
    mart: str, to: Path, wanted: Wanted, data_dir: Path | None, *, force: bool, as_json: bool
) -> None:
    """Write the file of `sotinh export` and print what it holds.

    Raises typer.BadParameter for a file's name that tells no format, CommandError for an unknown mart, a file
    that is there, a name or a filter that fits nothing, and a file that cannot be written.
    """
    suffix = to.suffix.lower()
    if suffix not in FORMATS:
        raise typer.BadParameter(f"{to.name} must end in {', '.join(FORMATS)}", param_hint="--to")
    if mart not in MARTS:
        near = get_close_matches(mart, MARTS, n=1)
        hint = f"Did you mean {near[0]}?" if near else f"There are {', '.join(MARTS)}."
        raise CommandError(f"There is no mart {mart!r}. {hint}")
    target = to.expanduser().absolute()
    try:
        with whole_file(target, replace=force) as part:
            document = write_mart(data_folder(data_dir), mart, part, suffix, wanted)
    except FileExistsError as there:
        raise CommandError(f"{to} is there already, and was left as it is; --force replaces it.") from there
    except OSError as failed:
        raise CommandError(f"{to} cannot be written: {failed.strerror or failed}.") from failed
    document["file"] = str(target)
    if as_json:
        print(json_text(document))
    else:
        held = f"{counted(document['row_count'], 'rows')} of {mart}, {document['byte_count']:,} bytes"
        show([words(f"{to}: {held}")])


def write_mart(
    folder: Path,
    mart: str,
    part: Path,
    suffix: str,
    wanted: Wanted,
) -> Row:
    """Write the wanted rows to `part`; returns the document of `sotinh export` without the file's name."""
    write, options = FORMATS[suffix]
    with opened_to_export(folder, part) as connection:
        connection.execute(CREDITS)
        table = open_table(connection, mart)
        filters = read_filters(connection, table, wanted)
        query = write(table, filters.condition(table))
        copy = f"copy ({query}) to {quoted_text(part)} ({options}, use_tmp_file false)"
        try:
            with progress(connection, f"Writing {mart}"):
                written = interruptible(connection, lambda: connection.execute(copy))
                count = (written.fetchone() or (0,))[0]
        except duckdb.IOException as full:
            raise OSError(None, str(full).partition("\n")[0]) from full
    return {
        "schema_version": SCHEMA_VERSION,
        "command": "export",
        "mart": mart,
        "file": "",
        "format": suffix.removeprefix("."),
        "row_count": count,
        "byte_count": part.stat().st_size,
        "sha256": sha256_of(part),
        "filters": {
            "province_ids": list(filters.province_ids),
            "indicator_codes": list(filters.indicator_codes),
            "since": filters.since,
            "since_column": filters.since_column,
        },
    }


def read_filters(connection: duckdb.DuckDBPyConnection, table: OpenTable, wanted: Wanted) -> Filters:
    """The filters by their keys.

    Raises CommandError for one that the mart has no column for, or a name that the vocabularies do not have.
    """
    names = [column.name for column in table.columns]
    for named, column in ((wanted.provinces, "province_id"), (wanted.indicators, "indicator_code")):
        if named and column not in names:
            raise CommandError(f"{table.mart} has no column {column} by which its rows could be chosen.")
    day = next((name for name in DAYS if name in names), None)
    if wanted.since is not None and day is None:
        raise CommandError(f"{table.mart} has no column with a day that --since could mean.")
    return Filters(
        province_ids=_keys(connection, wanted.provinces, "dim_provinces", "province_id", ("name", "name_en")),
        indicator_codes=_keys(
            connection, wanted.indicators, "dim_indicators", "indicator_code", ("name_vi", "name_en")
        ),
        since=wanted.since,
        since_column=None if wanted.since is None else day,
    )


def _keys(
    connection: duckdb.DuckDBPyConnection,
    wanted: Sequence[str],
    vocabulary: str,
    key: str,
    names: tuple[str, str],
) -> tuple[str, ...]:
    """The keys that each of `wanted` is or names; raises CommandError with what comes near."""
    if not wanted:
        return ()
    known: dict[str, list[Any]] = {}
    for row in rows(connection, f"select {key}, {', '.join(names)} from marts.{vocabulary} order by {key}"):  # noqa: S608 - constants
        for name in dict.fromkeys(folded(str(row[column])) for column in (key, *names)):
            known.setdefault(name, []).append(row[key])
    found: list[str] = []
    for one in wanted:
        if folded(one) not in known:
            near = get_close_matches(folded(one), known, n=3)
            hint = f" Near: {', '.join(near)}." if near else ""
            raise CommandError(f"{one!r} is no key and no name in {vocabulary}.{hint}")
        found += known[folded(one)]
    return tuple(dict.fromkeys(found))


def _type_of(table: OpenTable, name: str) -> str:
    return next(column.sql_type for column in table.columns if column.name == name)

"""Writes the open data of the release in place: beside its sotinh.duckdb, whole or not at all.

A step of its own after publishing: readers have the file first, and an export that fails takes nothing
away from them. What a kill after each step leaves:

1. all files aside           the release without open data; the next export begins anew
2. files in their folder     the same: without datapackage.json nothing counts
3. datapackage.json there    the open data are whole; `latest` still leads to the release before
4. `latest` leads here       done; old releases may remain until the next publish
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import duckdb

from include.contract import MARTS, MARTS_SCHEMA, PUBLISHED_FILE
from include.crash_points import crash_point
from include.progress import report
from include.warehouse.database import connection_settings
from include.warehouse.disk import full_disk_told, require_space
from include.warehouse.files import sha256_of, sync
from include.warehouse.open_data.cells import OpenDataError
from include.warehouse.open_data.keys import declared_keys
from include.warehouse.open_data.package import PACKAGE_FILE, OpenFile, Portal, describe
from include.warehouse.open_data.readme import README_FILE, readme
from include.warehouse.open_data.tables import (
    CREDITS,
    OpenTable,
    count_without_rights,
    csv_query,
    open_table,
    parquet_query,
)
from include.warehouse.publish import read_manifest
from include.warehouse.releases import (
    RELEASES_FOLDER,
    Release,
    latest_release,
    point_latest,
    prune,
    release_of,
)
from include.warehouse.sql_text import quoted_text
from include.warehouse.turns import in_turn

# The next night's are seldom half as large again as the last; before the first, the database is the measure,
# which is compressed where CSV is not: a guess, and a full disk is told as one all the same.
GROWTH: Final = 1.5
PARQUET_OPTIONS: Final = "format parquet, compression zstd, row_group_size 122880"
CSV_OPTIONS: Final = "format csv, header, delimiter ',', quote '\"', escape '\"', new_line '\r\n'"


@in_turn
def export_release(data_dir: Path, *, project: Path, releases_kept: int) -> Release:
    """Write parquet/, csv/, README.md and datapackage.json of the release in place, and point `latest` to it.

    project: the dbt project, whose tests tell the keys. A release whose open data are whole is left as it is.
    Raises OpenDataError (nothing is published, its release is not kept, a row quotes without rights) and
    DiskFullError; `latest` then leads to where it led before.
    """
    manifest = read_manifest(data_dir)
    release = release_of(data_dir / RELEASES_FOLDER, manifest.run_id) if manifest else None
    if manifest is None or release is None or not (release.folder / PUBLISHED_FILE).exists():
        raise OpenDataError(
            f"{data_dir / PUBLISHED_FILE} is not a release that is kept: there is nothing to export."
            " `make restore` puts the newest sound one back in place"
        )
    if not is_whole(release.folder):
        require_space(data_dir, _bytes_needed(release), "exporting")
        _export(release, project)
    crash_point("export_before_latest")
    point_latest(release.folder)
    crash_point("export_before_prune")
    prune(release.folder.parent, manifest, releases_kept)
    return release


def is_whole(folder: Path) -> bool:
    """Whether every file that the release's datapackage.json lists is there with the bytes it says."""
    package = folder / PACKAGE_FILE
    if not package.exists():
        return False
    listed = json.loads(package.read_text(encoding="utf-8"))["resources"]
    return all(
        (folder / resource["path"]).is_file()
        and f"sha256:{sha256_of(folder / resource['path'])}" == resource["hash"]
        for resource in listed
    )


def _bytes_needed(release: Release) -> int:
    before = latest_release(release.folder.parent)
    measured = sum(path.stat().st_size for path in before.glob("*/*")) if before else 0
    return int((measured or release.manifest.byte_count) * GROWTH)


def _export(release: Release, project: Path) -> None:
    """Write all files aside, then move them in, the one by which they count last."""
    aside = release.folder.with_name(f".export.{release.folder.name}")
    shutil.rmtree(aside, ignore_errors=True)
    try:
        with full_disk_told(release.folder, "exporting"):
            _write_aside(release, aside, project)
            crash_point("export_before_move")
            (release.folder / PACKAGE_FILE).unlink(missing_ok=True)
            for name in ("csv", "parquet", README_FILE):
                _replace(aside / name, release.folder / name)
            sync(release.folder)
            crash_point("export_before_package")
            (aside / PACKAGE_FILE).replace(release.folder / PACKAGE_FILE)
            sync(release.folder)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def _write_aside(release: Release, aside: Path, project: Path) -> None:
    for name in ("csv", "parquet"):
        (aside / name).mkdir(parents=True)
    with _reading(release.folder / PUBLISHED_FILE) as connection:
        tables = [open_table(connection, mart) for mart in MARTS]
        for table in tables:
            _write_table(connection, table, aside)
        portals = _portals(connection)
    files = {file.path: file for file in _files(aside)}
    manifest = release.manifest
    files[PUBLISHED_FILE] = OpenFile(PUBLISHED_FILE, manifest.byte_count, manifest.sha256)
    package = describe(manifest, tables, files, declared_keys(project), portals)
    _write(aside / README_FILE, readme(manifest, tables))
    _write(aside / PACKAGE_FILE, json.dumps(package, ensure_ascii=False, indent=1) + "\n")
    rows = sum(table.row_count for table in tables)
    report("export", f"{release.folder}: {rows} rows in {len(tables)} tables, Parquet and CSV")


def _write_table(connection: duckdb.DuckDBPyConnection, table: OpenTable, aside: Path) -> None:
    nameless = count_without_rights(connection, table)
    if nameless:
        raise OpenDataError(f"{table.mart}: {nameless} rows quote a text that no article of the release has")
    for kind, query, options in (
        ("parquet", parquet_query(table), PARQUET_OPTIONS),
        ("csv", csv_query(table), CSV_OPTIONS),
    ):
        path = aside / kind / f"{table.mart}.{kind}"
        connection.execute(f"copy ({query}) to {quoted_text(path)} ({options})")
        sync(path)


@contextmanager
def _reading(published: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The release's own file, read only. One thread, so that the same rows are written as the same bytes."""
    settings: dict[str, Any] = connection_settings(published.parent.parent) | {"threads": 1}
    with duckdb.connect(config=settings) as connection:
        connection.execute("set TimeZone = 'UTC'")
        connection.execute(f"attach {quoted_text(published)} as release (read_only)")
        # Names are looked up here first, and credits then in the session's own tables.
        connection.execute("use release")
        connection.execute(CREDITS)
        yield connection


def _portals(connection: duckdb.DuckDBPyConnection) -> list[Portal]:
    rows = connection.execute(
        f"select source_name, base_url from {MARTS_SCHEMA}.dim_sources order by source_id"  # noqa: S608 - a constant
    ).fetchall()
    return [Portal(*row) for row in rows]


def _files(folder: Path) -> Iterator[OpenFile]:
    for path in sorted(folder.glob("*/*")):
        yield OpenFile(path.relative_to(folder).as_posix(), path.stat().st_size, sha256_of(path))


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    sync(path)


def _replace(source: Path, target: Path) -> None:
    if target.is_dir():
        shutil.rmtree(target)
    source.replace(target)

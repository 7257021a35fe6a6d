"""Puts the built marts in place for readers, by one rename, and puts an older release back.

Order of a publish, and what a kill after each step leaves:

1. built aside, audited   old file in place; the orphan is removed by the next publish
2. release folder renamed old file in place; the release waits, and the next publish replaces it
3. file renamed           new file in place; manifest.json still tells of the old one, and
                          `read_manifest` finds the right one by the file's hash
4. manifest written       done; old releases may remain until the next publish
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from include.contract import PUBLISHED_FILE, STORAGE_VERSION
from include.crash_points import crash_point
from include.lake import Warehouse
from include.progress import report
from include.warehouse.disk import DiskFullError, full_disk_told, require_space
from include.warehouse.export import audit, export_marts
from include.warehouse.export_changes import Exported, audit_changes, changes_since, export_changes
from include.warehouse.files import copy_to_disk, sync
from include.warehouse.manifest import Manifest, same_rows
from include.warehouse.releases import (
    RELEASES_FOLDER,
    Release,
    folder_for,
    known_manifests,
    point_latest,
    prune,
    read_manifest,
    release_of,
    remove_unfinished,
)
from include.warehouse.turns import in_turn

__all__ = [
    "Manifest",
    "RollbackError",
    "publish",
    "put_back",
    "read_manifest",
    "read_previous_manifest",
    "roll_back",
    "same_rows",
]

# A publish writes the file aside and copies it into its release. The next night's is seldom half as large
# again as the last; before the first, the warehouse itself, which holds more than the marts, is the measure.
PUBLISH_COPIES: Final = 2
GROWTH: Final = 1.5


class RollbackError(RuntimeError):
    """There is no sound release to go back to; the published file stays as it is."""


@in_turn
def publish(
    *, warehouse: Warehouse, data_dir: Path, run_id: str, releases_kept: int, published_at: datetime
) -> Manifest:
    """Publish the marts of `warehouse` as `data_dir`/sotinh.duckdb and keep the file as a release.

    run_id: letters, digits, dot, dash, underscore; a publish again with the same run_id takes the
    place of the first. releases_kept: at least 1, the one in place included. published_at: with zone.

    Raises AuditError (the copy is not what the warehouse holds), WarehouseLockedError or DiskFullError; the
    published file is then the one it was before, or whole and new where only its manifest found no room.
    """
    _check_arguments(run_id, releases_kept, published_at)
    _remove_orphans(data_dir)
    require_space(data_dir, _bytes_needed(warehouse, data_dir), "publishing")
    releases = data_dir / RELEASES_FOLDER
    aside = data_dir / f".sotinh.{run_id}.duckdb"
    with _no_orphans_on_a_full_disk(data_dir, "publishing"):
        before = read_manifest(data_dir)
        made = _build_aside(warehouse, data_dir, aside, before)
        crash_point("publish_before_release")
        folder = folder_for(releases, run_id, published_at)
        manifest = Manifest(
            run_id=run_id,
            published_at=published_at.astimezone(UTC).isoformat(timespec="seconds"),
            replaces=_replaced_run(data_dir, before, run_id),
            storage_version=STORAGE_VERSION,
            sha256=_copy_to_release(aside, folder),
            byte_count=aside.stat().st_size,
            rows=made.rows,
            content=made.content,
            release=folder.name,
            rows_appended=made.rows_appended,
        )
        _keep_release(folder, manifest)
        crash_point("publish_before_rename")
        _put_in_place(aside, data_dir, manifest, crash="publish_before_manifest")
        crash_point("publish_before_prune")
        prune(releases, manifest, releases_kept)
    rows = sum(manifest.rows.values())
    report("publish", f"{data_dir / PUBLISHED_FILE}: {rows} rows in {len(manifest.rows)} marts")
    return manifest


@in_turn
def roll_back(data_dir: Path) -> Manifest:
    """Put the release that the present one took the place of back; a second call goes one further back.

    Raises RollbackError where nothing is published, where that release is no longer kept, or where
    its bytes are not those that were published; and DiskFullError.
    """
    _remove_orphans(data_dir)
    present = read_manifest(data_dir)
    if present is None:
        raise RollbackError(f"{data_dir / PUBLISHED_FILE} is not a published file: nothing to roll back from")
    if present.replaces is None:
        raise RollbackError(f"{present.run_id} is the first release: there is none before it")
    releases = data_dir / RELEASES_FOLDER
    before = release_of(releases, present.replaces)
    if before is None or not (before.folder / PUBLISHED_FILE).exists():
        raise RollbackError(
            f"{present.replaces}, the release before {present.run_id}, is no longer in {releases}:"
            " raise SOTINH_RELEASES_KEPT to keep more"
        )
    put_back(data_dir, before)
    report("roll back", f"{before.manifest.run_id} took the place of {present.run_id}")
    return before.manifest


def put_back(data_dir: Path, release: Release) -> None:
    """Put a kept release in place for readers, and let `latest` lead to it.

    Raises RollbackError where its bytes are not those that were published, and DiskFullError.
    """
    aside = data_dir / f".sotinh.{release.manifest.run_id}.duckdb"
    with _no_orphans_on_a_full_disk(data_dir, "putting a release back"):
        if copy_to_disk(release.folder / PUBLISHED_FILE, aside) != release.manifest.sha256:
            aside.unlink()
            raise RollbackError(
                f"{release.folder / PUBLISHED_FILE} was changed after it was published: not put back"
            )
        # First, and also to a release without open data: `latest` must not give out what is taken back.
        point_latest(release.folder)
        crash_point("roll_back_before_rename")
        _put_in_place(aside, data_dir, release.manifest, crash="roll_back_before_manifest")


def read_previous_manifest(data_dir: Path) -> Manifest | None:
    """The manifest of the release that the present one took the place of, None where it is not kept."""
    present = read_manifest(data_dir)
    if present is None or present.replaces is None:
        return None
    before = release_of(data_dir / RELEASES_FOLDER, present.replaces)
    return None if before is None else before.manifest


def _bytes_needed(warehouse: Warehouse, data_dir: Path) -> int:
    published = data_dir / PUBLISHED_FILE
    if published.exists():
        return int(published.stat().st_size * PUBLISH_COPIES * GROWTH)
    if not isinstance(warehouse, Path) or not warehouse.exists():
        return 0
    return warehouse.stat().st_size * PUBLISH_COPIES


@contextmanager
def _no_orphans_on_a_full_disk(data_dir: Path, what: str) -> Iterator[None]:
    """Tell a full disk as one, and give back at once what was half written: the disk is needed elsewhere."""
    try:
        with full_disk_told(data_dir, what):
            yield
    except DiskFullError:
        _remove_orphans(data_dir)
        raise


@dataclass(frozen=True, slots=True)
class _Aside:
    """What the file aside holds: rows and content by mart, and rows behind the sorted ones."""

    rows: Mapping[str, int]
    content: Mapping[str, str]
    rows_appended: int


def _build_aside(warehouse: Warehouse, data_dir: Path, aside: Path, before: Manifest | None) -> _Aside:
    """Write and audit the file that is to be published; nothing that readers see changes."""
    changed = _from_the_file_before(warehouse, data_dir, aside, before)
    if changed is None:
        rows = export_marts(warehouse, aside)
        crash_point("publish_before_audit")
        made = _Aside(rows, audit(aside, rows), 0)
    else:
        crash_point("publish_before_audit")
        made = _Aside(changed.rows, audit_changes(aside, changed), changed.rows_appended)
    sync(aside)
    return made


def _from_the_file_before(
    warehouse: Warehouse, data_dir: Path, aside: Path, before: Manifest | None
) -> Exported | None:
    """The file aside, of the one that readers have and what changed since; None where that cannot be."""
    changing = changes_since(warehouse, before)
    if before is None or changing is None:
        return None
    return export_changes(warehouse, data_dir / PUBLISHED_FILE, before, changing, aside)


def _copy_to_release(aside: Path, folder: Path) -> str:
    """Put a copy where the release `folder` waits for its manifest; the SHA-256 of its bytes.

    A copy, not a link: who opens the published file for writing must not touch the release.
    """
    waiting = _waiting(folder)
    waiting.mkdir(parents=True)
    return copy_to_disk(aside, waiting / PUBLISHED_FILE)


def _keep_release(folder: Path, manifest: Manifest) -> None:
    """Write the manifest beside the copy and put both in place of an earlier try of the same run."""
    manifest.write(_waiting(folder))
    if folder.exists():
        shutil.rmtree(folder)
    _waiting(folder).replace(folder)
    sync(folder.parent)


def _waiting(folder: Path) -> Path:
    return folder.with_name(f".{folder.name}")


def _put_in_place(aside: Path, data_dir: Path, manifest: Manifest, *, crash: str) -> None:
    """The moment of publishing: one rename, then the manifest that tells of it."""
    aside.replace(data_dir / PUBLISHED_FILE)
    sync(data_dir)
    crash_point(crash)
    manifest.write(data_dir)


def _check_arguments(run_id: str, releases_kept: int, published_at: datetime) -> None:
    if not re.fullmatch(r"[A-Za-z0-9_-][A-Za-z0-9._-]*", run_id):
        raise ValueError(f"run_id {run_id!r}: only letters, digits, '.', '-', '_', and no dot in front")
    if releases_kept < 1:
        raise ValueError(f"releases_kept is {releases_kept}: the release in place is kept, so at least 1")
    if published_at.tzinfo is None:
        raise ValueError("published_at has no time zone")


def _remove_orphans(data_dir: Path) -> None:
    """Remove what a killed publish or roll-back left behind; nothing here was ever readable."""
    data_dir.mkdir(parents=True, exist_ok=True)
    for orphan in data_dir.glob(".sotinh.*.duckdb*"):
        orphan.unlink()
    remove_unfinished(data_dir / RELEASES_FOLDER)


def _replaced_run(data_dir: Path, before: Manifest | None, run_id: str) -> str | None:
    """Which release a new one takes the place of; on a second try of a run, the one before its first."""
    known = [manifest for manifest in [before, *known_manifests(data_dir)] if manifest]
    if not known:
        return None
    return known[0].replaces if known[0].run_id == run_id else known[0].run_id

"""Puts the published file back that somebody removed or changed, from the releases that are kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Final

from include.contract import PUBLISHED_FILE
from include.progress import report
from include.warehouse.files import sha256_of
from include.warehouse.manifest import MANIFEST_FILE, Manifest, ManifestError, load_manifest
from include.warehouse.publish import put_back
from include.warehouse.releases import LATEST, RELEASES_FOLDER, Release, latest_release
from include.warehouse.turns import in_turn

ASIDE: Final = "aside"


class RestoreError(RuntimeError):
    """There is nothing to restore from; nothing was changed."""


def what_is_wrong(data_dir: Path) -> str | None:
    """What keeps readers from the release that was published, in a few words; None where it is in place."""
    published = data_dir / PUBLISHED_FILE
    if not published.exists():
        return f"{published} is gone"
    log = _log_of(published)
    if log.exists():
        return f"{published} was opened for writing: {log.name} lies beside it"
    digest = sha256_of(published)
    if any(release.manifest.sha256 == digest for release in _candidates(data_dir)):
        return None
    beside = _read(data_dir / MANIFEST_FILE)
    return (
        None
        if beside and beside.sha256 == digest
        else f"{published} is not the file that was published, byte for byte"
    )


@in_turn
def restore_published(data_dir: Path, now: datetime) -> Manifest | None:
    """Put the release back that was in place last; None where the published file is sound.

    That is the one that manifest.json beside it tells of, then the one that `latest` leads to, then the
    newest that is sound. What lies there now is kept beside it, named by `now`.
    Raises RestoreError where no kept release is sound, and DiskFullError.
    """
    wrong = what_is_wrong(data_dir)
    if wrong is None:
        return None
    report("restore", wrong)
    for release in _candidates(data_dir):
        if not _is_sound(release):
            report("restore", f"{release.folder} is damaged, too: passed over")
            continue
        _set_aside(data_dir, now)
        put_back(data_dir, release)
        return release.manifest
    raise RestoreError(
        f"{wrong}, and {data_dir / RELEASES_FOLDER} holds no sound release: build it again from the archive"
        " with `make restore RAW=1`"
    )


def move_aside(path: Path, now: datetime) -> Path | None:
    """Rename a database and its log so that nobody takes them for the present one; None where none is there.

    `warehouse.duckdb` becomes `warehouse.<time>.duckdb.aside`, which DuckDB still opens with its log.
    """
    target = path.with_name(f"{path.stem}.{now:%Y%m%dT%H%M%S%fZ}{path.suffix}.{ASIDE}")
    if _log_of(path).exists():
        _log_of(path).replace(_log_of(target))
    if not path.exists():
        return None
    path.replace(target)
    report("restore", f"{path.name} is kept as {target.name}")
    return target


def _set_aside(data_dir: Path, now: datetime) -> None:
    move_aside(data_dir / PUBLISHED_FILE, now)
    manifest = data_dir / MANIFEST_FILE
    if manifest.exists() and _read(manifest) is None:
        manifest.replace(manifest.with_name(f"{MANIFEST_FILE}.{ASIDE}"))


def _candidates(data_dir: Path) -> Iterator[Release]:
    """The kept releases that can be read: the one in place last, the one of `latest`, then by age."""
    releases = data_dir / RELEASES_FOLDER
    found = []
    for path in releases.glob(f"[!.]*/{MANIFEST_FILE}"):
        manifest = None if path.parent.name == LATEST else _read(path)
        if manifest is not None:
            found.append(Release(path.parent, manifest))
    beside, latest = _read(data_dir / MANIFEST_FILE), latest_release(releases)
    yield from sorted(
        found,
        key=lambda one: (
            beside is not None and one.manifest.run_id == beside.run_id,
            one.folder == latest,
            one.manifest.published_at,
            one.manifest.run_id,
        ),
        reverse=True,
    )


def _read(path: Path) -> Manifest | None:
    """A manifest, None also where it is damaged: what is damaged is passed over here, and told."""
    try:
        return load_manifest(path)
    except ManifestError as problem:
        report("restore", str(problem))
        return None


def _is_sound(release: Release) -> bool:
    file = release.folder / PUBLISHED_FILE
    return file.exists() and sha256_of(file) == release.manifest.sha256


def _log_of(database: Path) -> Path:
    return database.with_name(f"{database.name}.wal")

"""The releases that are kept: a folder a release, named by its day, and `latest`, which leads to one of them.

releases/2026-03-10/       sotinh.duckdb, manifest.json; with the open data: parquet/, csv/, datapackage.json
releases/2026-03-10.2/     a second one of the same day
releases/latest            a link to the one in place for readers, once its open data are whole
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from include.contract import PUBLISHED_FILE
from include.warehouse.files import sha256_of, sync
from include.warehouse.manifest import MANIFEST_FILE, Manifest, load_manifest

RELEASES_FOLDER: Final = "releases"
LATEST: Final = "latest"
# The day by which a release is cited is that of the readers, not that of the machine.
LOCAL: Final = ZoneInfo("Asia/Ho_Chi_Minh")
_DATED = re.compile(r"(\d{4}-\d{2}-\d{2})(?:\.(\d+))?")


@dataclass(frozen=True, slots=True)
class Release:
    """A release that is kept whole, and where."""

    folder: Path
    manifest: Manifest


def kept_releases(releases: Path) -> list[Release]:
    """The whole releases in the folder `releases`, newest first; raises ManifestError."""
    found = []
    for path in releases.glob(f"[!.]*/{MANIFEST_FILE}"):
        manifest = None if path.parent.is_symlink() else load_manifest(path)
        if manifest is not None:
            found.append(Release(path.parent, manifest))
    return sorted(found, key=lambda one: (one.manifest.published_at, one.manifest.run_id), reverse=True)


def release_of(releases: Path, run_id: str | None) -> Release | None:
    """The release that the run `run_id` published, None where it is not kept."""
    return next((one for one in kept_releases(releases) if one.manifest.run_id == run_id), None)


def read_manifest(data_dir: Path) -> Manifest | None:
    """The manifest of the file that readers open now, known by its hash.

    None where nothing is published, or where somebody changed or replaced the file.
    """
    published = data_dir / PUBLISHED_FILE
    if not published.exists():
        return None
    digest = sha256_of(published)
    for manifest in known_manifests(data_dir):
        if manifest.sha256 == digest:
            return manifest
    return None


def known_manifests(data_dir: Path) -> Iterator[Manifest]:
    """The manifest beside the published file first, then those of the releases, newest first."""
    beside = load_manifest(data_dir / MANIFEST_FILE)
    if beside is not None:
        yield beside
    yield from (release.manifest for release in kept_releases(data_dir / RELEASES_FOLDER))


def folder_for(releases: Path, run_id: str, published_at: datetime) -> Path:
    """Where a release goes: the day in Vietnam, with a number from the second of that day on.

    A run that publishes again keeps its folder. No name is given twice while a later one is kept.
    """
    again = release_of(releases, run_id)
    if again is not None:
        return again.folder
    day = published_at.astimezone(LOCAL).date().isoformat()
    dated = [_DATED.fullmatch(path.name) for path in releases.glob(f"{day}*")]
    taken = [int(match[2] or 1) for match in dated if match]
    return releases / (f"{day}.{max(taken) + 1}" if taken else day)


def latest_release(releases: Path) -> Path | None:
    """The folder that `latest` leads to, None where it leads nowhere."""
    link = releases / LATEST
    return releases / link.readlink() if link.is_symlink() and link.exists() else None


def point_latest(folder: Path) -> None:
    """Let `latest` lead to this release: one rename, so that it always leads to a whole one."""
    aside = folder.parent / f".{LATEST}"
    aside.unlink(missing_ok=True)
    aside.symlink_to(folder.name, target_is_directory=True)
    aside.replace(folder.parent / LATEST)
    sync(folder.parent)


def prune(releases: Path, present: Manifest, releases_kept: int) -> None:
    """Keep the present release and those it replaced one after the other; remove all others.

    The others are older, or were rolled back from, or were never put in place. Where `latest` leads to one
    of them, that one stays until `latest` leads elsewhere.
    """
    by_run = {one.manifest.run_id: one for one in kept_releases(releases)}
    kept: list[Path] = []
    run_id: str | None = present.run_id
    while run_id in by_run and len(kept) < releases_kept:
        kept.append(by_run[run_id].folder)
        run_id = by_run[run_id].manifest.replaces
    latest = latest_release(releases)
    _remove_all_but(releases, kept if latest is None else [*kept, latest])


def remove_unfinished(releases: Path) -> None:
    """Remove what a killed publish or export left behind; nothing here was ever readable."""
    for path in releases.glob(".*"):
        _remove(path)


def _remove_all_but(releases: Path, kept: Collection[Path]) -> None:
    for path in releases.iterdir():
        if path.name != LATEST and path not in kept:
            _remove(path)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()

"""Builds the whole warehouse again from the raw archive, and says whether readers get the same rows.

The landing folders are what is needed: what was discovered, what came back, and its bytes (WARC). Batches
land again in the order and with the times of their markers, because what a row is told to be (`loaded`,
`unchanged`, which version) depends on what was there before. What a kill leaves:

1. landed beside the old one   the old warehouse in place; the half-made one is removed by the next restore
2. old one moved aside         no warehouse; landing or the next restore makes it again from the same folders
3. new one in place            an ordinary warehouse with batches to build: the next build completes it
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, cast

import duckdb

from include.clean.stage import CLEANED_FILE, FETCHED_MARK, clean_batch
from include.contract import PUBLISHED_FILE
from include.crash_points import crash_point
from include.lake import Lake
from include.operations import stages
from include.operations.stage_ledger import take_in
from include.portals.portal import Portal
from include.portals.registry import load_registry
from include.progress import report
from include.settings import Settings
from include.vocabulary import load_vocabulary
from include.warehouse.batch_files import DamagedBatchError, UnaccountedUrlsError, read_batch
from include.warehouse.database import WarehouseDamagedError, open_warehouse
from include.warehouse.disk import full_disk_told, require_space
from include.warehouse.files import sync
from include.warehouse.history import carry_verdicts_over
from include.warehouse.land import MARKER, land_open_batches
from include.warehouse.manifest import RUN_MARTS, Manifest
from include.warehouse.publish import read_manifest
from include.warehouse.releases import kept_releases
from include.warehouse.restore import RestoreError, move_aside

NEW_WAREHOUSE: Final = ".warehouse.restoring.duckdb"
# Of the marts that log runs, those whose rows come from the landing folders: they come back as well.
ARCHIVED_RUN_MARTS: Final = frozenset({"fct_article_outcomes", "fct_discovery_requests"})
DAMAGED_SUFFIX: Final = ".damaged"
_INTO_A_NEW_LAKE: Final = (
    "A lake is not built again in place, for others may be writing it. Name a new, empty database in"
    " SOTINH_CATALOG and a new folder in SOTINH_LAKE_DATA, then run the night (`make run`): every batch that"
    " landed before lands again in its order and with its time, and the marts are built of them."
)


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did. cleaned_again: of `batches`; differing: marts of other rows than `before`."""

    release: Manifest
    before: Manifest | None
    batches: Sequence[str]
    cleaned_again: Sequence[str]
    differing: Sequence[str]
    kept_as: Path | None


def restore_from_raw(settings: Settings) -> Restored:
    """Land every batch that has landed before into a new warehouse, build all, judge, publish and export it.

    The old warehouse is moved aside, never deleted. Batches that never landed stay for the next night.
    A batch without a sound cleaned.parquet is cleaned again from its archive, by the present rules.
    Raises RestoreError (a batch is not whole, nothing landed yet), WarehouseLockedError, DiskFullError,
    RegistryError, and what the stages raise; before the build begins, nothing that was there is changed.
    """
    warehouse = settings.warehouse
    if isinstance(warehouse, Lake):
        raise RestoreError(_INTO_A_NEW_LAKE)
    before = read_manifest(settings.data_dir)
    folders = _landed_folders(settings.landing)
    _refuse_while_open(warehouse)
    old_size = warehouse.stat().st_size if warehouse.exists() else 0
    require_space(settings.data_dir, old_size, "restoring the warehouse")
    with full_disk_told(settings.data_dir, "restoring the warehouse"):
        cleaned_again = _clean_again(folders, settings)
        _land_beside(settings)
        _carry_over(settings)
        crash_point("restore_before_move")
        kept_as = move_aside(warehouse, datetime.now(UTC))
        crash_point("restore_before_land")
        (settings.data_dir / NEW_WAREHOUSE).replace(warehouse)
        sync(settings.data_dir)
        crash_point("restore_before_build")
        release = _build_and_publish(settings)
    return Restored(
        release=release,
        before=before,
        batches=[folder.name for folder in folders],
        cleaned_again=cleaned_again,
        differing=_differing(before, release),
        kept_as=kept_as,
    )


def _landed_folders(landing: Path) -> list[Path]:
    """Folders of the batches that landed before; raises RestoreError where there are none."""
    folders = sorted(path.parent for path in landing.glob(f"[!.]*/{MARKER}"))
    if not folders:
        raise RestoreError(f"{landing} holds no batch that landed before: there is nothing to restore from")
    return folders


def _refuse_while_open(warehouse: Path) -> None:
    """Raise WarehouseLockedError where another process has it open; a damaged one cannot be asked."""
    try:
        if warehouse.exists():
            with open_warehouse(warehouse, read_only=True):
                pass
    except (WarehouseDamagedError, duckdb.Error) as damage:
        report("restore", f"{warehouse} cannot be read: {str(damage).splitlines()[0]}")


def _clean_again(folders: Sequence[Path], settings: Settings) -> list[str]:
    """Clean the batches whose cleaned.parquet is gone or damaged; raises RestoreError for what stays broken.

    All batches are looked at before any is touched.
    """
    broken = {folder: problem for folder in folders if (problem := _problem_of(folder))}
    hopeless = [folder for folder in broken if not (folder / FETCHED_MARK).exists()]
    if hopeless:
        raise RestoreError(_told(broken, hopeless))
    portals = _portals(settings) if broken else {}
    for folder in broken:
        cleaned = folder / CLEANED_FILE
        if cleaned.exists():
            cleaned.replace(cleaned.with_name(CLEANED_FILE + DAMAGED_SUFFIX))
        clean_batch(folder, data_dir=settings.data_dir, portals=portals, workers=settings.workers)
    still = {folder: problem for folder in broken if (problem := _problem_of(folder))}
    if still:
        raise RestoreError(_told(still, list(still)))
    return [folder.name for folder in broken]


def _problem_of(folder: Path) -> str | None:
    try:
        read_batch(folder)
    except (DamagedBatchError, UnaccountedUrlsError) as problem:
        return str(problem)
    return None


def _told(problems: dict[Path, str], folders: Sequence[Path]) -> str:
    lines = "\n".join(f"  {folder}: {problems[folder]}" for folder in folders)
    return (
        f"{len(folders)} batch(es) that landed before are not whole any more:\n{lines}\n"
        "Put their files back from a backup; or move the folders to landing/damaged to go on without them."
        " The warehouse is as it was."
    )


def _portals(settings: Settings) -> dict[str, Portal]:
    registry = load_registry(settings.registry, load_vocabulary().provinces)
    return {portal.id: portal for portal in registry.portals}


def _land_beside(settings: Settings) -> None:
    """Land what landed before into a new file; a half-made one of a killed restore is removed."""
    for leftover in settings.data_dir.glob(f"{NEW_WAREHOUSE}*"):
        leftover.unlink()
    land_open_batches(
        landing=settings.landing,
        warehouse=settings.data_dir / NEW_WAREHOUSE,
        landed_at=lambda: datetime.now(UTC),
        only_again=True,
    )


def _carry_over(settings: Settings) -> None:
    """What no archive holds, from the newest release; the runs of stages have a journal of their own."""
    releases = kept_releases(settings.releases)
    if releases:
        count = carry_verdicts_over(releases[0].folder / PUBLISHED_FILE, settings.data_dir / NEW_WAREHOUSE)
        report("restore", f"{count} verdicts of gates from {releases[0].folder.name}")


def _build_and_publish(settings: Settings) -> Manifest:
    """The stages of build_marts, one after the other."""
    # Before the gate, which would see a ledger without any history and refuse to publish less than there is.
    take_in(settings)
    work = stages.open_build(settings, full_refresh=True)
    if work is None:
        raise RestoreError(f"{settings.warehouse} is gone again: another process works in the folder")
    run_id, batch_ids = str(work["run_id"]), cast("list[str]", work["batch_ids"])
    stages.judge_landed(settings, run_id)
    stages.build(settings, run_id, full_refresh=True)
    stages.judge_marts(settings, run_id)
    stages.publish_marts(settings, run_id, batch_ids)
    stages.export(settings)
    release = read_manifest(settings.data_dir)
    if release is None:
        raise RestoreError(
            f"{settings.published} was changed by another process right after it was published"
        )
    return release


def _differing(before: Manifest | None, after: Manifest) -> list[str]:
    """Marts whose rows are other ones, of all that come from the archive."""
    if before is None:
        return []
    names = (before.content.keys() | after.content.keys()) - (RUN_MARTS - ARCHIVED_RUN_MARTS)
    return sorted(name for name in names if before.content.get(name) != after.content.get(name))

"""`make restore`: put the published file back; with RAW=1 build everything again from the raw archive.

Exit codes: 0 restored, or nothing was wrong; 1 it could not be, and the message says what to do.
"""

from __future__ import annotations

import argparse
import os
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from include.operations.processes import FolderBusyError, interrupt_on_termination, one_run_at_a_time
from include.operations.raw_restore import Restored, restore_from_raw
from include.operations.samples import REGISTRY_FILE, sample_ids
from include.operations.site_pages import renew_site
from include.operations.stages import MISTAKES
from include.settings import Settings
from include.warehouse.build import BuildFailed
from include.warehouse.database import WarehouseLockedError
from include.warehouse.disk import DiskFullError
from include.warehouse.export import AuditError
from include.warehouse.publish import RollbackError
from include.warehouse.restore import RestoreError, restore_published

PROBLEMS = (
    AuditError,
    BuildFailed,
    DiskFullError,
    FolderBusyError,
    OSError,
    RestoreError,
    RollbackError,
    WarehouseLockedError,
    *MISTAKES,
)


def main(words: list[str]) -> int:
    """Restore what the option says; tells what readers have now."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--from-raw", action="store_true", help="build all again from landing/ alone")
    from_raw = parser.parse_args(words).from_raw
    settings = Settings.from_environment()
    try:
        with one_run_at_a_time(settings.data_dir):
            told = _from_raw(settings) if from_raw else _published(settings)
    except PROBLEMS as problem:
        print(f"{type(problem).__name__}: {problem}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped. Run the same again, or let the next night go on from here.", file=sys.stderr)
        return 130
    print(told)
    return 0


def _published(settings: Settings) -> str:
    release = restore_published(settings.data_dir, datetime.now(UTC))
    if release is None:
        return f"{settings.published} is the file that was published: nothing to restore."
    renew_site(settings)
    return (
        f"{settings.published} is the release of {release.published_at} ({release.run_id}) again.\n"
        "Readers that have the file open see it when they reopen it."
    )


def _from_raw(settings: Settings) -> str:
    if not os.environ.get("SOTINH_PORTALS") and _holds_samples(settings.landing):
        # Read only where a batch has to be cleaned again.
        settings = replace(settings, registry=settings.data_dir / "runs" / REGISTRY_FILE)
    restored = restore_from_raw(settings)
    renew_site(settings)
    return summary(restored, settings)


def _holds_samples(landing: Path) -> bool:
    """Whether any batch is of the sample portals, which are cleaned by the registry of their run."""
    texts = (path.read_text(encoding="utf-8") for path in landing.glob("*/sources.jsonl"))
    return any(f'"{portal}"' in text for text in texts for portal in sample_ids())


def summary(restored: Restored, settings: Settings) -> str:
    """What the restore did, and how its rows compare with those of the release before."""
    lines = [f"{len(restored.batches)} batches landed again, {len(restored.release.rows)} marts built."]
    if restored.cleaned_again:
        lines.append(f"Cleaned again from the archive: {', '.join(restored.cleaned_again)}.")
    if restored.kept_as is not None:
        lines.append(f"The warehouse before is kept as {restored.kept_as}: delete it when you are content.")
    if restored.before is None:
        lines.append("There was no published file to compare with.")
    elif restored.differing:
        lines.append(
            f"Other rows than in {restored.before.run_id}: {', '.join(restored.differing)}. The rules may"
            " have changed since, or a batch; `make rollback` puts the release before in place."
        )
    else:
        lines.append(
            f"Every mart that comes from the archive has the same rows as in {restored.before.run_id}."
        )
    lines.append(f"{settings.published} is the release of {restored.release.published_at} now.")
    return "\n".join(lines)


if __name__ == "__main__":
    interrupt_on_termination()
    sys.exit(main(sys.argv[1:]))

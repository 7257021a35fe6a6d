"""The warehouse, the published file, the gates, and how the last nights went."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import duckdb

from include.operations.checks.finding import Finding
from include.operations.journal import JOURNAL_FOLDER, ended_runs, unfinished
from include.operations.runbook import page_of_check, page_of_error, page_of_state
from include.operations.standing_alerts import STALE_AFTER, age_of_release
from include.settings import Settings
from include.warehouse.database import (
    WarehouseDamagedError,
    WarehouseLockedError,
    has_landing_tables,
    is_there,
    open_warehouse,
)
from include.warehouse.lake import LakeError
from include.warehouse.land import lost_batches
from include.warehouse.manifest import MANIFEST_FILE, ManifestError, load_manifest
from include.warehouse.publish import read_manifest
from include.warehouse.restore import what_is_wrong

LAST_RESULTS: Final = """
    select gate, check_name, failing_rows, coalesce(severity, 'stop') as severity, run_id
    from ops.gate_results
    where run_id = (select arg_max(run_id, judged_at) from ops.gate_results) and not passed
    order by severity, gate, check_name
"""


def warehouse(settings: Settings) -> Finding:
    """Whether the warehouse opens, and who holds it."""
    try:
        if not is_there(settings.warehouse):
            return Finding("warehouse", "ok", "there is none yet: the first `make run` makes it")
        with open_warehouse(settings.warehouse, read_only=True) as connection:
            whole = has_landing_tables(connection)
        lost = lost_batches(landing=settings.landing, warehouse=settings.warehouse)
    except WarehouseLockedError as locked:
        todo = "Nothing, if a run works now; else end that process. Analysts open sotinh.duckdb."
        return Finding("warehouse", "warn", str(locked), todo, page_of_state("warehouse"))
    except LakeError as problem:
        todo = "Start the catalog's PostgreSQL, or mend what it names; docs/ducklake.md has the setup."
        return Finding("warehouse", "fail", str(problem), todo, page_of_error(type(problem).__name__))
    except (WarehouseDamagedError, duckdb.Error) as problem:
        todo = "`make restore RAW=1` builds it again from landing/, or restore it from a backup."
        told = f"{settings.warehouse} does not open: {str(problem).splitlines()[0]}"
        return Finding("warehouse", "fail", told, todo, page_of_state("warehouse_damaged"))
    if lost:
        todo = "`make run`: the next landing or build lands them again from landing/."
        told = f"opens, and lacks batches that landed: {', '.join(lost[:3])}"
        return Finding("warehouse", "warn", told, todo, page_of_state("warehouse_damaged"))
    if not whole:
        todo = "The next landing completes it: `make run`."
        return Finding("warehouse", "warn", "was killed while being made", todo, page_of_state("warehouse"))
    if isinstance(settings.warehouse, Path):
        return Finding("warehouse", "ok", f"opens, {settings.warehouse.stat().st_size / 1e6:.0f} MB")
    return Finding("warehouse", "ok", f"{settings.warehouse} opens")


def published(settings: Settings) -> Finding:
    """Whether readers have the file that was published, byte for byte."""
    page = page_of_state("published")
    if not (settings.published.exists() or (settings.data_dir / MANIFEST_FILE).exists()):
        return Finding("published file", "ok", "nothing was published yet")
    wrong = what_is_wrong(settings.data_dir)
    if wrong is not None:
        todo = "`make restore` puts the newest sound release in its place."
        return Finding("published file", "fail", wrong, todo, page)
    try:
        manifest = read_manifest(settings.data_dir)
    except ManifestError as problem:
        todo = "Delete that manifest, then `make restore`."
        return Finding("published file", "fail", str(problem), todo, page)
    if manifest is None:
        todo = "`make rebuild` builds and publishes it again."
        return Finding("published file", "fail", "no manifest knows the file", todo, page)
    told = f"{manifest.run_id} of {manifest.published_at}, {sum(manifest.rows.values())} rows, hash known"
    return Finding("published file", "ok", told)


def manifests(settings: Settings) -> Finding:
    """Whether every kept release can be put back."""
    broken = []
    # `latest` is a link to one of them.
    folders = sorted(
        path for path in settings.releases.glob("[!.]*") if path.is_dir() and not path.is_symlink()
    )
    for folder in folders:
        try:
            manifest = load_manifest(folder / MANIFEST_FILE)
        except ManifestError:
            manifest = None
        if manifest is None or not _has_size(folder / settings.published.name, manifest.byte_count):
            broken.append(folder.name)
    if broken:
        told = f"cannot be put back: {', '.join(broken[:3])}"
        todo = "Remove these folders of releases/; the next publish keeps a whole one."
        return Finding("releases", "warn", told, todo, page_of_state("published"))
    return Finding("releases", "ok", f"{len(folders)} kept")


def _has_size(path: Path, expected: int) -> bool:
    return path.exists() and path.stat().st_size == expected


def last_gates(settings: Settings) -> Finding:
    """How the gates judged last."""
    try:
        with open_warehouse(settings.warehouse, read_only=True) as connection:
            rows = connection.execute(LAST_RESULTS).fetchall() if has_landing_tables(connection) else []
    except FileNotFoundError:
        return Finding("gates", "ok", "nothing was judged yet")
    except LakeError:
        return Finding("gates", "ok", "not looked at: the lake does not answer")
    except WarehouseLockedError:
        return Finding("gates", "ok", "not looked at: the warehouse is in use")
    except duckdb.BinderException:
        return Finding("gates", "ok", "judged by an older version only")
    if not rows:
        return Finding("gates", "ok", "no check failed in the last run")
    told = "; ".join(
        f"{check} ({gate}, {severity}): {count} rows" for gate, check, count, severity, _ in rows[:5]
    )
    stops = [row for row in rows if row[3] == "stop"]
    if stops:
        todo = "The reasons stand in ops.gate_results; readers keep the release before."
        page = page_of_check(stops[0][0], stops[0][1])
        return Finding("gates", "fail", f"{rows[0][4]} was refused: {told}", todo, page)
    todo = "Look at site/vi/coverage.html (make open); nothing was held up."
    return Finding(
        "gates", "warn", f"{rows[0][4]} went through with warnings: {told}", todo, page_of_state("warning")
    )


def last_publish(settings: Settings) -> Finding:
    """Whether the last successful run is of the last night."""
    return judge_age(settings, datetime.now(UTC))


def judge_age(settings: Settings, now: datetime) -> Finding:
    """The finding on the age of what is published at `now`."""
    try:
        age = age_of_release(settings, now)
    except ManifestError:
        age = None  # told by `published`
    if age is None:
        return Finding("last publish", "ok", "nothing to be old")
    told = f"{age.total_seconds() / 3600:.0f} hours ago"
    if age <= STALE_AFTER:
        return Finding("last publish", "ok", told)
    todo = "failures.jsonl says what stopped the nights; `make run` starts one by hand."
    return Finding("last publish", "warn", told, todo, page_of_state("stale"))


def last_stages(settings: Settings) -> Finding:
    """Whether the newest run of every stage ended well."""
    folder = settings.data_dir / JOURNAL_FOLDER
    dead = unfinished(folder)
    if dead:
        told = f"killed: {dead[-1]['stage']} of {dead[-1]['started_at'][:16]} UTC"
        todo = "Start it again: each stage takes up what the killed one left."
        return Finding("stages", "warn", told, todo, page_of_state("killed"))
    newest = {run.stage: run for run in ended_runs(folder)}
    bad = [run for run in newest.values() if run.outcome != "ok"]
    if not bad:
        told = f"the last run of each of {len(newest)} stages ended well" if newest else "no stage ran yet"
        return Finding("stages", "ok", told)
    last = max(bad, key=lambda run: run.started_at)
    page = page_of_error(last.reason or "", last.message or "")
    if last.outcome == "killed":
        page = page_of_state("killed")
    told = (
        f"{last.stage} {last.outcome} at {last.started_at:%Y-%m-%d %H:%M} UTC: {last.reason}: {last.message}"
    )
    return Finding("stages", "warn", " ".join(told.split()), "See the page; then run it again.", page)

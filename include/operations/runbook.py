"""Which page of docs/runbook/ says what to do, by the error, the check or the state that was met."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from include.settings import PROJECT_ROOT

RUNBOOK: Final = PROJECT_ROOT / "docs" / "runbook"
INDEX: Final = "README"

# By the name of the error's class: an alert may know no more than that.
PAGES: Final = {
    "AirflowTaskTimeout": "stage_killed",
    "AuditError": "publish",
    "BackfillError": "backfill",
    "BrokenBatchError": "batch_damaged",
    "BuildFailed": "build",
    "ChartError": "site",
    "DamagedBatchError": "batch_damaged",
    "DiskFullError": "disk_full",
    "DocsError": "documentation",
    "FolderBusyError": "warehouse_locked",
    "FreshnessUnknownError": "warehouse_locked",
    "JudgeError": "check_not_judged",
    "LakeError": "lake",
    "LakeNotMadeError": "lake",
    "LakeRefusedError": "lake",
    "LakeUnreachableError": "lake",
    "ManifestError": "published_file_missing",
    "MemoryError": "stage_killed",
    "NotJudgedError": "publish",
    "OpenDataError": "open_data",
    "OtherCodeError": "other_code",
    "OutOfMemoryException": "stage_killed",
    "PoolLostError": "spark",
    "PortTakenError": "airflow_does_not_start",
    "RegistryError": "registry_refused",
    "RestoreError": "published_file_missing",
    "RollbackError": "rollback",
    "SamplesMixedError": "samples",
    "SamplesNotServedError": "samples",
    "ShardsMissingError": "cluster",
    "SiteError": "site",
    "SparkEngineError": "spark",
    "StoreError": "cluster",
    "WordsError": "site",
    "UnaccountedUrlsError": "batch_damaged",
    "UnreadableArchiveError": "backfill",
    "UnreadableCaptureError": "backfill",
    "WarehouseDamagedError": "warehouse_damaged",
    "WarehouseLockedError": "warehouse_locked",
    "WithdrawError": "gate_landed",
}
GATE_PAGES: Final = {"landed": "gate_landed", "marts": "gate_marts"}
# Checks whose cause lies elsewhere than the gate's other checks.
CHECK_PAGES: Final = {
    "some_portal_answered": "portal_silent",
    "articles_are_read": "extraction_failures",
    "portal_is_not_silent": "portal_silent",
    "province_is_fresh": "portal_silent",
}
# States that are no error: what the doctor and the alerts find by looking.
STATE_PAGES: Final = {
    "alerts": "alerts",
    "damaged_batches": "batch_damaged",
    "disk": "disk_full",
    "environment": "airflow_does_not_start",
    "extraction_failures": "extraction_failures",
    "killed": "stage_killed",
    "metadata": "airflow_does_not_start",
    "portal_blocked": "portal_blocked",
    "portal_silent": "portal_silent",
    "published": "published_file_missing",
    "quarantine": "quarantine_grows",
    "registry": "registry_refused",
    "stale": "nothing_published",
    "warehouse": "warehouse_locked",
    "warehouse_damaged": "warehouse_damaged",
    "warning": "portal_warning",
}

# The system's words where it has no room, or a folder may not be written.
CANNOT_WRITE: Final = (
    r"No space left on device|disk full|Errno 28\b|ENOSPC"
    r"|File too large|Read-only file system|Permission denied"
)


def page_of_error(name: str, message: str = "") -> str:
    """Name of the page for an error of class `name`; the index where it has none of its own.

    message: tells which gate or checks refused, and of an operating system's error which it was.
    """
    if name == "GateFailed":
        return _page_of_refusal(message)
    # "permission denied" is PostgreSQL's word of a role, too.
    if PAGES.get(name) != "lake" and re.search(CANNOT_WRITE, message, re.IGNORECASE):
        return "disk_full"
    return PAGES.get(name, INDEX)


def page_of_check(gate: str, check_name: str) -> str:
    """Name of the page for a check that did not pass."""
    return CHECK_PAGES.get(check_name) or GATE_PAGES.get(gate, INDEX)


def page_of_state(state: str) -> str:
    """Name of the page for a state of STATE_PAGES; raises KeyError for one that is not there."""
    return STATE_PAGES[state]


def page_path(page: str) -> Path:
    """The file of a page."""
    return RUNBOOK / f"{page}.md"


def shown(page: str) -> str:
    """A page as messages name it, relative to the project."""
    return page_path(page).relative_to(PROJECT_ROOT).as_posix()


def _page_of_refusal(message: str) -> str:
    """Of a refusal with one cause that has its own page, that page; else the gate's."""
    gate = re.search(r"Gate (\w+) refuses", message)
    if gate is None:
        return INDEX
    checks = re.findall(r"^\s+(\w+): \d+ rows", message, re.MULTILINE)
    pages = {page_of_check(gate[1], check) for check in checks}
    return pages.pop() if len(pages) == 1 else GATE_PAGES.get(gate[1], INDEX)

"""Places where a test may kill a run, to see that the next one completes it.

A run is killed by os._exit: no finally, no flush, no rollback, as with SIGKILL.
"""

from __future__ import annotations

import os
from typing import Final

# A code of its own (EX_SOFTWARE of sysexits.h), so that a test tells the planned death from a real one.
CRASH_EXIT_CODE: Final = 70

CRASH_POINTS: Final = (
    "discover_before_name",
    "fetch_before_line",
    "fetch_before_done",
    "clean_before_write",
    "clean_before_rename",
    "give_out_before_plan",
    "shard_before_receipt",
    "gather_before_cleaned",
    "land_before_commit",
    "land_before_marker",
    "ledger_before_commit",
    "build_before_dbt",
    "build_before_finish",
    "gate_before_commit",
    "export_before_move",
    "export_before_package",
    "export_before_latest",
    "export_before_prune",
    "publish_before_audit",
    "publish_before_release",
    "publish_before_rename",
    "publish_before_manifest",
    "publish_before_prune",
    "mark_built_before_write",
    "roll_back_before_rename",
    "roll_back_before_manifest",
    "restore_before_move",
    "restore_before_land",
    "restore_before_build",
    "withdraw_before_files",
    "site_before_rename",
    "site_between_renames",
    "site_before_prune",
)


def crash_point(name: str) -> None:
    """End this process at once where SOTINH_CRASH_AT equals `name`; does nothing otherwise.

    Raises ValueError for a name that CRASH_POINTS does not list, so that no test waits for a
    point that is gone.
    """
    if name not in CRASH_POINTS:
        raise ValueError(f"crash point {name!r} is not listed in include/crash_points.py")
    if os.environ.get("SOTINH_CRASH_AT") == name:
        os._exit(CRASH_EXIT_CODE)

"""Keeps a lake small: old snapshots go, small files become one, files that nothing names are removed.

Every commit leaves a snapshot and its files, and a build makes most tables anew. Nothing of ours asks for
yesterday's snapshot: releases are what a reader goes back to.
"""

from __future__ import annotations

from typing import Final

import duckdb

from include.lake import Lake
from include.progress import report
from include.warehouse.database import open_warehouse
from include.warehouse.lake import LAKE_NAME, LakeError

# Longer than any transaction: what another process still reads or is about to name is younger.
KEPT_FOR: Final = "1 day"
_OLDER: Final = f"older_than => now() - interval '{KEPT_FOR}'"
STEPS: Final = (
    f"call ducklake_expire_snapshots('{LAKE_NAME}', {_OLDER})",
    f"call ducklake_merge_adjacent_files('{LAKE_NAME}')",
    f"call ducklake_cleanup_old_files('{LAKE_NAME}', {_OLDER})",
    f"call ducklake_delete_orphaned_files('{LAKE_NAME}', {_OLDER})",
)


def keep_up(lake: Lake, steps: tuple[str, ...] = STEPS) -> bool:
    """Run the steps; False, told in the log, where one was refused: the rows are whole without it."""
    try:
        with open_warehouse(lake) as connection:
            for step in steps:
                connection.execute(step).fetchall()
    except (LakeError, duckdb.Error) as problem:
        report("publish", f"the lake was not tidied, the next publish tries again: {problem}")
        return False
    return True

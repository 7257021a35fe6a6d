"""`make rollback`: put the release before the present one back in place."""

from __future__ import annotations

import sys

from include.operations.processes import FolderBusyError, one_run_at_a_time
from include.operations.site_pages import renew_site
from include.settings import Settings
from include.warehouse.publish import RollbackError, roll_back


def main() -> int:
    """Roll back one release; says which file is in place now."""
    settings = Settings.from_environment()
    try:
        with one_run_at_a_time(settings.data_dir):
            manifest = roll_back(settings.data_dir)
            renew_site(settings)
    except (RollbackError, FolderBusyError, OSError) as problem:
        print(problem, file=sys.stderr)
        return 1
    print(f"{settings.published} is now the release of {manifest.published_at} ({manifest.run_id}).")
    print("Readers that have the file open see the other release until they reopen it.")
    return 0


if __name__ == "__main__":
    sys.exit(main())

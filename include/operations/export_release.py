"""`make export`: write the open data of the release in place, where the task of the night could not."""

from __future__ import annotations

import sys

from include.operations.processes import FolderBusyError, one_run_at_a_time
from include.operations.stages import export
from include.settings import Settings
from include.warehouse.disk import DiskFullError
from include.warehouse.manifest import ManifestError
from include.warehouse.open_data.cells import OpenDataError
from include.warehouse.releases import LATEST


def main() -> int:
    """Export the release in place; says where its files are."""
    settings = Settings.from_environment()
    try:
        with one_run_at_a_time(settings.data_dir):
            export(settings)
    except (OpenDataError, DiskFullError, ManifestError, FolderBusyError, OSError) as problem:
        print(problem, file=sys.stderr)
        return 1
    print(f"{(settings.releases / LATEST).resolve()} has its Parquet, CSV and datapackage.json.")
    return 0


if __name__ == "__main__":
    sys.exit(main())

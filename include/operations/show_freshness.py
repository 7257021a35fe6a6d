"""`make freshness`: how old what was landed is, against the limits that its tables have."""

from __future__ import annotations

import sys

from include.operations.processes import FolderBusyError, one_run_at_a_time
from include.settings import PROJECT_ROOT, Settings
from include.warehouse.database import is_there
from include.warehouse.freshness import FreshnessUnknownError, source_freshness


def main() -> int:
    """Print one line a landing table; 1 where one is older than it may be or cannot be judged."""
    settings = Settings.from_environment()
    if not is_there(settings.warehouse):
        print(f"{settings.warehouse} does not exist: nothing was landed yet", file=sys.stderr)
        return 1
    try:
        with one_run_at_a_time(settings.data_dir):
            ages = source_freshness(project=PROJECT_ROOT / "dbt_project", data_dir=settings.data_dir)
    except (FreshnessUnknownError, FolderBusyError, OSError) as problem:
        print(problem, file=sys.stderr)
        return 1
    for age in ages:
        print(age)
    return 0 if ages and all(age.status in ("pass", "warn") for age in ages) else 1


if __name__ == "__main__":
    sys.exit(main())

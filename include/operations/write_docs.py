"""`make docs`: dbt's documentation of what is built in DATA_DIR, as one page that needs no server."""

from __future__ import annotations

import sys

from include.operations.processes import FolderBusyError, one_run_at_a_time
from include.settings import PROJECT_ROOT, Settings
from include.warehouse.docs import DocsError, write_docs


def main() -> int:
    """Write DATA_DIR/docs/index.html and say whether it had to be made anew."""
    settings = Settings.from_environment()
    page = settings.data_dir / "docs" / "index.html"
    try:
        with one_run_at_a_time(settings.data_dir):
            made = write_docs(
                project=PROJECT_ROOT / "dbt_project", data_dir=settings.data_dir, target_file=page
            )
    except (DocsError, FolderBusyError, OSError) as problem:
        print(problem, file=sys.stderr)
        return 1
    print(f"{page} is {'written' if made else 'as before: the project has not changed'}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())

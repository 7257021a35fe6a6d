"""`make quality`: the quality page of what is published, written again. A publish writes it by itself."""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb
import jinja2

from include.operations.processes import FolderBusyError, one_run_at_a_time
from include.progress import report
from include.quality.page import write_quality_page
from include.settings import Settings
from include.warehouse.manifest import ManifestError


def renew_quality_page(data_dir: Path) -> Path | None:
    """Write the page; where it cannot be written, say so and return None: what it tells of is published."""
    try:
        page = write_quality_page(data_dir)
    except (OSError, duckdb.Error, jinja2.TemplateError) as problem:
        report(
            "quality page", f"not written ({type(problem).__name__}: {problem}); `make quality` tries again"
        )
        return None
    report("quality page", str(page))
    return page


def main() -> int:
    """Write the page of DATA_DIR; 1 where it cannot be written."""
    data_dir = Settings.from_environment().data_dir
    try:
        with one_run_at_a_time(data_dir):
            print(write_quality_page(data_dir))
    except (FolderBusyError, ManifestError, OSError, duckdb.Error) as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

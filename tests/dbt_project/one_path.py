"""One path for all data folders that a test process builds.

dbt reads the whole project again, ten seconds of a processor, where the warehouse lies elsewhere than the
time before: its path belongs to the connection, which models could ask for. So dbt is given the same link
each time, and what it read the last time is laid into the folder beforehand.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from include.settings import PROJECT_ROOT
from include.warehouse.build import BuildResult, artifacts, run_dbt

DBT_PROJECT = PROJECT_ROOT / "dbt_project"
READ_PROJECT = "partial_parse.msgpack"
# As the stage of a night builds: without the unit tests of models.
BUILD = ("build", "--exclude-resource-type", "unit_test")


def run_at_one_path(arguments: Sequence[str], data_dir: Path, *, all_rows: bool = True) -> BuildResult:
    """`run_dbt` on the project's models; raises BuildFailed as it does. One at a time in a process."""
    folder = Path(_folder().name)
    link, kept = folder / "data", folder / READ_PROJECT
    link.unlink(missing_ok=True)
    link.symlink_to(data_dir.resolve(), target_is_directory=True)
    read = artifacts(data_dir) / READ_PROJECT
    if kept.exists():
        read.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(kept, read)
    try:
        return run_dbt(arguments, project=DBT_PROJECT, data_dir=link, all_rows=all_rows)
    finally:
        if read.exists():
            shutil.copy(read, kept)


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    """Of this process, gone with it."""
    return tempfile.TemporaryDirectory(prefix="sotinh-dbt-")

"""One dbt build of the sample for all tests that look at its marts."""

from __future__ import annotations

import fcntl
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from include.contract import WAREHOUSE_FILE
from include.warehouse.build import artifacts
from tests.dbt_project.one_path import BUILD, run_at_one_path
from tests.dbt_project.sample import create_warehouse


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder whose warehouse holds the sample, built once, also by parallel test workers."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if base.name.startswith("popen-") else base
    data_dir, done = shared / "sample", shared / "sample.built"
    with (shared / "sample.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            create_warehouse(data_dir)
            run_at_one_path(BUILD, data_dir)
            done.touch()
    return data_dir


@pytest.fixture(scope="session")
def parsed(built: Path) -> dict[str, Any]:
    """What dbt read from the project when it built the sample: its manifest."""
    manifest: dict[str, Any] = json.loads((artifacts(built) / "manifest.json").read_text(encoding="utf-8"))
    return manifest


@pytest.fixture
def own_copy(built: Path, tmp_path: Path) -> Path:
    """A copy of the built data folder that the test may change."""
    return Path(shutil.copytree(built, tmp_path / "data"))


@pytest.fixture
def marts(built: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The built warehouse, read only."""
    with duckdb.connect(str(built / WAREHOUSE_FILE), read_only=True) as connection:
        yield connection

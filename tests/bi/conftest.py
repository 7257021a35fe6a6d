"""One Superset for all tests of the lane: it takes minutes to start."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.bi.nights import first_night
from tests.bi.superset import Superset, started


@pytest.fixture(scope="session")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bi") / "data"
    first_night(folder)
    return folder


@pytest.fixture(scope="session")
def superset(data_dir: Path) -> Iterator[Superset]:
    with started(data_dir, os.environ["SOTINH_BI_PYTHON"]) as running:
        yield running

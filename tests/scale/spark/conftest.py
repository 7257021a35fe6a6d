"""One cluster for the tests of the lane that spoil none, and what the lane shows at its end."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest

from tests.scale.spark.cluster import Cluster, running

PYTHON = "SOTINH_SPARK_PYTHON"
SHOWN: list[str] = []


@pytest.fixture(scope="session")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with running(tmp_path_factory.mktemp("spark"), os.environ[PYTHON]) as started:
        yield started


@pytest.fixture
def beside() -> list[str]:
    """Lines that stand at the end of the lane: the hashes of both engines side by side."""
    return SHOWN


def pytest_terminal_summary(terminalreporter: Any) -> None:
    if SHOWN:
        terminalreporter.section("the same rows by both engines")
        for line in SHOWN:
            terminalreporter.write_line(line)

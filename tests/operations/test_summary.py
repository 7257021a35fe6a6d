"""What a run ends with says when figures do not add up."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from rich.console import Console

from include.operations.summary import print_sum


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    path = tmp_path / "warehouse.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            "create schema raw; create table raw.batches (batch_id varchar, discovered integer)"
        )
        connection.execute("insert into raw.batches values ('crawl-1', 90), ('crawl-2', 5)")
    return path


@pytest.mark.parametrize(
    ("counted", "shown"),
    [
        ({"loaded": 3, "failed": 2}, "discovered 5 = 3 loaded + 2 failed"),
        ({"loaded": 3, "failed": 1}, "discovered 5, but outcomes are 3 loaded + 1 failed: rows are missing"),
        ({}, "discovered 5, but outcomes are nothing due: rows are missing"),
    ],
)
def test_the_sum_is_of_two_counts(warehouse: Path, counted: dict[str, int], shown: str) -> None:
    console = Console(record=True, width=120)
    print_sum(warehouse, counted, console)
    assert console.export_text().strip() == shown

"""Whose rows the second gate judges."""

from __future__ import annotations

from pathlib import Path

import pytest

from include.quality.claims import CLAIMS
from include.quality.gates import judge_suites
from include.warehouse.database import open_warehouse
from tests.quality.samples import good_warehouse

ALL_BUILT = "insert into ops.built_batches select batch_id, 'r0', landed_at from raw.batches"
BUILDS = (
    "insert into ops.builds (run_id, started_at, build_no, all_rows_because)"
    " values ('r0', '2026-03-09 20:00:00Z', 1, 'first'), ('r1', '2026-03-10 20:00:00Z', 2, "
)


@pytest.mark.parametrize(
    ("happened", "is_judged"),
    [
        pytest.param("select 1", True, id="the batches wait"),
        pytest.param(f"{ALL_BUILT}; {BUILDS} null)", False, id="readers have seen them"),
        pytest.param(f"{ALL_BUILT}; {BUILDS} 'other rules')", True, id="all was built anew since"),
    ],
)
def test_the_gate_judges_what_no_reader_has_seen(tmp_path: Path, happened: str, is_judged: bool) -> None:
    warehouse = good_warehouse(tmp_path)
    with open_warehouse(warehouse) as connection:
        connection.execute(happened)
        connection.execute(
            "update marts.fct_indicators set value = 'nan'"
            " where statement_id = (select min(statement_id) from marts.fct_indicators)"
        )
    results = {result.check_name: result for result in judge_suites(warehouse, [CLAIMS])}
    assert results["value_is_finite"].passed != is_judged

"""Each fault that a seed can have fires a test whose name says what is wrong."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from include.contract import WAREHOUSE_FILE
from include.warehouse.build import BuildFailed
from tests.dbt_project.one_path import run_at_one_path

pytestmark = pytest.mark.stack

# The test that must fire, and what is done to the loaded seeds to make it.
FAULTS = {
    "units_of_indicators_are_units": "update indicators set unit_code = 'DOLLAR' where unit_code = 'USD'",
    "topics_of_indicators_are_topics": "update indicators set topic = 'weather' where topic = 'prices'",
    "indicators_have_traits": "delete from indicator_traits where indicator_code = 'grdp'",
    "traits_are_of_indicators": "insert into indicator_traits values ('gnp', true, false, false, 'more')",
    "aliases_are_of_indicators": "update indicator_aliases set indicator_code = 'gnp' where alias = 'grdp'",
    "parent_topics_are_topics": "update topics set parent_topic = 'weather' where topic = 'prices'",
    "topics_hang_on_a_root": "insert into topics values ('rain', 'Mưa', 'Rain', 'rain', 99)",
    "successors_are_provinces": "update provinces set successor_id = '16-2025' where province_id = '10-2008'",
    "succession_has_no_gap_provinces_": "update provinces set valid_to = null where province_id = '12-2008'",
    "iso_codes_are_of_provinces": "insert into province_iso_codes values ('99-2008', 'VN-99')",
}


def test_a_fault_in_a_seed_fires_the_test_that_names_it(own_copy: Path) -> None:
    with duckdb.connect(str(own_copy / WAREHOUSE_FILE)) as connection:
        connection.execute("use vocabulary")
        for fault in FAULTS.values():
            assert connection.execute(fault).fetchone() != (0,), fault
    # One start of dbt for all: each fault is of other rows.
    with pytest.raises(BuildFailed) as caught:
        run_at_one_path(["test", "--select", *FAULTS], own_copy)
    assert {problem.name for problem in caught.value.problems} == set(FAULTS)
    assert {problem.status for problem in caught.value.problems} == {"fail"}

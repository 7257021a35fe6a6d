"""The machine's clock is set back between two nights: what came later stays later."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from include.quality.gates import GATES
from include.settings import Settings
from include.warehouse.database import open_warehouse
from include.warehouse.land import land_open_batches
from include.warehouse.ledger import recorded_build, require_judged
from include.warehouse.publish import read_manifest, roll_back
from include.warehouse.releases import kept_releases
from tests.storage.folders import (
    BATCHES,
    articles_read,
    landed_rows,
    publish_articles,
    three_batches,
)
from tests.warehouse.samples import NIGHT

BACK = timedelta(days=40)


@pytest.mark.fault("the clock is set back before landing", "batches keep the order in which they landed")
def test_batches_land_again_in_the_order_in_which_they_landed(tmp_path: Path) -> None:
    settings = three_batches(tmp_path)
    nights = iter([NIGHT, NIGHT - BACK, NIGHT + BACK])
    land_open_batches(landing=settings.landing, warehouse=settings.warehouse, landed_at=lambda: next(nights))
    rows = landed_rows(settings)
    with open_warehouse(settings.warehouse, read_only=True) as connection:
        in_order = connection.execute("select batch_id from raw.batches order by landed_at").fetchall()
    assert [batch_id for (batch_id,) in in_order] == list(BATCHES)
    settings.warehouse.unlink()
    land_open_batches(landing=settings.landing, warehouse=settings.warehouse, landed_at=lambda: NIGHT)
    assert landed_rows(settings) == rows


def test_batches_that_land_together_keep_one_time(tmp_path: Path) -> None:
    settings = three_batches(tmp_path)
    land_open_batches(landing=settings.landing, warehouse=settings.warehouse, landed_at=lambda: NIGHT)
    with open_warehouse(settings.warehouse, read_only=True) as connection:
        assert connection.execute("select distinct landed_at from raw.batches").fetchall() == [(NIGHT,)]


@pytest.mark.fault("the clock is set back before a build", "the last build is the one begun last")
def test_the_last_build_is_the_one_that_was_begun_last(tmp_path: Path) -> None:
    warehouse = tmp_path / "warehouse.duckdb"
    for number, moment in enumerate((NIGHT, NIGHT - BACK), start=1):
        run_id = f"r{number}"
        with recorded_build(warehouse, run_id, lambda moment=moment: moment, "rules"):
            pass
        with open_warehouse(warehouse) as connection:
            for gate in GATES:
                connection.execute(
                    "insert into ops.gate_results by name select ? as run_id, ? as gate, 'all' as check_name,"
                    " true as passed, 0 as failing_rows, ? as judged_at",
                    [run_id, gate, moment],
                )
        require_judged(warehouse, run_id, GATES)


@pytest.mark.fault("the clock is set back before publishing", "the later release is in place and kept")
def test_the_release_published_last_is_the_one_in_place(folder: Settings) -> None:
    publish_articles(folder, "r6", 6, published_at=NIGHT - BACK)
    present = read_manifest(folder.data_dir)
    assert present is not None
    assert (present.run_id, present.replaces, articles_read(folder)) == ("r6", "r5", 6)
    assert {one.manifest.run_id for one in kept_releases(folder.releases)} == {"r3", "r5", "r6"}
    assert roll_back(folder.data_dir).run_id == "r5"
    assert articles_read(folder) == 5

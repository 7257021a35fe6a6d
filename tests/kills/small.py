"""A folder of small batches and marts made by hand, for many kills of landing, publishing and exporting.

The stages are the product's own; what they work on is some kilobytes, so that hundreds of kills take minutes.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from include.operations.stages import DBT_PROJECT
from include.quality.gates import GATES
from include.warehouse.database import open_warehouse
from include.warehouse.docs import _key
from tests.kills.facts import facts_of
from tests.kills.ledger import Ledger
from tests.kills.night import NIGHTS, Order
from tests.kills.prepared import Prepared, lay_out
from tests.kills.process import run
from tests.storage.folders import BATCHES, three_batches
from tests.warehouse.samples import build_marts

SMALL_STAGES = ("land", "publish", "export")


@contextmanager
def small(folder: Path, ledger: Ledger) -> Iterator[Prepared]:
    """One batch that has landed and two that wait; marts of three articles and of five, judged both."""
    data_dir = folder / "arena" / "data"
    made = Prepared(folder, data_dir / "portals.yml", folder / "requests.tsv", data_dir)
    settings = three_batches(data_dir)
    # The page that dbt would take half a minute to write; an export copies the one that is there.
    page = data_dir / "dbt" / "docs" / f"{_key(DBT_PROJECT)}.html"
    page.parent.mkdir(parents=True)
    page.write_text("<!doctype html><title>docs</title>", encoding="utf-8")
    waiting = [settings.landing / name for name in BATCHES[1:]]
    for batch in waiting:
        batch.rename(folder / batch.name)
    _done(Order("land", data_dir, made.registry, NIGHTS[0]))
    made.first_work = _judged_marts(made, 3, [BATCHES[0]])
    shutil.copy2(settings.warehouse, folder / "first.duckdb")
    for stage in ("publish", "export"):
        _done(Order(stage, data_dir, made.registry, NIGHTS[0], made.first_work))
    for batch in waiting:
        (folder / batch.name).rename(batch)
    for stage in SMALL_STAGES:
        if stage == "publish":
            made.work = _judged_marts(made, 5, list(BATCHES[1:]))
        made.promises[stage] = [] if stage == "land" else [ledger.acknowledge("land", data_dir)]
        lay_out(data_dir, made.before(stage))
        made.seconds[stage] = _done(made.order(stage, data_dir))
        made.facts[stage] = facts_of(stage, data_dir)
    yield made


def _judged_marts(made: Prepared, articles: int, batch_ids: list[str]) -> dict[str, object]:
    """Marts of so many articles, and the record of a build that finished and passed both gates."""
    run_id = f"build-{articles}"
    build_marts(made.data_dir / "warehouse.duckdb", articles=articles, value=float(articles))
    with open_warehouse(made.data_dir / "warehouse.duckdb") as connection:
        connection.execute(
            "insert into ops.builds (run_id, started_at, finished_at) values (?, ?, ?)",
            [run_id, NIGHTS[0], NIGHTS[0]],
        )
        for gate in GATES:
            connection.execute(
                "insert into ops.gate_results by name select ? as run_id, ? as gate, 'all' as check_name,"
                " true as passed, 0 as failing_rows, ? as judged_at",
                [run_id, gate, NIGHTS[0]],
            )
    return {"run_id": run_id, "batch_ids": batch_ids}


def _done(order: Order) -> float:
    ended = run(order)
    if ended.how != "done":
        raise RuntimeError(f"{order.stage} without a kill: {ended.result}")
    return ended.seconds

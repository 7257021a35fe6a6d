"""What each stage took in and gave out, read from the files and tables that it left.

| stage | items_in | items_out |
|---|---|---|
| discover, backfill, replay | documents asked for | URLs to attempt |
| fetch | URLs | pages fetched |
| clean | pages | articles |
| land | URLs | new versions of articles |
| judge_landed, judge_marts | checks | checks passed |
| build | dbt's nodes (seeds, models, tests) | nodes without an error |
| publish, export | marts | rows |
| site | marts | pages |
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pyarrow.compute as pc
import pyarrow.parquet as pq

from include.settings import Settings
from include.warehouse.build import BROKEN
from include.warehouse.database import open_warehouse
from include.warehouse.manifest import MANIFEST_FILE, load_manifest

SLOWEST_NODES: Final = 10


@dataclass(frozen=True, slots=True)
class Tally:
    """Figures of one run of a stage; detail: anything that JSON can hold."""

    batch_ids: tuple[str, ...] = ()
    items_in: int | None = None
    items_out: int | None = None
    detail: Mapping[str, Any] | None = None


# Settings, the stage's arguments by name, and its result (None where it refused).
TallyFunction = Callable[[Settings, Mapping[str, Any], Any], Tally]


def opened(settings: Settings, given: Mapping[str, Any], result: Any) -> Tally:
    """discover, backfill, replay: result is the id of the opened batch, or several."""
    batch_ids = (result,) if isinstance(result, str) else tuple(result)
    folders = [settings.landing / batch_id for batch_id in batch_ids]
    return Tally(batch_ids, _lines(folders, "discovery.jsonl"), _lines(folders, "discovered.jsonl"))


def fetched(settings: Settings, given: Mapping[str, Any], result: Any) -> Tally:
    """fetch: result is the ids of the batches finished."""
    folders = [settings.landing / batch_id for batch_id in result]
    outcomes = [
        json.loads(line)["outcome"]
        for folder in folders
        for line in (folder / "fetched.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    return Tally(tuple(result), len(outcomes), outcomes.count("fetched"))


def cleaned(settings: Settings, given: Mapping[str, Any], result: Any) -> Tally:
    """clean: result is the ids of the batches cleaned."""
    articles = 0
    for batch_id in result:
        rows = pq.read_table(settings.landing / batch_id / "cleaned.parquet", columns=["outcome"])
        articles += pc.sum(pc.equal(rows["outcome"], "cleaned")).as_py() or 0
    return Tally(tuple(result), fetched(settings, given, result).items_out, articles)


def landed(settings: Settings, given: Mapping[str, Any], result: Any) -> Tally:
    """land: result is the ids of the batches landed now."""
    if not result:
        return Tally(items_in=0, items_out=0)
    query = (
        "select (select coalesce(sum(discovered), 0) from raw.batches where list_contains(?, batch_id)),"
        " (select count(*) from raw.article_versions where list_contains(?, batch_id))"
    )
    with open_warehouse(settings.warehouse, read_only=True) as connection:
        urls, versions = connection.execute(query, [list(result)] * 2).fetchall()[0]
    return Tally(tuple(result), int(urls), int(versions))


def judged(gate: str) -> TallyFunction:
    """judge_landed, judge_marts: the checks of `gate` in this run."""

    def tally(settings: Settings, given: Mapping[str, Any], result: Any) -> Tally:
        query = (
            "select count(*), count(*) filter (passed) from ops.gate_results where run_id = ? and gate = ?"
        )
        with open_warehouse(settings.warehouse, read_only=True) as connection:
            checks, passed = connection.execute(query, [given["run_id"], gate]).fetchall()[0]
        return Tally((), int(checks), int(passed))

    return tally


def built(settings: Settings, given: Mapping[str, Any], result: Any) -> Tally:
    """build: dbt's nodes; detail: the ten that took longest, with their seconds."""
    results = settings.data_dir / "dbt" / "target" / "run_results.json"
    nodes = json.loads(results.read_text(encoding="utf-8"))["results"]
    slowest = sorted(nodes, key=lambda node: -float(node["execution_time"]))[:SLOWEST_NODES]
    told = {str(node["unique_id"]).split(".")[2]: round(float(node["execution_time"]), 2) for node in slowest}
    sound = sum(node["status"] not in BROKEN for node in nodes)
    return Tally((), len(nodes), sound, {"slowest_nodes_s": told})


def published(settings: Settings, given: Mapping[str, Any], result: Any) -> Tally:
    """publish: marts and rows of the file now in place; none where the publish was refused."""
    manifest = load_manifest(settings.data_dir / MANIFEST_FILE)
    batch_ids = tuple(given["batch_ids"])
    if manifest is None or manifest.run_id != given["run_id"]:
        return Tally(batch_ids)
    return Tally(batch_ids, len(manifest.rows), sum(manifest.rows.values()))


def exported(settings: Settings, given: Mapping[str, Any], result: Any) -> Tally:
    """export: marts and rows of the release whose open data was written."""
    manifest = load_manifest(settings.data_dir / MANIFEST_FILE)
    return Tally() if manifest is None else Tally((), len(manifest.rows), sum(manifest.rows.values()))


def drawn(settings: Settings, given: Mapping[str, Any], result: Any) -> Tally:
    """site: result is how many pages were written."""
    manifest = load_manifest(settings.data_dir / MANIFEST_FILE)
    return Tally() if manifest is None else Tally((), len(manifest.rows), int(result))


def _lines(folders: list[Path], name: str) -> int:
    """How many lines the files of this name have together; a replay asks for no document, so has no file."""
    texts = [(folder / name).read_bytes() for folder in folders if (folder / name).exists()]
    return sum(1 for text in texts for line in text.split(b"\n") if line.strip())

"""A batch worked on by several machines: the rows of one, whatever happens on the way."""

from __future__ import annotations

import shutil
from collections import Counter

import pytest
import yaml

import include.shards.gather
import include.shards.give_out
import include.shards.work
from include.code_version import OtherCodeError
from include.operations import shard_stages, stages
from include.operations.journal import JOURNAL_FOLDER, ended_runs, read_lines
from include.portals.registry import load_registry
from include.shards.gather import ShardsMissingError
from include.shards.store import FolderStore, StoreError
from include.shards.travelling_registry import receive_registry, send_registry
from include.vocabulary import load_vocabulary
from tests.sample_portals.certificates import Certificates
from tests.shards.conftest import Cluster


class Killed(BaseException):
    """In the place of a kill: nothing behind it runs."""


def killed_at(monkeypatch: pytest.MonkeyPatch, module, name: str):
    def crash_point(point: str) -> None:
        if point == name:
            raise Killed

    monkeypatch.setattr(module, "crash_point", crash_point)


def outcomes(rows: list[dict]) -> Counter:
    return Counter(row["outcome"] for row in rows)


def test_two_workers_give_the_rows_of_one_machine(cluster, expected):
    cluster.work("one", "two")
    assert outcomes(expected)["cleaned"] > 2
    assert cluster.rows() == expected
    assert not list((cluster.folder / "one").glob("shards/*/*")), (
        "a cleaned shard leaves nothing on its worker"
    )


def test_the_archive_that_was_gathered_is_the_one_that_was_fetched(cluster, expected):
    cluster.work("one", "two")
    shutil.rmtree(cluster.folder / "store")
    (cluster.batch() / "cleaned.parquet").unlink()
    stages.clean(cluster.alone())
    assert cluster.rows() == expected


def test_gathered_batches_are_complete_and_worked_on_once(cluster):
    cluster.work("one")
    assert shard_stages.give_out(cluster.home) == []
    assert shard_stages.gather(cluster.home) == []
    assert stages.fetch(cluster.alone()) == []


def test_a_shard_that_is_handed_in_is_not_worked_on_again(cluster, monkeypatch):
    (order, *_) = shard_stages.give_out(cluster.home)
    shard_stages.fetch_shard(cluster.machine("one"), order)
    shard_stages.clean_shard(cluster.machine("one"), order)
    for work in ("fetch_open_batches", "clean_batch"):
        monkeypatch.setattr(include.shards.work, work, lambda *_, **__: pytest.fail("worked on again"))
    shard_stages.fetch_shard(cluster.machine("two"), order)
    shard_stages.clean_shard(cluster.machine("two"), order)


def test_workers_write_their_stages_into_the_ledger_of_the_warehouse_once(cluster, monkeypatch):
    killed_at(monkeypatch, include.shards.gather, "gather_before_cleaned")
    with pytest.raises(Killed):
        cluster.work("one", "two")
    monkeypatch.undo()
    shard_stages.gather(cluster.home)
    runs = [
        (run.stage, run.outcome, run.batch_ids)
        for run in ended_runs(cluster.home.data_dir / JOURNAL_FOLDER)
        if run.stage in ("fetch", "clean") and run.batch_ids
    ]
    lines = read_lines(cluster.home.data_dir / JOURNAL_FOLDER)
    told = [(line["event"], line["stage_run_id"]) for line in lines]
    assert len(told) == len(set(told)), "gathered twice, each line stands once"
    batch = (cluster.batch().name,)
    assert sorted(runs) == [("clean", "ok", batch)] * 2 + [("fetch", "ok", batch)] * 2


@pytest.mark.parametrize(
    ("module", "point"),
    [
        (include.shards.give_out, "give_out_before_plan"),
        (include.shards.work, "shard_before_receipt"),
        (include.shards.gather, "gather_before_cleaned"),
    ],
)
def test_after_a_kill_another_worker_completes_the_batch(cluster, expected, monkeypatch, module, point):
    killed_at(monkeypatch, module, point)
    with pytest.raises(Killed):
        cluster.work("one")
    monkeypatch.undo()
    cluster.work("two")
    assert cluster.rows() == expected


def test_a_worker_that_was_killed_goes_on_where_it_stopped(cluster, expected, monkeypatch):
    killed_at(monkeypatch, include.shards.work, "shard_before_receipt")
    (first, *_) = orders = shard_stages.give_out(cluster.home)
    with pytest.raises(Killed):
        shard_stages.fetch_shard(cluster.machine("one"), first)
    monkeypatch.undo()
    asked = []
    monkeypatch.setattr(include.shards.work, "fetch_open_batches", lambda *_, **__: asked.append(1))
    shard_stages.fetch_shard(cluster.machine("one"), first)
    assert asked == [], "every page of the shard had been fetched"
    monkeypatch.undo()
    cluster.work("one")
    assert len(orders) == 2
    assert cluster.rows() == expected


def test_of_two_attempts_the_first_that_hands_in_counts(cluster, expected, monkeypatch):
    orders = shard_stages.give_out(cluster.home)
    for order in orders:
        shard_stages.fetch_shard(cluster.machine("one"), order)
    before = receipts(cluster)
    # A worker that was taken for dead, and did not ask again.
    monkeypatch.setattr(include.shards.work, "receipt_of", lambda *_: None)
    shard_stages.fetch_shard(cluster.machine("late"), orders[0])
    monkeypatch.undo()
    assert receipts(cluster) == before
    cluster.work("one", "two")
    assert cluster.rows() == expected


def test_a_changed_number_of_shards_divides_no_batch_anew(cluster):
    before = shard_stages.give_out(cluster.home)
    after = shard_stages.give_out(cluster.home.__class__(**{**settings_of(cluster), "shards": 7}))
    assert after == before


def test_a_worker_of_other_code_refuses_and_leaves_nothing(cluster):
    (order, *_) = shard_stages.give_out(cluster.home)
    for stage in (shard_stages.fetch_shard, shard_stages.clean_shard):
        with pytest.raises(OtherCodeError, match="the work was given out by code 0123456789abcdef"):
            stage(cluster.machine("old"), order | {"code": "0123456789abcdef"})
    assert receipts(cluster) == {}


def test_what_other_code_cleaned_is_cleaned_again_and_not_fetched_again(cluster, expected, monkeypatch):
    orders = shard_stages.give_out(cluster.home)
    for order in orders:
        shard_stages.fetch_shard(cluster.machine("one"), order)
    for receipt in cluster.folder.glob("store/crawl-*/*/fetched.json"):
        receipt.with_name("cleaned-0123456789abcdef.json").write_bytes(receipt.read_bytes())
    with pytest.raises(ShardsMissingError):
        shard_stages.gather(cluster.home)
    cluster.work("two")
    assert cluster.rows() == expected


def test_a_batch_with_a_missing_shard_is_named_and_left_as_it_was(cluster):
    (done, missing) = shard_stages.give_out(cluster.home)
    shard_stages.fetch_shard(cluster.machine("one"), done)
    shard_stages.clean_shard(cluster.machine("one"), done)
    shard_stages.fetch_shard(cluster.machine("one"), missing)
    with pytest.raises(ShardsMissingError, match=missing["shard"]) as problem:
        shard_stages.gather(cluster.home)
    assert done["shard"] not in str(problem.value)
    assert not (cluster.batch() / "fetched.jsonl").exists()


@pytest.mark.parametrize("name", ["cleaned.parquet", "fetched.jsonl", "warc/*.warc.gz"])
def test_bytes_that_changed_in_the_store_are_not_taken(cluster, name):
    for order in shard_stages.give_out(cluster.home):
        shard_stages.fetch_shard(cluster.machine("one"), order)
        shard_stages.clean_shard(cluster.machine("one"), order)
    spoilt = sorted(cluster.folder.glob(f"store/crawl-*/*/*/{name}"))[0]
    spoilt.write_bytes(spoilt.read_bytes()[:-1] + b"?")
    with pytest.raises(StoreError, match="is not what its worker stored there"):
        shard_stages.gather(cluster.home)
    assert not (cluster.batch() / "cleaned.parquet").exists()


def test_a_receipt_names_no_file_outside_of_its_batch(cluster):
    (order, *_) = shard_stages.give_out(cluster.home)
    shard_stages.fetch_shard(cluster.machine("one"), order)
    (receipt,) = cluster.folder.glob("store/crawl-*/*/fetched.json")
    receipt.write_text(receipt.read_text(encoding="utf-8").replace('"fetched.jsonl"', '"../../up.jsonl"'))
    with pytest.raises(ValueError, match="is no key"):
        shard_stages.clean_shard(cluster.machine("one"), order)


def test_a_batch_that_this_machine_began_is_finished_by_it(cluster, expected):
    (cluster.batch() / "fetched.jsonl").touch()
    assert shard_stages.give_out(cluster.home) == []
    assert shard_stages.gather(cluster.home) == [cluster.batch().name]
    assert cluster.rows() == expected
    assert not (cluster.folder / "store").exists()


def test_who_leaves_the_cluster_fetches_what_was_given_out(cluster, expected):
    shard_stages.give_out(cluster.home)
    stages.fetch(cluster.alone())
    stages.clean(cluster.alone())
    assert cluster.rows() == expected


def test_a_store_that_cannot_be_written_is_named_before_any_work(cluster):
    closed = cluster.home.__class__(**{**settings_of(cluster), "store": "/proc/sotinh"})
    with pytest.raises(StoreError, match=r"the store /proc/sotinh cannot be written.*SOTINH_STORE"):
        shard_stages.give_out(closed)


def test_without_a_store_nothing_is_given_out(cluster):
    with pytest.raises(StoreError, match="set SOTINH_STORE"):
        shard_stages.give_out(cluster.alone())


def test_workers_have_the_certificates_that_the_registry_names(cluster, tmp_path):
    here = tmp_path / "here"
    (here / "ca").mkdir(parents=True)
    (here / "ca" / "roots.pem").write_text(Certificates().root_pem, encoding="ascii")
    entries = yaml.safe_load(cluster.registry.read_text(encoding="utf-8"))["portals"]
    entries[0]["ca_file"] = "ca/roots.pem"
    (here / "portals.yml").write_text(yaml.safe_dump({"portals": entries}), encoding="utf-8")
    registry = load_registry(here / "portals.yml", load_vocabulary().provinces)
    store = FolderStore(tmp_path / "store")
    key = send_registry(store, registry)
    assert send_registry(store, registry) == key
    there = receive_registry(store, key, tmp_path / "there")
    assert there.portals[0].ca_file.read_bytes() == (here / "ca" / "roots.pem").read_bytes()
    assert there.portals[0].ca_file.is_relative_to(tmp_path / "there")
    assert there.portals[1:] == registry.portals[1:]


def receipts(cluster: Cluster) -> dict[str, str]:
    return {
        path.relative_to(cluster.folder).as_posix(): path.read_text(encoding="utf-8")
        for path in cluster.folder.glob("store/crawl-*/*/*.json")
    }


def settings_of(cluster: Cluster) -> dict:
    home = cluster.home
    return {name: getattr(home, name) for name in home.__dataclass_fields__}

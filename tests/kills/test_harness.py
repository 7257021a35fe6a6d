"""The harness itself: its plan, what it holds to be lost, doubled or torn, and a fetch that it kills."""

from __future__ import annotations

import json
from collections import Counter
from itertools import islice
from pathlib import Path

import duckdb
import pytest

from include.crash_points import CRASH_POINTS
from include.warehouse.files import sha256_of
from include.warehouse.publish import publish
from tests.kills.facts import lost_and_doubled
from tests.kills.fingerprint import fingerprint
from tests.kills.lane import Lane, Until, until_killed
from tests.kills.ledger import Ledger, broken_promises
from tests.kills.plan import POINTS, SHARES, Kill, kills, parts
from tests.kills.prepared import STAGES_IN_ORDER, prepared
from tests.kills.record import Record
from tests.kills.report import table
from tests.kills.tally import Tally
from tests.kills.whole import LoopingReader, Releases
from tests.storage.folders import land, three_batches
from tests.warehouse.samples import NIGHT, build_marts

# Killed where a restore, a roll-back and a withdrawal have their tests.
ELSEWHERE = ("roll_back_", "restore_", "withdraw_", "give_out_", "shard_", "gather_")


def published(folder: Path, run_id: str, articles: int) -> None:
    build_marts(folder / "warehouse.duckdb", articles=articles)
    publish(
        warehouse=folder / "warehouse.duckdb",
        data_dir=folder,
        run_id=run_id,
        releases_kept=3,
        published_at=NIGHT,
    )


def test_every_named_point_of_a_night_is_planned() -> None:
    planned = {kill.point for found in kills(500, 1).values() for kill in found} - {None}
    assert planned == {point for point in CRASH_POINTS if not point.startswith(ELSEWHERE)}
    assert POINTS.keys() == SHARES.keys() == set(STAGES_IN_ORDER)


def test_a_plan_has_as_many_kills_as_were_asked_for_and_is_the_seeds() -> None:
    for total in (200, 500):
        assert sum(map(len, kills(total, 1).values())) >= total
    assert kills(300, 1) == kills(300, 1)
    assert kills(300, 1) != kills(300, 2)
    moments = list(islice(parts("land", 1), 200))
    assert all(0 <= moment < 1 for moment in moments)
    assert min(moments) < 0.05 < 0.95 < max(moments)


def test_what_is_missing_is_lost_and_what_is_too_many_is_doubled() -> None:
    rows = {"a": Counter("xyz"), "b": Counter("k")}
    assert lost_and_doubled(rows, rows) == (0, 0)
    assert lost_and_doubled(rows, {"a": Counter("xz"), "b": Counter("k")}) == (1, 0)
    assert lost_and_doubled(rows, {"a": Counter("xyzz"), "b": Counter("k")}) == (0, 1)
    assert lost_and_doubled(rows, {"a": Counter("xyq")}) == (2, 1)


def test_runs_in_pieces_add_up(tmp_path: Path) -> None:
    record = Record(tmp_path / "record.jsonl")
    assert record.tallies() == {}
    record.add(Kill("land", None, 0.5), Tally(kills=1, completed=1))
    record.add(Kill("land", None, 0.7), Tally(kills=1, lost=2, troubles=["2 rows lost"]))
    record.add(Kill("publish", "publish_before_rename", 0), Tally(kills=1, completed=1))
    for _ in range(2):
        record.add_reads("publish", {"reads": 10, "torn": 0, "failed": 0, "releases": 2})
    told = table(Record(tmp_path / "record.jsonl").tallies()).splitlines()
    assert told[2] == "| land | random | 2 | 1 | 2 | 0 | 0 |  |"
    assert told[3] == "| publish | named point | 1 | 1 | 0 | 0 | 0 |  |"
    assert told[-1] == "| **all** |  | 3 | 2 | 2 | 0 | 0 | 0 of 20 |"


def test_a_kill_whose_stage_had_ended_is_drawn_again_and_none_begins_after_the_time() -> None:
    asked: list[Kill] = []
    kill = Kill("land", None, 0.5)

    def second_try(one: Kill) -> bool:
        asked.append(one)
        return len(asked) > 1

    assert list(until_killed([kill, kill], iter([0.1, 0.2, 0.3]), second_try, Until())) == [1, 2]
    assert [round(one.part, 2) for one in asked] == [0.5, 0.09, 0.5]
    assert list(until_killed([kill], iter([0.1]), pytest.fail, Until(0.0))) == []


def test_the_ledger_outside_knows_what_is_gone(tmp_path: Path) -> None:
    settings = three_batches(tmp_path / "lane" / "data")
    land(settings)
    ledger = Ledger(tmp_path / "acknowledged.jsonl")
    for stage in ("clean", "land"):
        ledger.acknowledge(stage, settings.data_dir)
    promises = ledger.promises("lane")
    assert broken_promises(promises, settings.data_dir) == []
    with duckdb.connect(str(settings.warehouse)) as connection:
        connection.execute(
            "delete from raw.article_outcomes where reason = 'http_404' and batch_id = 'crawl-2'"
        )
        connection.execute("insert into raw.batches from raw.batches where batch_id = 'crawl-3'")
    assert broken_promises(promises, settings.data_dir) == [
        "land: crawl-2 article_outcomes held 3, holds 2 now",
        "land: crawl-3 batches held 1, holds 2 now",
    ]
    ledger.begin("lane", promises[:1])
    assert [promise["stage"] for promise in ledger.promises("lane")] == ["clean"]


def test_a_published_file_that_is_no_whole_release_is_seen(tmp_path: Path) -> None:
    published(tmp_path, "r1", 3)
    releases = Releases()
    assert releases.what_is_wrong(tmp_path) == []
    file, folder = tmp_path / "sotinh.duckdb", tmp_path / "releases" / "2026-03-10"
    whole = file.read_bytes()
    file.write_bytes(whole[:-4096])
    assert releases.what_is_wrong(tmp_path) == [f"{file} is the file of no release"]
    file.unlink()
    assert releases.what_is_wrong(tmp_path) == [f"{file} is gone"]
    # A release whose manifest knows its bytes, and that lacks a mart all the same.
    file.write_bytes(whole)
    half = folder / "sotinh.duckdb"
    with duckdb.connect(str(half)) as connection:
        connection.execute("drop table marts.fct_meetings")
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    manifest["sha256"] = sha256_of(half)
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    assert Releases().what_is_wrong(tmp_path)[0] == f"{half} does not hold what its manifest says"


def test_a_looping_reader_counts_what_is_no_whole_release_and_what_cannot_be_read(tmp_path: Path) -> None:
    published(tmp_path, "r1", 3)
    file = tmp_path / "sotinh.duckdb"
    first = fingerprint(file)
    reader = LoopingReader(file, tmp_path / "stop")
    reader.wait_for_a_read()
    published(tmp_path, "r2", 4)
    reader.wait_for_a_read()
    file.unlink()
    reader.wait_for_a_read()
    told = reader.end({first})
    assert told["releases"] == 2
    assert told["torn"] >= 1, "reads of the second release, which the set of whole ones lacks"
    assert told["reads"] > told["torn"]
    assert told["failed"] >= 1
    told_as = table({("publish", "random"): Tally(kills=1, completed=1, reads=told)})
    assert f"{told['torn'] + told['failed']} of {told['reads']}" in told_as


def test_a_killed_fetch_loses_nothing_and_asks_for_nothing_twice(tmp_path: Path) -> None:
    ledger, tally = Ledger(tmp_path / "acknowledged.jsonl"), Tally()
    with prepared(tmp_path / "prepared", ledger, ("discover", "fetch")) as made:
        lane = Lane(made, tmp_path / "lane" / "data", ledger, Releases(nothing_published=True))
        for kill in (Kill("fetch", "fetch_before_line", 0), Kill("fetch", None, 0.5)):
            lane.kill(kill, tally)
    assert tally.troubles == []
    assert (tally.lost, tally.doubled, tally.half_published) == (0, 0, 0)
    assert tally.completed == tally.kills >= 1

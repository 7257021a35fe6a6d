"""Bytes of the warehouse or of its log that are not those that DuckDB wrote.

What was landed is told by the markers in landing/, outside DuckDB. That the file opens does not say that it
is whole: a log cut short opens without an error and without the batches that stood in the rest of it.
"""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import duckdb
import pytest

import include.operations.stages as stages
from include.operations.checks.data import warehouse as look_at_warehouse
from include.operations.raw_restore import restore_from_raw
from include.operations.runbook import page_of_error
from include.settings import Settings
from include.warehouse.database import WarehouseDamagedError, open_warehouse
from tests.operations.test_restore import small_stages
from tests.storage.every import EVERY, cases, only_by_make_kills
from tests.storage.folders import BATCHES, copied, land, land_into_the_log, landed_rows, three_batches

PLACES = 8 if EVERY else 3


@pytest.fixture(scope="module")
def in_the_log(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Three landed batches that stand in the log alone."""
    settings = three_batches(tmp_path_factory.mktemp("log") / "data")
    land_into_the_log(settings)
    assert log_of(settings).stat().st_size > 1000
    assert len(list(settings.landing.glob("*/landed"))) == len(BATCHES)
    return settings


@pytest.fixture(scope="module")
def rows(in_the_log: Settings) -> dict[str, list[tuple]]:
    return landed_rows(copied(in_the_log, "whole"))


def log_of(settings: Settings) -> Path:
    return settings.warehouse.with_name(f"{settings.warehouse.name}.wal")


@pytest.mark.fault("the warehouse's log is cut short", "the batches that are gone land again before a build")
def test_a_log_cut_short_is_noticed_though_the_file_opens(
    in_the_log: Settings, rows: dict[str, list[tuple]]
) -> None:
    gone = set()
    for number in range(PLACES):
        settings = copied(in_the_log, f"cut-{number}")
        with log_of(settings).open("r+b") as log:
            log.truncate(log_of(settings).stat().st_size * number // PLACES)
        before = len(landed_rows(settings)["batches"])
        told = look_at_warehouse(settings)
        assert (told.state, told.page) == (
            ("ok", None) if before == len(BATCHES) else ("warn", "warehouse_damaged")
        )
        gone.add(before)
        work = stages.open_build(settings, full_refresh=False)
        assert work is not None
        assert work["batch_ids"] == list(BATCHES)
        assert landed_rows(settings) == rows, number
        shutil.rmtree(settings.data_dir)
    assert 0 in gone, "the cuts were to take away whole batches"
    assert len(gone) > 1


@pytest.mark.fault(
    "a bit of the warehouse's log is flipped", "refused with the way out, or nothing is missing"
)
def test_a_log_with_a_flipped_bit_is_told_or_whole(
    in_the_log: Settings, rows: dict[str, list[tuple]]
) -> None:
    drawn, refused = random.Random(7), 0  # noqa: S311 - places, no secrets
    for number in range(PLACES):
        settings = copied(in_the_log, f"flip-{number}")
        flip(log_of(settings), drawn)
        refused += told_or_whole(settings, rows)
        shutil.rmtree(settings.data_dir)
    assert refused > PLACES / 3


@pytest.mark.fault(
    "a bit of the warehouse itself is flipped", "refused with the way out, or nothing is missing"
)
def test_a_warehouse_with_a_flipped_bit_is_told_or_whole(
    in_the_log: Settings, rows: dict[str, list[tuple]]
) -> None:
    whole = copied(in_the_log, "checkpointed")
    with open_warehouse(whole.warehouse) as connection:
        connection.execute("checkpoint")
    drawn, refused = random.Random(7), 0  # noqa: S311 - places, no secrets
    for number in range(3 * PLACES if EVERY else 2):
        settings = copied(whole, f"bit-{number}")
        flip(settings.warehouse, drawn)
        refused += told_or_whole(settings, rows)
        shutil.rmtree(settings.data_dir)
    assert refused or not EVERY


def ruin(settings: Settings, fault: str) -> None:
    """Land, then spoil the file."""
    land(settings)
    with settings.warehouse.open("r+b") as stream:
        if fault == "cut":
            stream.truncate(settings.warehouse.stat().st_size // 2)
        else:
            stream.write(b"\0" * 12288 if fault == "zeros" else b"no database " * 500)


@pytest.mark.fault(
    "the warehouse is cut short or overwritten", "refused, and `make doctor` names the way out"
)
@pytest.mark.parametrize("fault", cases("zeros", "cut", "text"))
def test_a_ruined_warehouse_is_told(in_the_log: Settings, fault: str) -> None:
    settings = copied(in_the_log, f"ruined-{fault}")
    ruin(settings, fault)
    with pytest.raises(WarehouseDamagedError, match=r"warehouse\.duckdb is damaged: .*make restore RAW=1"):
        stages.open_build(settings, full_refresh=False)
    found = look_at_warehouse(settings)
    assert (found.state, found.page) == ("fail", "warehouse_damaged")


@only_by_make_kills
@pytest.mark.fault("and then `make restore RAW=1`", "every row of every batch is back, the ruin kept beside")
@pytest.mark.parametrize("fault", ["zeros", "cut", "text"])
def test_a_ruined_warehouse_comes_back_from_the_archive(
    in_the_log: Settings, rows: dict[str, list[tuple]], fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = copied(in_the_log, f"restored-{fault}")
    ruin(settings, fault)
    small_stages(monkeypatch.setattr)
    restored = restore_from_raw(settings)
    assert list(restored.batches) == list(BATCHES)
    assert restored.kept_as is not None
    assert landed_rows(settings) == rows


@pytest.mark.fault("rows of a landed batch are missing", "the build is refused and names the batch")
def test_a_batch_short_of_rows_is_named(in_the_log: Settings) -> None:
    settings = copied(in_the_log, "short")
    with open_warehouse(settings.warehouse) as connection:
        connection.execute("delete from raw.article_versions where batch_id = 'crawl-2' and version_no = 2")
    with pytest.raises(WarehouseDamagedError, match=r"crawl-2 \(4 of 5 rows\).*make restore RAW=1") as told:
        stages.open_build(settings, full_refresh=False)
    assert page_of_error(type(told.value).__name__) == "warehouse_damaged"


def flip(path: Path, drawn: random.Random) -> None:
    """Turn one bit of the file around."""
    data = bytearray(path.read_bytes())
    data[drawn.randrange(len(data))] ^= 1 << drawn.randrange(8)
    path.write_bytes(data)


def told_or_whole(settings: Settings, rows: dict[str, list[tuple]]) -> bool:
    """Whether a build is refused with the way out named; else every row has to be there."""
    try:
        stages.open_build(settings, full_refresh=False)
        found = landed_rows(settings)
    except WarehouseDamagedError as told:
        return "make restore RAW=1" in str(told)
    assert found == rows
    return False


def test_a_damaged_block_is_not_taken_for_a_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def connect(*_: object, **__: object) -> None:
        raise duckdb.IOException("IO Error: Corrupt database file: computed checksum 1 of block 2 is not 3")

    monkeypatch.setattr(duckdb, "connect", connect)
    with pytest.raises(WarehouseDamagedError, match="of block 2"), open_warehouse(tmp_path / "w.duckdb"):
        pass

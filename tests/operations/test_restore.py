"""The published file put back, and the warehouse made again from the landing folders alone.

That every mart gets its rows again from a real night is shown by tests/test_night.py; here the marts are
small ones, counted from what was landed, and dbt and the gates are not asked.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

import include.operations.stages as stages
from include.crash_points import CRASH_EXIT_CODE, CRASH_POINTS
from include.operations import export_release
from include.operations.raw_restore import restore_from_raw
from include.operations.restore import main, summary
from include.operations.samples import sample_ids
from include.quality.gates import GATES
from include.settings import PROJECT_ROOT, Settings
from include.warehouse.database import WarehouseLockedError, open_warehouse
from include.warehouse.docs import DocsError
from include.warehouse.ledger import pending_batches
from include.warehouse.open_data.write import is_whole
from include.warehouse.publish import read_manifest, roll_back
from include.warehouse.restore import RestoreError
from include.warehouse.withdraw import withdraw_batch
from tests.operations import test_replay
from tests.operations.test_replay import clean_and_land, mended_rule, old_rule, replay
from tests.warehouse.samples import NIGHT, build_marts, page, write_batch

TABLES = ("sources", "batches", "discovery_requests", "article_outcomes", "article_versions")
DAY = timedelta(days=1)
PUMP = "https://benlau.example/tram-bom"
RESTORE = """
import sys
from tests.operations.test_restore import small_stages, folder_settings
from include.operations.raw_restore import restore_from_raw
small_stages(setattr)
restore_from_raw(folder_settings("."))
"""
# The folder that its backfill filled, and what it needs.
old_pages, use_rule, no_network = test_replay.settings, test_replay.use_rule, test_replay.no_network
RESTORE_POINTS = [name for name in CRASH_POINTS if name.startswith("restore_")]


def folder_settings(data_dir: str) -> Settings:
    return Settings(data_dir=Path(data_dir), registry=Path(data_dir) / "portals.yml", workers=1)


def small_stages(put: Callable[[Any, str, Any], None]) -> None:
    """dbt and the gates replaced: marts that tell the landed versions, and verdicts that pass.

    Documentation fails, as it does without dbt: a release is whole and found without it.
    """

    def build(*, project: Path, data_dir: Path, full_refresh: bool, all_rows: bool) -> None:
        (count,) = raw(data_dir, "select count(*) from raw.article_versions")[0]
        build_marts(data_dir / "warehouse.duckdb", articles=count)

    def gate(name: str) -> Callable[[Path, str, datetime], None]:
        def judge(warehouse: Path, run_id: str, judged_at: datetime) -> None:
            with open_warehouse(warehouse) as connection:
                connection.execute(
                    "insert into ops.gate_results by name select ? as run_id, ? as gate, 'all' as check_name,"
                    " true as passed, 0 as failing_rows, ? as judged_at",
                    [run_id, name, judged_at],
                )

        return judge

    def write_docs(**given: Path) -> bool:
        raise DocsError(f"{given['target_file']}: dbt is not asked here")

    put(stages, "build_marts", build)
    put(stages, "write_docs", write_docs)
    for name in GATES:
        put(stages, f"gate_{name}", gate(name))


def raw(data_dir: Path, query: str) -> list[tuple[Any, ...]]:
    with open_warehouse(data_dir / "warehouse.duckdb", read_only=True) as connection:
        return connection.execute(query).fetchall()


def landed_rows(data_dir: Path) -> dict[str, list[tuple[Any, ...]]]:
    return {table: raw(data_dir, f"select * from raw.{table} order by all") for table in TABLES}


def publish(settings: Settings) -> None:
    work = stages.open_build(settings, full_refresh=True)
    assert work is not None
    run_id = str(work["run_id"])
    stages.judge_landed(settings, run_id)
    stages.build(settings, run_id, full_refresh=True)
    stages.judge_marts(settings, run_id)
    stages.publish_marts(settings, run_id, work["batch_ids"])  # type: ignore[arg-type]


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    small_stages(monkeypatch.setattr)


def land_at(settings: Settings, monkeypatch: pytest.MonkeyPatch, moment: datetime) -> None:
    monkeypatch.setattr(stages, "_now", lambda: moment)
    stages.land(settings)
    monkeypatch.undo()


@pytest.fixture
def three_nights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A crawl, a later one whose page changed, and a backfill of older captures, whose id sorts first."""
    found = folder_settings(str(tmp_path / "data"))
    batches = [
        ("crawl-1", [page(PUMP), page("https://benlau.example/2", outcome="failed", reason="http_404")]),
        ("crawl-2", [page(PUMP, body="Trạm bơm dừng chạy thử.", fetched_at=NIGHT + DAY)]),
        ("backfill-1", [page(PUMP, body="Trạm bơm khởi công.", fetched_at=NIGHT - 400 * DAY)]),
        ("crawl-3", [page(PUMP, body="Trạm bơm khởi công.", fetched_at=NIGHT + 3 * DAY)]),
    ]
    for number, (batch_id, rows) in enumerate(batches):
        kind = batch_id.split("-")[0]
        folder = write_batch(found.landing, batch_id, rows, batch_kind=kind)
        (folder / "fetched.done").touch()
        land_at(found, monkeypatch, NIGHT + number * DAY + timedelta(microseconds=7))
    small_stages(monkeypatch.setattr)
    return found


def test_every_batch_lands_again_in_its_order_and_time(three_nights: Settings) -> None:
    publish(three_nights)
    before, rows = read_manifest(three_nights.data_dir), landed_rows(three_nights.data_dir)
    assert [row[0] for row in raw(three_nights.data_dir, "from raw.batches order by landed_at")] == [
        "crawl-1", "crawl-2", "backfill-1", "crawl-3",
    ]  # fmt: skip
    write_batch(three_nights.landing, "crawl-9", [page(PUMP, body="Chưa từng nạp.")])
    three_nights.warehouse.unlink()
    restored = restore_from_raw(three_nights)
    assert landed_rows(three_nights.data_dir) == rows
    assert (restored.before, restored.differing, restored.kept_as) == (before, [], None)
    assert pending_batches(three_nights.warehouse) == []
    assert not (three_nights.landing / "crawl-9" / "landed").exists()
    assert "Every mart that comes from the archive has the same rows" in summary(restored, three_nights)
    assert list(three_nights.data_dir.glob(".warehouse*")) == []


def test_the_old_warehouse_is_kept_aside_and_still_opens(three_nights: Settings) -> None:
    publish(three_nights)
    with open_warehouse(three_nights.warehouse) as connection:
        connection.execute("delete from raw.article_versions where version_no > 1")
    restored = restore_from_raw(three_nights)
    assert restored.differing == []
    assert restored.kept_as is not None
    with duckdb.connect(str(restored.kept_as), read_only=True) as old:
        assert old.execute("select count(*) from raw.article_versions").fetchone() == (1,)
    assert len(landed_rows(three_nights.data_dir)["article_versions"]) == 4


def test_a_damaged_warehouse_is_no_hindrance_and_one_in_use_is(three_nights: Settings) -> None:
    publish(three_nights)
    with (
        duckdb.connect(str(three_nights.warehouse)),
        pytest.raises(WarehouseLockedError),
    ):
        restore_from_raw(three_nights)
    with three_nights.warehouse.open("r+b") as stream:
        stream.write(b"\0" * 4096)
    restored = restore_from_raw(three_nights)
    assert restored.differing == []
    assert restored.kept_as is not None


def killed(settings: Settings, point: str) -> None:
    """Restores, and sees it die at `point`."""
    ended = subprocess.run(
        [sys.executable, "-c", RESTORE],
        cwd=settings.data_dir,
        env=os.environ | {"SOTINH_CRASH_AT": point, "PYTHONPATH": str(PROJECT_ROOT)},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert ended.returncode == CRASH_EXIT_CODE, ended.stderr


def test_a_restore_that_was_killed_is_completed_by_the_next_or_by_a_night(three_nights: Settings) -> None:
    """One folder, killed at each point in turn; each next restore meets what the one before left."""
    publish(three_nights)
    rows = landed_rows(three_nights.data_dir)
    for point in RESTORE_POINTS:
        killed(three_nights, point)
        if point == "restore_before_land":
            # The old one is aside and the new one not yet in place: landing alone makes it again, too.
            assert not three_nights.warehouse.exists()
            stages.land(three_nights)
        assert landed_rows(three_nights.data_dir) == rows, point
        assert read_manifest(three_nights.data_dir) is not None
    assert pending_batches(three_nights.warehouse) == [row[0] for row in rows["batches"]]
    assert restore_from_raw(three_nights).differing == []
    assert landed_rows(three_nights.data_dir) == rows
    assert list(three_nights.data_dir.glob(".warehouse*")) == []


def test_batches_that_are_not_whole_are_named_and_nothing_is_touched(three_nights: Settings) -> None:
    publish(three_nights)
    (three_nights.landing / "crawl-1" / "sources.jsonl").unlink()
    (three_nights.landing / "crawl-1" / "fetched.done").unlink()
    (three_nights.landing / "crawl-2" / "cleaned.parquet").write_bytes(b"PAR1")
    before = three_nights.warehouse.read_bytes()
    with pytest.raises(RestoreError, match=r"1 batch.*\n.*crawl-1: sources.jsonl is missing") as told:
        restore_from_raw(three_nights)
    assert "landing/damaged" in str(told.value)
    assert three_nights.warehouse.read_bytes() == before
    assert (three_nights.landing / "crawl-2" / "cleaned.parquet").read_bytes() == b"PAR1"
    with pytest.raises(RestoreError, match="no batch that landed before"):
        restore_from_raw(folder_settings(str(three_nights.data_dir / "elsewhere")))


def test_pages_whose_cleaned_file_is_gone_are_cleaned_again_from_the_archive(
    old_pages: Settings, small: None, use_rule: Callable[..., None]
) -> None:
    publish(old_pages)
    rows = landed_rows(old_pages.data_dir)
    (folder,) = old_pages.landing.iterdir()
    (folder / "cleaned.parquet").unlink()
    old_pages.warehouse.unlink()
    restored = restore_from_raw(old_pages)
    assert (restored.cleaned_again, restored.differing) == ([folder.name], [])
    assert landed_rows(old_pages.data_dir) == rows
    (folder / "cleaned.parquet").write_bytes(b"PAR1 torn")
    use_rule(mended_rule)
    assert restore_from_raw(old_pages).cleaned_again == [folder.name]
    assert (folder / "cleaned.parquet.damaged").read_bytes() == b"PAR1 torn"
    assert len(landed_rows(old_pages.data_dir)["article_versions"]) > len(rows["article_versions"])


def test_a_replay_and_a_batch_withdrawn_and_landed_again_come_back_as_they_were(
    old_pages: Settings, small: None, use_rule: Callable[..., None]
) -> None:
    use_rule(mended_rule)
    (batch_id,) = replay(old_pages)
    withdraw_batch(batch_id, landing=old_pages.landing, warehouse=old_pages.warehouse)
    use_rule(old_rule)
    clean_and_land(old_pages)
    use_rule(mended_rule)
    replay(old_pages, "quarantined", "empty")
    publish(old_pages)
    rows = landed_rows(old_pages.data_dir)
    assert {row[1] for row in rows["batches"]} == {"backfill", "replay"}
    shutil.rmtree(old_pages.landing.parent / "dbt", ignore_errors=True)
    restored = restore_from_raw(old_pages)
    assert (restored.cleaned_again, restored.differing) == ([], [])
    assert landed_rows(old_pages.data_dir) == rows


def run(monkeypatch: pytest.MonkeyPatch, settings: Settings, *words: str) -> int:
    monkeypatch.setenv("SOTINH_DATA_DIR", str(settings.data_dir))
    return main(list(words))


def test_the_command_puts_the_file_back_or_says_that_nothing_is_wrong(
    three_nights: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, three_nights) == 1
    assert "make restore RAW=1" in capsys.readouterr().err
    publish(three_nights)
    assert run(monkeypatch, three_nights) == 0
    assert "nothing to restore" in capsys.readouterr().out
    published = three_nights.published.read_bytes()
    three_nights.published.unlink()
    assert run(monkeypatch, three_nights) == 0
    assert "again" in capsys.readouterr().out
    assert three_nights.published.read_bytes() == published
    assert run(monkeypatch, three_nights, "--from-raw") == 0
    assert "4 batches landed again" in capsys.readouterr().out
    assert roll_back(three_nights.data_dir)


def test_pages_of_the_samples_are_cleaned_again_by_the_registry_of_their_run(
    three_nights: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("SOTINH_PORTALS", raising=False)
    sources = three_nights.landing / "crawl-1" / "sources.jsonl"
    sources.write_text(
        sources.read_text(encoding="utf-8").replace("benlau", sorted(sample_ids())[0]), encoding="utf-8"
    )
    (three_nights.landing / "crawl-1" / "cleaned.parquet").unlink()
    assert run(monkeypatch, three_nights, "--from-raw") == 1
    assert "runs/sample_portals.yml" in capsys.readouterr().err
    assert three_nights.warehouse.exists()


def test_the_export_command_says_where_the_files_are_or_what_to_do(
    three_nights: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SOTINH_DATA_DIR", str(three_nights.data_dir))
    assert export_release.main() == 1
    assert "make restore" in capsys.readouterr().err
    publish(three_nights)
    assert export_release.main() == 0
    folder = Path(capsys.readouterr().out.split(" has its")[0])
    assert is_whole(folder)
    assert folder.parent == three_nights.releases.resolve()

from __future__ import annotations

from pathlib import Path

import pytest

from include.warehouse.land import land_open_batches
from include.warehouse.ledger import mark_built, pending_batches
from include.warehouse.withdraw import WithdrawError, main, withdraw_batch
from tests.warehouse.samples import NIGHT, landed_at, page, rows_of, write_batch


def landed(data_dir: Path, *batch_ids: str) -> Path:
    warehouse = data_dir / "warehouse.duckdb"
    for batch_id in batch_ids:
        folder = write_batch(data_dir / "landing", batch_id, [page(f"https://benlau.example/{batch_id}")])
        (folder / "fetched.done").touch()
    land_open_batches(landing=data_dir / "landing", warehouse=warehouse, landed_at=landed_at)
    return warehouse


def test_a_waiting_batch_goes_back_to_fetched_and_lands_again(tmp_path: Path) -> None:
    warehouse = landed(tmp_path, "b1", "b2")
    folder = tmp_path / "landing" / "b1"
    cleaned = (folder / "cleaned.parquet").read_bytes()
    withdraw_batch("b1", landing=tmp_path / "landing", warehouse=warehouse)
    assert pending_batches(warehouse) == ["b2"]
    for table in ("sources", "discovery_requests", "article_outcomes", "article_versions"):
        assert rows_of(warehouse, f"select distinct batch_id from raw.{table}") == [("b2",)]
    assert sorted(path.name for path in folder.iterdir()) == [
        "batch.json",
        "discovered.jsonl",
        "discovery.jsonl",
        "fetched.done",
        "sources.jsonl",
    ]
    (folder / "cleaned.parquet").write_bytes(cleaned)
    again = land_open_batches(landing=tmp_path / "landing", warehouse=warehouse, landed_at=landed_at)
    assert [(batch.batch_id, batch.outcomes) for batch in again] == [("b1", {"loaded": 1})]


def test_what_readers_have_is_not_withdrawn(tmp_path: Path) -> None:
    warehouse = landed(tmp_path, "b1")
    mark_built(warehouse, ["b1"], "build-1", NIGHT)
    with pytest.raises(WithdrawError, match="is in the published marts"):
        withdraw_batch("b1", landing=tmp_path / "landing", warehouse=warehouse)
    assert rows_of(warehouse, "select count(*) from raw.article_versions") == [(1,)]


def test_a_batch_that_cannot_be_cleaned_again_is_not_withdrawn(tmp_path: Path) -> None:
    warehouse = landed(tmp_path, "b1")
    (tmp_path / "landing" / "b1" / "fetched.done").unlink()
    with pytest.raises(WithdrawError, match="no archive to clean it from again"):
        withdraw_batch("b1", landing=tmp_path / "landing", warehouse=warehouse)
    assert pending_batches(warehouse) == ["b1"]


def test_the_command_names_what_waits_and_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    landed(tmp_path, "b1")
    (write_batch(tmp_path / "landing", "b2", []) / "fetched.done").touch()
    monkeypatch.setenv("SOTINH_DATA_DIR", str(tmp_path))
    assert main(["b2"]) == 1
    assert "b2 has not landed. Waiting: b1" in capsys.readouterr().err
    assert main([]) == 2
    assert main(["b1"]) == 0
    assert "make rebuild" in capsys.readouterr().out

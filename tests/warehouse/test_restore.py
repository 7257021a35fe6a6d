"""The published file removed, changed or left with a log beside it, and the release that is put back."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import duckdb
import pytest

from include.warehouse.publish import publish, read_manifest, roll_back
from include.warehouse.releases import kept_releases
from include.warehouse.restore import RestoreError, restore_published, what_is_wrong
from tests.warehouse.samples import NIGHT, build_marts


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two releases, r1 and r2."""
    for day, run_id in enumerate(("r1", "r2")):
        build_marts(tmp_path / "warehouse.duckdb", articles=day + 1)
        publish(
            warehouse=tmp_path / "warehouse.duckdb",
            data_dir=tmp_path,
            run_id=run_id,
            releases_kept=3,
            published_at=NIGHT + timedelta(days=day),
        )
    assert what_is_wrong(tmp_path) is None
    assert restore_published(tmp_path, NIGHT) is None
    return tmp_path


def restored_run(folder: Path) -> str:
    """Restores; the run whose release readers have then, which is the one the manifest tells."""
    restored = restore_published(folder, NIGHT)
    assert restored is not None
    assert restored == read_manifest(folder)
    assert what_is_wrong(folder) is None
    with duckdb.connect(str(folder / "sotinh.duckdb"), read_only=True) as reader:
        assert reader.execute("select count(*) from marts.dim_articles").fetchone() == (
            restored.rows["dim_articles"],
        )
    return restored.run_id


def kept_aside(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("*.aside*"))


def test_a_removed_file_is_back_at_once(folder: Path) -> None:
    (folder / "sotinh.duckdb").unlink()
    assert str(what_is_wrong(folder)).endswith("sotinh.duckdb is gone")
    assert restored_run(folder) == "r2"
    assert kept_aside(folder) == []


def test_a_changed_file_is_kept_aside_with_what_was_written_into_it(folder: Path) -> None:
    with duckdb.connect(str(folder / "sotinh.duckdb")) as writer:
        writer.execute("create table marts.notes as select 'ghi chú' as note")
    assert "byte for byte" in str(what_is_wrong(folder))
    assert restored_run(folder) == "r2"
    (name,) = kept_aside(folder)
    with duckdb.connect(str(folder / name), read_only=True) as old:
        assert old.execute("select note from marts.notes").fetchone() == ("ghi chú",)


def test_a_log_beside_the_file_never_meets_the_restored_one(folder: Path) -> None:
    (folder / "sotinh.duckdb.wal").write_bytes(b"somebody's writes")
    assert "opened for writing" in str(what_is_wrong(folder))
    assert restored_run(folder) == "r2"
    assert not (folder / "sotinh.duckdb.wal").exists()
    assert [name.endswith(".wal") for name in kept_aside(folder)] == [False, True]


def test_what_was_rolled_back_from_does_not_come_back(folder: Path) -> None:
    roll_back(folder)
    (folder / "sotinh.duckdb").unlink()
    (folder / "manifest.json").unlink()
    assert restored_run(folder) == "r1"


def test_damaged_releases_and_manifests_are_passed_over(folder: Path) -> None:
    newest, first = kept_releases(folder / "releases")
    (newest.folder / "sotinh.duckdb").write_bytes(b"torn")
    (folder / "sotinh.duckdb").write_bytes(b"torn")
    (folder / "manifest.json").write_text("{torn", encoding="utf-8")
    assert restored_run(folder) == first.manifest.run_id == "r1"
    (folder / "sotinh.duckdb").unlink()
    (first.folder / "manifest.json").write_text("{torn", encoding="utf-8")
    with pytest.raises(RestoreError, match=r"holds no sound release.*make restore RAW=1"):
        restore_published(folder, NIGHT)
    assert not (folder / "sotinh.duckdb").exists()

"""The page is made after a publish, and can never undo one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from include.operations import quality_page, roll_back
from include.warehouse.publish import publish
from tests.warehouse.samples import NIGHT, build_marts


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SOTINH_PROGRESS", str(tmp_path / "progress.jsonl"))
    monkeypatch.setenv("SOTINH_DATA_DIR", str(tmp_path / "data"))
    return tmp_path / "progress.jsonl"


@pytest.fixture
def data_dir(tmp_path: Path, told: Path) -> Path:
    """Two releases whose marts are not those that the page reads."""
    data = tmp_path / "data"
    build_marts(data / "warehouse.duckdb")
    for run_id in ("r1", "r2"):
        publish(
            warehouse=data / "warehouse.duckdb",
            data_dir=data,
            run_id=run_id,
            releases_kept=2,
            published_at=NIGHT,
        )
    return data


def test_a_page_that_cannot_be_made_is_told_and_fails_nothing(data_dir: Path, told: Path) -> None:
    assert quality_page.renew_quality_page(data_dir) is None
    last = json.loads(told.read_text(encoding="utf-8").splitlines()[-1])
    assert last["stage"] == "quality page"
    assert "not written (BinderException" in last["message"]


def test_a_roll_back_writes_the_page_of_the_release_that_is_back(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[str] = []

    def write(folder: Path) -> None:
        written.append(json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["run_id"])

    monkeypatch.setattr(quality_page, "write_quality_page", write)
    assert roll_back.main() == 0
    assert written == ["r1"]


def test_by_hand_it_says_what_is_wrong(
    told: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert quality_page.main() == 1
    assert "is not a published file" in capsys.readouterr().err
    assert not (tmp_path / "data" / "quality.html").exists()

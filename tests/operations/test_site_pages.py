"""The site is drawn after a publish, and can never undo one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from include.contract import STAGES
from include.operations import roll_back, site_pages, stages
from include.settings import Settings
from include.site.render import SiteError
from include.warehouse.publish import publish
from tests.warehouse.samples import NIGHT, build_marts


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SOTINH_PROGRESS", str(tmp_path / "progress.jsonl"))
    monkeypatch.setenv("SOTINH_DATA_DIR", str(tmp_path / "data"))
    return tmp_path / "progress.jsonl"


@pytest.fixture
def data_dir(tmp_path: Path, told: Path) -> Path:
    """Two releases whose marts are not those that the site reads."""
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


def _last(told: Path) -> dict[str, str]:
    line: dict[str, str] = json.loads(told.read_text(encoding="utf-8").splitlines()[-1])
    return line


def test_a_site_that_cannot_be_drawn_is_told_and_takes_nothing_away(data_dir: Path, told: Path) -> None:
    before = data_dir / "site" / "index.html"
    before.parent.mkdir()
    before.write_text("the night before", encoding="utf-8")
    assert site_pages.renew_site(Settings.from_environment()) is None
    assert _last(told)["stage"] == "site"
    assert "not written (" in _last(told)["message"]
    assert before.read_text(encoding="utf-8") == "the night before"


def test_a_roll_back_draws_the_site_of_the_release_that_is_back(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[str] = []

    def draw(folder: Path, **_: object) -> int:
        drawn.append(json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["run_id"])
        return 1

    monkeypatch.setattr(stages, "build_site", draw)
    assert roll_back.main() == 0
    assert drawn == ["r1"]


def test_the_stage_is_in_the_ledger_with_its_pages(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stages, "build_site", lambda folder, **_: 7)
    assert stages.site(Settings.from_environment()) == 7
    ended = json.loads((data_dir / "ops" / "stage_runs.jsonl").read_text(encoding="utf-8").splitlines()[-1])
    assert (ended["outcome"], ended["items_out"]) == ("ok", 7)
    assert "site" in STAGES
    assert SiteError in stages.MISTAKES


def test_by_hand_it_says_what_is_wrong(
    told: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert site_pages.main([]) == 1
    assert "is not a published file" in capsys.readouterr().err
    assert site_pages.main(["--open"]) == 1
    assert "`make run` or `make site` writes it" in capsys.readouterr().err
    assert not (tmp_path / "data" / "site").exists()


def test_which_texts_may_be_shown_whole_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    assert Settings.from_environment().full_text_of == frozenset()
    monkeypatch.setenv("SOTINH_FULL_TEXT_OF", "portal-a, portal-b")
    assert Settings.from_environment().full_text_of == {"portal-a", "portal-b"}

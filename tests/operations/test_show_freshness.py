"""`make freshness` prints what is too old and ends with 1 for it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from include.operations import show_freshness
from include.warehouse.freshness import FreshnessUnknownError, SourceAge


def age(status: str, hours: int) -> SourceAge:
    limits = timedelta(hours=30), timedelta(hours=54)
    return SourceAge("landing.batches", status, datetime.now(UTC), timedelta(hours=hours), *limits, "")


@pytest.fixture
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SOTINH_DATA_DIR", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize(
    ("ages", "code"),
    [
        ((age("pass", 2),), 0),
        ((age("warn", 31),), 0),
        ((age("pass", 2), age("error", 60)), 1),
        ((age("runtime error", 0),), 1),
        ((), 1),
    ],
)
def test_what_is_too_old_or_unknown_ends_with_1(
    ages: tuple[SourceAge, ...],
    code: int,
    data_dir: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (data_dir / "warehouse.duckdb").touch()
    monkeypatch.setattr(show_freshness, "source_freshness", lambda **_: ages)
    assert show_freshness.main() == code
    assert capsys.readouterr().out.splitlines() == [str(one) for one in ages]


def test_nothing_landed_is_said(data_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert show_freshness.main() == 1
    assert "nothing was landed yet" in capsys.readouterr().err
    assert not list(data_dir.iterdir())


def test_a_dbt_without_an_answer_is_told(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def no_answer(**_: object) -> tuple[SourceAge, ...]:
        raise FreshnessUnknownError("Could not set lock")

    (data_dir / "warehouse.duckdb").touch()
    monkeypatch.setattr(show_freshness, "source_freshness", no_answer)
    assert show_freshness.main() == 1
    assert "Could not set lock" in capsys.readouterr().err

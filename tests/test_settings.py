"""Where a run reads and writes, as the environment says it."""

from __future__ import annotations

import pytest

from include.settings import Settings


@pytest.mark.parametrize("name", ["SOTINH_RELEASES_KEPT", "SOTINH_WORKERS"])
@pytest.mark.parametrize("written", ["0", "-3", "many", "1e3", "٣", "9" * 5_000])
def test_what_is_no_count_is_refused_by_its_name(monkeypatch, name: str, written: str) -> None:
    monkeypatch.setenv(name, written)
    with pytest.raises(ValueError, match=f"{name} is .*; write a whole number from 1 to 9999"):
        Settings.from_environment()


def test_counts_as_written_and_by_default(monkeypatch) -> None:
    monkeypatch.setenv("SOTINH_RELEASES_KEPT", " 14 ")
    monkeypatch.setenv("SOTINH_WORKERS", "")
    settings = Settings.from_environment()
    assert settings.releases_kept == 14
    assert 1 <= settings.workers <= 8

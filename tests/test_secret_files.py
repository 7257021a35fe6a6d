"""A secret is whole, its owner's alone and the same for everybody, or it is made again."""

from __future__ import annotations

import errno
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from include.secret_files import kept_secret


def test_it_is_made_once_and_is_its_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "airflow" / "jwt_secret"
    first = kept_secret(path)
    assert len(first) == 43
    assert kept_secret(path) == first
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o077 == 0
    assert kept_secret(path.with_name("api_secret")) != first
    assert sorted(file.name for file in path.parent.iterdir()) == ["api_secret", "jwt_secret"]


@pytest.mark.parametrize("left", ["", "\n", "abc"])
def test_what_a_killed_start_left_is_no_secret(tmp_path: Path, left: str) -> None:
    """Airflow would sign its sessions with an empty key, and everybody can do that."""
    path = tmp_path / "jwt_secret"
    path.write_text(left, "ascii")
    assert len(kept_secret(path)) == 43


def test_a_file_that_others_could_read_is_closed(tmp_path: Path) -> None:
    path = tmp_path / "jwt_secret"
    secret = kept_secret(path)
    path.chmod(0o644)
    assert kept_secret(path) == secret
    assert path.stat().st_mode & 0o777 == 0o600


def test_processes_that_start_together_have_one_secret(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(kept_secret, [tmp_path / "secret_key"] * 32))
    assert len(found) == 1


def test_a_disk_without_links_keeps_it_as_well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(*_: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", no_links)
    path = tmp_path / "secret_key"
    assert kept_secret(path) == kept_secret(path)

"""What `make bi` refuses, keeps and locks before Superset is there at all."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.engine import make_url

from bi.__main__ import told_of_password
from bi.cookies import without_late_cookies
from bi.locked import CONNECT_ARGS, lock_down
from bi.settings import BiSettings
from include.secret_files import kept_secret
from include.settings import PROJECT_ROOT
from include.warehouse.reading import LOCKED_DOWN


def start(data_dir: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bi"],
        cwd=PROJECT_ROOT,
        env=os.environ | {"SOTINH_DATA_DIR": str(data_dir), "SOTINH_BI_DIR": ""} | variables,
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_without_a_published_file_it_says_what_to_do(tmp_path: Path) -> None:
    answer = start(tmp_path)
    assert answer.returncode == 2
    assert answer.stderr == (
        f"{tmp_path}/sotinh.duckdb does not exist: name another DATA_DIR, or load one with `make run`\n"
    )
    assert list(tmp_path.iterdir()) == []


def test_a_taken_port_and_a_number_that_is_none_are_told(tmp_path: Path) -> None:
    (tmp_path / "sotinh.duckdb").touch()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        answer = start(tmp_path, SOTINH_BI_PORT=str(taken.getsockname()[1]))
    assert answer.returncode == 2
    assert "is taken" in answer.stderr
    assert "SOTINH_BI_PORT=<port> make bi" in answer.stderr
    answer = start(tmp_path, SOTINH_BI_ROWS="many")
    assert (answer.returncode, answer.stderr) == (
        2,
        "SOTINH_BI_ROWS is 'many': wanted a whole number from 1\n",
    )


def test_a_path_that_no_address_can_hold_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SOTINH_DATA_DIR", str(tmp_path / "what?"))
    with pytest.raises(ValueError, match="question mark"):
        _ = BiSettings.from_environment().database_uri
    monkeypatch.setenv("SOTINH_DATA_DIR", str(tmp_path / "Số tỉnh"))
    uri = make_url(BiSettings.from_environment().database_uri)
    assert (uri.database, dict(uri.query)) == (
        str(tmp_path / "Số tỉnh" / "sotinh.duckdb"),
        {"access_mode": "read_only"},
    )


def test_the_engine_is_the_one_that_wrote_the_file() -> None:
    def pins(name: str) -> dict[str, str]:
        return dict(re.findall(r"^([\w-]+)==(\S+)", (PROJECT_ROOT / name).read_text(encoding="utf-8"), re.M))

    runtime, bi = pins("requirements.txt"), pins("requirements-bi.txt")
    assert bi["duckdb"] == bi["duckdb-cli"] == runtime["duckdb"]
    lock = (PROJECT_ROOT / "requirements-bi.lock").read_text(encoding="utf-8")
    assert all(f"\n{name}=={version} " in f"\n{lock}" for name, version in bi.items())


def test_a_secret_is_made_once_and_is_its_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "bi" / "secret_key"
    first = kept_secret(path)
    assert len(first) > 40
    assert kept_secret(path) == first
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o077 == 0
    assert kept_secret(tmp_path / "bi" / "other") != first


@pytest.mark.parametrize(
    "arguments",
    [
        {},
        {"read_only": False, "config": {"enable_external_access": True, "lock_configuration": False}},
        {"preload_extensions": ["httpfs"], "url_config": {"lock_configuration": False}},
    ],
)
def test_whatever_is_entered_a_duckdb_file_is_opened_locked(arguments: dict[str, Any]) -> None:
    entered = {"connect_args": arguments, "poolclass": "kept"}
    uri, params = lock_down(
        make_url("duckdb:////data/x.duckdb?access_mode=read_write"), entered, None, None, None
    )
    assert str(uri) == "duckdb:////data/x.duckdb?access_mode=read_only"
    assert params["poolclass"] == "kept"
    assert set(params["connect_args"]) == {"read_only", "config"}
    assert params["connect_args"]["read_only"] is True
    assert params["connect_args"]["config"].items() >= CONNECT_ARGS["config"].items()
    assert CONNECT_ARGS["config"].items() >= LOCKED_DOWN.items()


def test_another_engine_is_left_as_it_is() -> None:
    uri, params = make_url("postgresql://x@127.0.0.1/y"), {"connect_args": {"sslmode": "require"}}
    assert lock_down(uri, params, None, None, None) == (uri, params)


@pytest.mark.parametrize(("path", "cookies"), [("/superset/log/", 0), ("/login/", 1)])
def test_only_the_answers_to_a_pages_log_lose_their_cookies(path: str, cookies: int) -> None:
    def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        start_response("302 FOUND", [("Set-Cookie", "sotinh_bi=x"), ("Location", "/login/")])
        return [b"body"]

    told: list[tuple[str, list[tuple[str, str]]]] = []
    body = without_late_cookies(application)(
        {"PATH_INFO": path}, lambda status, headers, *rest: told.append((status, headers))
    )
    assert list(body) == [b"body"]
    ((status, headers),) = told
    assert status == "302 FOUND"
    assert [name for name, _ in headers].count("Set-Cookie") == cookies
    assert ("Location", "/login/") in headers


@pytest.mark.parametrize(("host", "shown"), [("127.0.0.1", True), ("0.0.0.0", False)])  # noqa: S104 - a container's
def test_the_password_is_shown_on_a_terminal_and_in_no_containers_log(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, host: str, shown: bool
) -> None:
    monkeypatch.setenv("SOTINH_BI_DIR", str(tmp_path))
    monkeypatch.setenv("SOTINH_BI_HOST", host)
    settings = BiSettings.from_environment()
    password = kept_secret(settings.password)
    told = told_of_password(settings)
    assert (password in told) is shown
    assert str(settings.password) in told

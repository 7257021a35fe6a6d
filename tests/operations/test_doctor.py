"""Each check of the doctor goes red on what it is there for, and stays quiet otherwise."""

from __future__ import annotations

import fcntl
import json
import shutil
import socket
import sqlite3
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

import pytest

from include.operations import doctor, runbook
from include.operations.checks import data, folder, installation, surroundings
from include.operations.checks.finding import Finding
from include.operations.journal import append_line
from include.settings import Settings
from include.warehouse.database import open_warehouse
from include.warehouse.publish import publish
from include.warehouse.releases import kept_releases
from tests.operations.receivers import webhook
from tests.warehouse.samples import NIGHT, build_marts, write_batch

REGISTRY = """
portals:
  - id: bao-a
    name: Báo A
    province: null
    base_url: https://a.test
    feeds: [/rss]
"""


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with one release, to be copied."""
    made = tmp_path_factory.mktemp("release") / "data"
    build_marts(made / "warehouse.duckdb")
    publish(
        warehouse=made / "warehouse.duckdb", data_dir=made, run_id="r1", releases_kept=2, published_at=NIGHT
    )
    return made


@pytest.fixture
def settings(release: Path, tmp_path: Path) -> Settings:
    (tmp_path / "portals.yml").write_text(REGISTRY, encoding="utf-8")
    shutil.copytree(release, tmp_path / "data")
    return Settings(data_dir=tmp_path / "data", registry=tmp_path / "portals.yml")


def assert_states(found: Finding, state: str, *words: str) -> None:
    assert found.state == state, found
    for word in words:
        assert word in found.told, found
    assert (found.todo is None) == (found.page is None) == (state == "ok")
    assert found.page is None or runbook.page_path(found.page).exists()


def judge(settings: Settings, *verdicts: tuple[str, str, bool, str | None]) -> None:
    with open_warehouse(settings.warehouse) as connection:
        for run_id, check, passed, severity in verdicts:
            at = NIGHT + timedelta(hours=int(run_id.removeprefix("build-")))
            connection.execute(
                "insert into ops.gate_results values (?, 'landed', ?, ?, ?, 'x', ?, ?)",
                [run_id, check, passed, 0 if passed else 3, at, severity],
            )


def test_python() -> None:
    for version in ((3, 11), (3, 13)):
        assert_states(installation.judge_python(version), "ok")
    for version in ((3, 10), (3, 14)):
        assert_states(installation.judge_python(version), "fail", f"3.{version[1]}")


def test_packages(tmp_path: Path) -> None:
    lock = tmp_path / "requirements.lock"
    lock.write_text(
        "# comment\nduckdb==0.0.1 \\\n    --hash=sha256:00\nkhong-co==1 ; python_version > '3'\n"
        "chi-windows==1 ; sys_platform == 'win32'\n"
    )
    assert_states(installation.judge_packages(lock), "fail", "duckdb is", "not 0.0.1", "khong-co is missing")
    assert "windows" not in installation.judge_packages(lock).told
    assert len(installation.locked(installation.LOCK)) > 100


def test_time_zones() -> None:
    assert_states(installation.judge_zone("Asia/Ho_Chi_Minh"), "ok")
    assert_states(installation.judge_zone("Asia/Khong_Co"), "fail", "Asia/Khong_Co")
    assert_states(installation.judge_zone("Asia/Tokyo"), "fail")


def test_disk(settings: Settings) -> None:
    assert_states(folder.judge_space(settings, 10**11), "ok")
    assert_states(folder.judge_space(settings, 1_500_000_000), "warn", "1.5 GB free")
    assert_states(folder.judge_space(settings, 10**8), "fail")


def test_data_folder(settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert_states(folder.writable(settings), "ok")
    assert_states(folder.writable(Settings(tmp_path / "a" / "b", settings.registry)), "ok")
    assert_states(folder.judge_locks(tmp_path, holds=False, system="ext4"), "fail", "locks do not hold")
    assert_states(folder.judge_locks(tmp_path, holds=True, system="nfs4"), "warn", "nfs4")

    def refuse(**options: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(folder.tempfile, "NamedTemporaryFile", refuse)
    assert_states(folder.writable(settings), "fail", "Permission denied")


def test_locks_that_do_not_hold_are_seen(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fcntl, "flock", lambda *words: None)
    assert_states(folder.writable(settings), "fail", "locks do not hold")


def test_the_file_system_is_that_of_the_nearest_mount(tmp_path: Path) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(f"a / ext4 rw 0 0\nb {tmp_path} nfs4 rw 0 0\nc {tmp_path}/other cifs rw 0 0\n")
    assert folder.file_system_of(tmp_path / "data", mounts) == "nfs4"
    assert folder.file_system_of(tmp_path / "data", tmp_path / "none") == ""


def test_clock(settings: Settings) -> None:
    write_batch(settings.landing, "crawl-1", [])
    started = datetime.fromisoformat("2026-03-10T02:00:00+07:00")
    assert_states(folder.judge_clock(settings, started), "ok")
    assert_states(folder.judge_clock(settings, started - timedelta(minutes=4)), "ok")
    assert_states(folder.judge_clock(settings, started - timedelta(hours=1)), "fail", "crawl-1")


def test_batches(settings: Settings) -> None:
    assert_states(folder.batches(settings), "ok")
    batch = write_batch(settings.landing, "crawl-1", [])
    assert_states(folder.batches(settings), "warn", "crawl-1 waits for", "without fetched.done")
    (batch / "landed").touch()
    assert_states(folder.batches(settings), "ok", "1 batches")
    (settings.landing / "crawl-2").mkdir()
    assert_states(folder.batches(settings), "warn", "crawl-2: batch.json cannot be read")
    tonight = json.dumps({"started_at": datetime.now(UTC).isoformat()})
    (settings.landing / "crawl-2" / "batch.json").write_text(tonight)
    assert_states(folder.batches(settings), "ok")
    (settings.landing / "damaged" / "crawl-3").mkdir(parents=True)
    assert_states(folder.batches(settings), "warn", "crawl-3")


@pytest.mark.parametrize("left", [".sotinh.r2.duckdb", "releases/.r2", ".manifest.json.part"])
def test_leftovers(settings: Settings, left: str) -> None:
    assert_states(folder.leftovers(settings), "ok")
    (settings.data_dir / left).touch()
    assert_states(folder.leftovers(settings), "warn", Path(left).name)


def test_warehouse(settings: Settings, tmp_path: Path) -> None:
    assert_states(data.warehouse(settings), "ok")
    assert_states(data.warehouse(Settings(tmp_path / "none", settings.registry)), "ok", "none yet")
    with open_warehouse(settings.warehouse):
        assert_states(data.warehouse(settings), "warn", "open")
    with settings.warehouse.open("r+b") as stream:
        stream.write(b"\0" * 20_000)
    assert_states(data.warehouse(settings), "fail", "does not open")


def test_a_warehouse_killed_while_it_was_made(tmp_path: Path) -> None:
    import duckdb

    killed = Settings(tmp_path, tmp_path / "portals.yml")
    duckdb.connect(str(killed.warehouse)).close()
    assert_states(data.warehouse(killed), "warn", "killed")


def test_published_file(settings: Settings, tmp_path: Path) -> None:
    assert_states(data.published(settings), "ok", "r1", "hash known")
    assert_states(data.published(Settings(tmp_path / "none", settings.registry)), "ok", "nothing")
    with settings.published.open("ab") as stream:
        stream.write(b"x")
    assert_states(data.published(settings), "fail", "not the file that was published")
    settings.published.unlink()
    assert_states(data.published(settings), "fail", "is gone")


def test_a_manifest_that_cannot_be_read(settings: Settings) -> None:
    (settings.data_dir / "manifest.json").write_text("{")
    assert_states(data.published(settings), "fail", "is not a manifest")


def test_releases(settings: Settings) -> None:
    assert_states(data.manifests(settings), "ok", "1 kept")
    (kept,) = kept_releases(settings.releases)
    (settings.releases / "latest").symlink_to(kept.folder.name)
    assert_states(data.manifests(settings), "ok", "1 kept")
    (kept.folder / "sotinh.duckdb").write_bytes(b"short")
    assert_states(data.manifests(settings), "warn", kept.folder.name)
    (settings.releases / "2026-03-01").mkdir()
    assert_states(data.manifests(settings), "warn", "2026-03-01")


def test_gates(settings: Settings, tmp_path: Path) -> None:
    assert_states(data.last_gates(Settings(tmp_path / "none", settings.registry)), "ok", "nothing was judged")
    judge(settings, ("build-1", "url_well_formed", False, None), ("build-2", "url_well_formed", True, None))
    assert_states(data.last_gates(settings), "ok", "no check failed")
    judge(settings, ("build-2", "portal_quiet", False, "warn"))
    assert_states(data.last_gates(settings), "warn", "portal_quiet (landed, warn): 3 rows")
    judge(settings, ("build-2", "some_portal_answered", False, None))
    found = data.last_gates(settings)
    assert_states(found, "fail", "build-2 was refused", "some_portal_answered")
    assert found.page == "portal_silent"
    with open_warehouse(settings.warehouse):
        assert_states(data.last_gates(settings), "ok", "not looked at")


def test_age_of_the_last_publish(settings: Settings, tmp_path: Path) -> None:
    assert_states(data.judge_age(settings, NIGHT + timedelta(hours=36)), "ok", "36 hours")
    assert_states(data.judge_age(settings, NIGHT + timedelta(hours=37)), "warn", "37 hours")
    assert_states(data.judge_age(Settings(tmp_path / "none", settings.registry), NIGHT), "ok")


def test_stages(settings: Settings) -> None:
    assert_states(data.last_stages(settings), "ok", "no stage ran yet")
    ops = settings.data_dir / "ops"

    def ran(key: str, stage: str, **ended: object) -> None:
        started = {
            "event": "started",
            "stage_run_id": key,
            "stage": stage,
            "started_at": f"2026-03-09T1{key}:00+00:00",
        }
        append_line(ops, started)
        if ended:
            append_line(ops, {"event": "ended", "stage_run_id": key, **ended})

    ran("1", "build", outcome="failed", reason="BuildFailed", message="The marts were not built\n  x")
    found = data.last_stages(settings)
    assert_states(found, "warn", "build failed", "BuildFailed: The marts were not built x")
    assert found.page == "build"
    ran("2", "build", outcome="ok")
    assert_states(data.last_stages(settings), "ok", "each of 1 stages")
    ran("3", "fetch")
    found = data.last_stages(settings)
    assert_states(found, "warn", "killed: fetch of 2026-03-09T13:00")
    assert found.page == "stage_killed"


def test_registry(settings: Settings) -> None:
    assert_states(surroundings.registry(settings), "ok", "1 portals")
    settings.registry.write_text("portals:\n  - id: a\n    nmae: A\n", encoding="utf-8")
    assert_states(surroundings.registry(settings), "fail", "portals.yml")


def test_airflows_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    path = tmp_path / "airflow.db"
    assert_states(surroundings.judge_metadata(path, "bbb"), "ok", "none yet")
    with sqlite3.connect(path) as connection:
        connection.execute("create table alembic_version (version_num varchar)")
    assert_states(surroundings.judge_metadata(path, "bbb"), "warn", "none")
    with sqlite3.connect(path) as connection:
        connection.execute("insert into alembic_version values ('aaa')")
    assert_states(surroundings.judge_metadata(path, "bbb"), "warn", "aaa", "bbb")
    assert_states(surroundings.judge_metadata(path, "aaa"), "ok")
    path.write_bytes(b"khong phai la co so du lieu" * 50)
    assert_states(surroundings.judge_metadata(path, "aaa"), "fail", "cannot be read")
    monkeypatch.setenv("AIRFLOW__DATABASE__SQL_ALCHEMY_CONN", "postgresql://x")
    assert_states(surroundings.metadata(settings), "ok", "environment")


def test_the_newest_revision_is_the_one_that_none_follows(tmp_path: Path) -> None:
    assert len(surroundings.newest_revision(surroundings._revisions_folder())) == 12
    (tmp_path / "1.py").write_text('revision = "a"\ndown_revision = None\n')
    (tmp_path / "2.py").write_text('revision: str = "b"\ndown_revision: str | None = "a"\n')
    assert surroundings.newest_revision(tmp_path) == "b"
    (tmp_path / "3.py").write_text('revision = "c"\ndown_revision = "a"\n')
    with pytest.raises(ValueError, match="2 newest"):
        surroundings.newest_revision(tmp_path)


class AnsweringAirflow(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b'{"version": "3.3.2"}' if self.path == "/api/v2/version" else b"")

    def log_message(self, *words: object) -> None:
        """Keep the test's output clean."""


def test_port() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        assert_states(surroundings.judge_port(port), "ok", "is free")
    with webhook() as (address, _):
        port = urlsplit(address).port or 0
        assert_states(surroundings.judge_port(port), "warn", "another program")
    server = HTTPServer(("127.0.0.1", 0), AnsweringAirflow)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        assert_states(surroundings.judge_port(server.server_port), "ok", "Airflow 3.3.2")
    finally:
        server.shutdown()
        server.server_close()


def test_alerts() -> None:
    assert_states(surroundings.judge_alerts({}), "warn", "nobody is told")
    assert_states(
        surroundings.judge_alerts({"SOTINH_ALERT_WEBHOOK": "không"}), "fail", "SOTINH_ALERT_WEBHOOK"
    )
    mail = {"SOTINH_ALERT_EMAIL": "truc@so.test"}
    assert_states(surroundings.judge_alerts(mail), "warn", "AIRFLOW_CONN_SMTP_DEFAULT")
    assert_states(surroundings.judge_alerts(mail | {"AIRFLOW_CONN_SMTP_DEFAULT": "smtp://x"}), "ok", "email")
    assert "bi-mat" not in surroundings.judge_alerts({"SOTINH_ALERT_WEBHOOK": "ftp://bi-mat.test"}).told


def test_every_check_is_asked_and_one_that_breaks_is_a_finding(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    checks: list[Callable[..., object]] = [
        getattr(module, name)
        for module in (data, folder, installation, surroundings)
        for name, function in vars(module).items()
        if getattr(function, "__annotations__", {}) == {"settings": "Settings", "return": "Finding"}
    ]
    assert len(checks) == sum(len(names) for _, names in doctor.CHECKS) >= 18
    monkeypatch.setenv("SOTINH_DATA_DIR", str(settings.data_dir))
    monkeypatch.setenv("SOTINH_PORTALS", str(settings.registry))
    assert doctor.main(["--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert len(told) == len(checks)
    assert {finding["check"]: finding["state"] for finding in told}["last publish"] == "warn"
    monkeypatch.setitem(sys.modules, "include.operations.checks.surroundings", None)
    settings.published.unlink()
    assert doctor.main([]) == 1
    shown = capsys.readouterr().out
    assert "FAIL  registry: could not be looked at: ModuleNotFoundError" in shown
    assert "FAIL  published file" in shown
    assert "docs/runbook/published_file_missing.md" in shown
    assert "5 wrong" in shown

import socket
import subprocess
import sys

import pytest

from include.operations import run_night, start_airflow, summary
from include.settings import Settings
from include.warehouse.publish import publish, read_manifest
from tests.warehouse.samples import NIGHT, build_marts


def test_progress_lines_are_shown_whole_and_to_the_end(tmp_path):
    """The child writes half a line, then the rest, and ends: nothing is lost, nothing shown by halves."""
    path = tmp_path / "progress.jsonl"
    path.touch()
    script = (
        "import time\n"
        f"stream = open({str(path)!r}, 'a', encoding='utf-8')\n"
        'stream.write(\'{"stage": "fetch", "mess\'); stream.flush(); time.sleep(0.5)\n'
        'stream.write(\'age": "tải 3 trang"}\\n{"stage": "land", "message": "xong"}\\n\')\n'
    )
    child = subprocess.Popen([sys.executable, "-c", script])
    lines = list(run_night._follow(path, child))
    assert [(line["stage"], line["message"]) for line in lines] == [
        ("fetch", "tải 3 trang"),
        ("land", "xong"),
    ]


@pytest.mark.parametrize("content", [None, "portals:\n  - id: a\n    nmae: A\n"])
def test_a_registry_that_cannot_be_used_ends_before_anything_starts(tmp_path, monkeypatch, capsys, content):
    registry = tmp_path / "portals.yml"
    if content:
        registry.write_text(content, encoding="utf-8")
    monkeypatch.setenv("SOTINH_PORTALS", str(registry))
    monkeypatch.setenv("SOTINH_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setattr(sys, "argv", ["run_night"])
    assert run_night.main() == 2
    said = capsys.readouterr().out.replace("\n", "")
    assert "cannot start" in said
    assert "portals.yml" in said
    assert "docs/runbook/registry_refused.md" in said
    assert not (tmp_path / "data" / "airflow").exists()


def test_the_port_of_the_ui_is_tried_before_anything_starts():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(start_airflow.PortTakenError, match="SOTINH_PORT"):
            start_airflow.require_free(taken.getsockname()[1])


def test_a_rebuild_of_nothing_says_so_before_airflow_starts(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("SOTINH_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.delenv("SOTINH_PORTALS", raising=False)
    monkeypatch.setattr(sys, "argv", ["run_night", "--rebuild"])
    assert run_night.main() == 2
    assert "nothing was landed" in capsys.readouterr().out.replace("\n", " ")
    assert not (tmp_path / "data" / "airflow").exists()


def test_a_failed_run_says_what_readers_have(tmp_path, monkeypatch, capsys):
    settings = Settings(data_dir=tmp_path, registry=tmp_path / "portals.yml")
    assert run_night._what_readers_have(settings, None) == "the published file is as it was"
    build_marts(settings.warehouse)
    publish(warehouse=settings.warehouse, data_dir=tmp_path, run_id="r1", releases_kept=1, published_at=NIGHT)
    before = read_manifest(tmp_path)
    assert run_night._what_readers_have(settings, before) == "the published file is as it was"
    assert "r1 is published: `make export`" in run_night._what_readers_have(settings, None)
    (tmp_path / "manifest.json").write_text("{torn", encoding="utf-8")
    monkeypatch.setenv("SOTINH_DATA_DIR", str(tmp_path))
    monkeypatch.setattr(sys, "argv", ["summary"])
    assert summary.main() == 1
    assert "manifest.json is not a manifest" in capsys.readouterr().err

import subprocess
import sys

import pytest

from include.operations import run_night


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
    assert not (tmp_path / "data" / "airflow").exists()

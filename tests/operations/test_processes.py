"""Nothing that a run starts outlives it, and no two runs work in one folder."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from include.operations.processes import FolderBusyError, end_groups, one_run_at_a_time
from include.settings import PROJECT_ROOT

# A child that leads a group and starts a grandchild, as a run starts dbt; both write their process ids.
CHILD = """
import os, pathlib, subprocess, sys, time
from include.operations.processes import end_group_with_parent
end_group_with_parent()
grandchild = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
pathlib.Path(sys.argv[1]).write_text(f"{os.getpid()} {grandchild.pid}")
time.sleep(60)
"""
PARENT = """
import subprocess, sys, time
subprocess.Popen([sys.executable, "-c", sys.argv[1], sys.argv[2]], start_new_session=True)
time.sleep(60)
"""


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(") ", 1)[1][0] != "Z"
    except FileNotFoundError:
        return False


def pids_in(path: Path) -> list[int]:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        if path.exists() and len(path.read_text().split()) == 2:
            return [int(word) for word in path.read_text().split()]
        time.sleep(0.1)
    raise AssertionError("the child never started")


def gone(pids: list[int]) -> bool:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline and any(alive(pid) for pid in pids):
        time.sleep(0.1)
    return not any(alive(pid) for pid in pids)


def start(*words: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", *words],
        cwd=PROJECT_ROOT,
        env=os.environ | {"PYTHONPATH": str(PROJECT_ROOT)},
        start_new_session=True,
    )


def test_a_run_whose_starter_is_killed_ends_with_all_that_it_started(tmp_path: Path) -> None:
    parent = start(PARENT, CHILD, str(tmp_path / "pids"))
    pids = pids_in(tmp_path / "pids")
    assert all(alive(pid) for pid in pids)
    parent.kill()
    parent.wait()
    assert gone(pids)


def test_ending_a_group_ends_what_its_leader_started(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[int] = []
    monkeypatch.setattr(signal, "signal", lambda number, _: heard.append(number))
    child = start(CHILD, str(tmp_path / "pids"))
    pids = pids_in(tmp_path / "pids")
    end_groups([child])
    assert gone(pids)
    assert {signal.SIGINT, signal.SIGTERM, signal.SIGHUP} == set(heard), "a second Ctrl-C is not heard"


def test_a_folder_is_held_by_one_run_and_free_when_it_ends(tmp_path: Path) -> None:
    with (
        one_run_at_a_time(tmp_path),
        pytest.raises(FolderBusyError, match=f"process {os.getpid()}.*DATA_DIR"),
        one_run_at_a_time(tmp_path),
    ):
        raise AssertionError("two runs in one folder")
    with one_run_at_a_time(tmp_path):
        pass

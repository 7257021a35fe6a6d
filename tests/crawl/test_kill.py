"""A fetch killed in its middle by the operating system, with nothing said to it before."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from include.crawl.discover import discover
from include.crawl.fetch import fetch_open_batches
from include.portals.portal import Portal
from include.portals.registry import Registry
from include.settings import PROJECT_ROOT

NAMES = [f"/bai-{number}.html" for number in range(101, 113)]
PROGRAM = """
import sys
from pathlib import Path
from include.crawl.fetch import fetch_open_batches
from include.portals.registry import load_registry

data_dir = Path(sys.argv[2])
fetch_open_batches(
    load_registry(Path(sys.argv[1]), []),
    landing=data_dir / "landing", data_dir=data_dir, http_cache=data_dir / "http_cache",
)
"""


def test_killed_in_the_middle_nothing_is_lost_and_nothing_twice(
    server: Any, room: Any, tmp_path: Path, make_portal: Callable[..., Portal]
) -> None:
    for name in NAMES:
        server.put(name, b"<p>che</p>", write=slowly)
    portal = make_portal(server.origin, urls=NAMES)
    registry = Registry(tmp_path / "portals.yml", (portal,))
    registry.path.write_text(
        f"portals:\n  - id: {portal.id}\n    name: {portal.name}\n    base_url: {server.origin}\n"
        f"    urls: [{', '.join(NAMES)}]\n    allow_private: true\n    crawl_delay_s: 0\n",
        encoding="utf-8",
    )
    folders = {"landing": room.landing, "http_cache": room.http_cache}
    started = datetime(2026, 7, 11, 19, tzinfo=UTC)
    batch = discover(registry, **folders, frontier={}, started_at=started, options=room.options)
    kill_after_some_pages(registry.path, room.data_dir, room.landing / batch / "fetched.jsonl")

    before = (room.landing / batch / "fetched.jsonl").read_bytes()
    assert 3 <= before.count(b"\n") < len(NAMES)
    assert not (room.landing / batch / "fetched.done").exists()
    server.asked.clear()
    assert fetch_open_batches(registry, **folders, data_dir=room.data_dir, options=room.options) == [batch]
    urls = [row["url"] for row in room.rows(batch, "fetched.jsonl")]
    assert sorted(urls) == sorted(server.origin + name for name in NAMES)
    assert len(server.paths()) - 1 == len(NAMES) - before.count(b"\n")


def slowly(handler: Any) -> None:
    time.sleep(0.1)
    handler.wfile.write(b"<html><body><p>che</p></body></html>")


def kill_after_some_pages(registry: Path, data_dir: Path, lines: Path) -> None:
    run = subprocess.Popen([sys.executable, "-c", PROGRAM, registry, data_dir], cwd=PROJECT_ROOT)
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and run.poll() is None:
        if lines.exists() and lines.read_bytes().count(b"\n") >= 3:
            break
        time.sleep(0.02)
    run.send_signal(signal.SIGKILL)
    run.wait()

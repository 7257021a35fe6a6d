"""A disk that is full, or a folder that may not be written, while a batch is fetched, cleaned and landed.

Publishing, exporting and putting back on a full disk are in tests/warehouse/test_disk_full.py.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from include.clean.stage import clean_open_batches
from include.crawl.discover import discover
from include.crawl.fetch import fetch_open_batches
from include.operations.runbook import page_of_error
from include.portals.registry import Registry
from include.settings import PROJECT_ROOT, Settings
from include.warehouse.database import open_warehouse
from tests.crawl import conftest as crawling
from tests.kills.facts import fetched, landed
from tests.storage.every import cases, only_by_make_kills
from tests.storage.folders import BATCHES, articles_read, land, landed_rows, publish_articles, three_batches
from tests.storage.test_two_at_once import no_pages

server, room, make_portal, fake_time = (
    crawling.server,
    crawling.room,
    crawling.make_portal,
    crawling.fake_time,
)
PATHS = [f"/bai-{number}.html" for number in range(101, 113)]
UNLIMITED = resource.RLIM_INFINITY
NOBODY = 65534


@contextmanager
def files_up_to(byte_count: int) -> Iterator[None]:
    """No file may grow over so many bytes: the system itself fails the write (EFBIG)."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (byte_count, UNLIMITED))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (UNLIMITED, UNLIMITED))


def led_to_the_disk(problem: BaseException) -> bool:
    return page_of_error(type(problem).__name__, str(problem)) == "disk_full"


@pytest.mark.fault("the disk fills up while pages are fetched", "stops; the next run fetches what is missing")
@pytest.mark.parametrize("limit", cases(700, 0, 2_000))
def test_fetching(
    server: Any, room: Any, make_portal: Callable[..., Any], tmp_path: Path, limit: int
) -> None:
    for path in PATHS:
        server.html(path)
    registry = Registry(tmp_path / "portals.yml", (make_portal(server.origin, urls=PATHS),))
    folders = {"landing": room.landing, "http_cache": room.http_cache}
    started = datetime(2026, 7, 11, 19, tzinfo=UTC)
    batch = discover(registry, **folders, frontier={}, started_at=started, options=room.options)

    def fetch() -> list[str]:
        return fetch_open_batches(registry, **folders, data_dir=room.data_dir, options=room.options)

    with files_up_to(limit), pytest.raises(OSError, match="File too large") as told:
        fetch()
    assert led_to_the_disk(told.value)
    assert not (room.landing / batch / "fetched.done").exists()
    written = (room.landing / batch / "fetched.jsonl").read_bytes()
    whole = written[: written.rfind(b"\n") + 1].count(b"\n")
    server.asked.clear()
    assert fetch() == [batch]
    lines = fetched(room.data_dir)[batch]
    assert lines.total() == len(lines) == len(PATHS)
    assert all(line.endswith("is the page") for line in lines)
    assert len([path for path in server.paths() if path in PATHS]) == len(PATHS) - whole


@pytest.mark.fault("the disk fills up while pages are cleaned", "stops; the next run cleans the batch whole")
def test_cleaning(tmp_path: Path) -> None:
    settings = three_batches(tmp_path)
    for batch_id in BATCHES:
        no_pages(settings.landing / batch_id)

    def clean() -> list[str]:
        return clean_open_batches(landing=settings.landing, data_dir=tmp_path, portals={}, workers=1)

    with files_up_to(1_000), pytest.raises(OSError, match="File too large") as told:
        clean()
    assert led_to_the_disk(told.value)
    assert list(settings.landing.glob("*/cleaned.parquet")) == []
    assert clean() == list(BATCHES)


@pytest.mark.fault("the disk fills up while batches land", "stops; the next run lands each once")
@pytest.mark.parametrize("more", cases(5_000, 0, 300_000))
def test_landing(tmp_path: Path, more: int) -> None:
    settings, other = three_batches(tmp_path / "full"), three_batches(tmp_path / "roomy")
    with open_warehouse(settings.warehouse):
        pass
    land(other)
    with (
        files_up_to(settings.warehouse.stat().st_size + more),
        pytest.raises((OSError, duckdb.Error)) as told,
    ):
        land(settings)
    assert led_to_the_disk(told.value), told.value
    land(settings)
    assert landed_rows(settings) == landed_rows(other)
    assert not landed(settings.data_dir)["stage runs told twice"]


def as_nobody(work: Callable[[], object]) -> str:
    """What `work` ends with where the user has no right to write the folder; root has it everywhere."""
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        if os.getuid() == 0:
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)
        try:
            told = f"no error, {work()}"
        except Exception as problem:  # noqa: BLE001 - handed over whatever it is
            told = f"{page_of_error(type(problem).__name__, str(problem))}: {problem}"
        os.write(theirs, told.encode()[:4000])
        os._exit(0)
    os.waitpid(child, 0)
    os.close(theirs)
    with os.fdopen(ours, "rb") as stream:
        return stream.read().decode()


def read_only(folder: Path) -> None:
    for path in [folder, *folder.rglob("*")]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    for parent in folder.parents:
        if parent.stat().st_uid == os.getuid():
            parent.chmod(parent.stat().st_mode | 0o055)


@pytest.mark.fault("the data folder may not be written", "every stage says which file; nothing changes")
@pytest.mark.skipif(sys.platform == "darwin", reason="no user without rights to become")
def test_a_folder_that_may_not_be_written(tmp_path: Path) -> None:
    settings = three_batches(tmp_path / "data")
    publish_articles(settings, "r1", 3)
    no_pages(settings.landing / BATCHES[0])
    before = sorted((path, path.stat().st_size) for path in settings.data_dir.rglob("*"))
    read_only(settings.data_dir)
    works: dict[str, Callable[[Settings], object]] = {
        "clean": lambda here: clean_open_batches(
            landing=here.landing, data_dir=here.data_dir, portals={}, workers=1
        ),
        "land": land,
        "publish": lambda here: publish_articles(here, "r2", 4),
    }
    for name, work in works.items():
        told = as_nobody(lambda work=work: work(settings))
        assert told.startswith("disk_full: "), (name, told)
        assert str(settings.data_dir) in told, (name, told)
    assert sorted((path, path.stat().st_size) for path in settings.data_dir.rglob("*")) == before
    assert articles_read(settings) == 3


FULL_DISK = """
import subprocess, sys
from pathlib import Path
import duckdb
from include.operations.runbook import page_of_error
from tests.storage.folders import articles_read, land, landed_rows, publish_articles, three_batches
disk = Path(sys.argv[1])
settings = three_batches(disk / "data")
for name, work in (("land", land), ("publish", lambda here: publish_articles(here, "r1", 3))):
    subprocess.run(["mount", "-o", f"remount,size={2 if name == 'land' else 6}m", disk], check=True)
    try:
        work(settings)
    except Exception as problem:
        print(name, page_of_error(type(problem).__name__, str(problem)))
    subprocess.run(["mount", "-o", "remount,size=200m", disk], check=True)
    work(settings)
print(len(landed_rows(settings)["batches"]), "batches,", articles_read(settings), "articles")
"""


@only_by_make_kills
@pytest.mark.fault("a disk of a few megabytes is really full", "stops; with room, it lands and publishes")
def test_a_small_disk(tmp_path: Path) -> None:
    """In a name space of its own, where this user may mount; systems that forbid it skip this."""
    alone = ["unshare", "--user", "--map-root-user", "--mount"]
    mounted = f"mount -t tmpfs -o size=2m tmpfs {tmp_path}"
    if shutil.which("unshare") is None or subprocess.run([*alone, "sh", "-c", mounted]).returncode:
        pytest.skip("no name space to mount a disk in")
    command = f'{mounted} && exec "$0" -c "$1" {tmp_path}'
    ended = subprocess.run(
        [*alone, "sh", "-c", command, sys.executable, FULL_DISK],
        cwd=PROJECT_ROOT,
        env=os.environ | {"PYTHONPATH": str(PROJECT_ROOT)},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.splitlines() == ["land disk_full", "publish disk_full", "3 batches, 3 articles"]

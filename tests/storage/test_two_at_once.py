"""Two runs in one folder: the second waits, leaves the work to the first, or is told who holds the file."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

import include.clean.stage as clean_module
import include.site.build as site_module
import include.warehouse.open_data.write as export_module
import include.warehouse.publish as publish_module
from include.clean.stage import clean_open_batches
from include.crawl.attempt import unanswered_line
from include.crawl.batch_files import as_line, read_discovered
from include.crawl.verdict import Verdict
from include.folder_lock import locked
from include.settings import PROJECT_ROOT, Settings
from include.site.build import build_site
from include.warehouse.database import WarehouseLockedError
from include.warehouse.ledger import pending_batches
from include.warehouse.open_data.write import export_release
from include.warehouse.publish import roll_back
from include.warehouse.restore import restore_published
from tests.storage.every import only_by_make_kills
from tests.storage.folders import (
    BATCHES,
    articles_read,
    land,
    publish_articles,
    settings_of,
    three_batches,
)
from tests.warehouse.samples import NIGHT

HOLD = """
import duckdb, sys
with duckdb.connect(sys.argv[1], read_only=True) as held:
    print("holding", flush=True)
    sys.stdin.read()
"""
PUBLISH = """
import sys
from pathlib import Path
from include.warehouse.publish import publish
from tests.warehouse.samples import NIGHT
for number in range(3):
    publish(warehouse=Path("warehouse.duckdb"), data_dir=Path("."), run_id=f"{sys.argv[1]}-{number}",
            releases_kept=2, published_at=NIGHT)
"""


def no_pages(folder: Path) -> None:
    """A fetched batch of which no page came."""
    lines = (unanswered_line(row, Verdict("failed", "http_404")) for row in read_discovered(folder))
    (folder / "fetched.jsonl").write_bytes(b"".join(as_line(line) for line in lines))
    (folder / "cleaned.parquet").unlink()


@pytest.mark.fault("two cleanings of one batch at once", "the second leaves the batch to the first")
def test_a_batch_that_another_process_cleans_is_left_to_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = three_batches(tmp_path)
    for batch_id in BATCHES:
        no_pages(settings.landing / batch_id)

    def clean() -> list[str]:
        return clean_open_batches(landing=settings.landing, data_dir=tmp_path, portals={}, workers=1)

    with locked(settings.landing / BATCHES[0]) as mine:
        assert mine
        assert clean() == list(BATCHES[1:])
        assert not (settings.landing / BATCHES[0] / "cleaned.parquet").exists()
    assert clean() == [BATCHES[0]]

    # The first may have ended between the second's look and its lock.
    looks = iter([False, True])
    monkeypatch.setattr(clean_module, "_is_cleaned", lambda folder: next(looks, True))
    assert clean() == []


@only_by_make_kills
@pytest.mark.fault("two publishes at once", "they take turns; both releases are whole")
def test_two_publishes_at_once_take_turns(tmp_path: Path) -> None:
    settings = settings_of(tmp_path)
    publish_articles(settings, "r0", 4)
    both = [
        subprocess.Popen(
            [sys.executable, "-c", PUBLISH, name],
            cwd=tmp_path,
            env=os.environ | {"PYTHONPATH": str(PROJECT_ROOT)},
            stderr=subprocess.PIPE,
            text=True,
        )
        for name in ("a", "b")
    ]
    for one in both:
        _, problem = one.communicate(timeout=120)
        assert one.returncode == 0, problem
    assert articles_read(settings) == 4
    assert [path.name for path in tmp_path.glob(".sotinh.*")] == []


def held_at(monkeypatch: pytest.MonkeyPatch, module: ModuleType, folder: Path) -> list[str]:
    """Points of `module` at which the folder was not held by who passed them, and at least one that was."""
    passed: list[str] = []

    def look(name: str) -> None:
        with locked(folder) as free:
            passed.append(f"{name} is not alone" if free else "held")

    monkeypatch.setattr(module, "crash_point", look)
    return passed


def change_nothing(_: Path) -> None:
    """The file is in place."""


@pytest.mark.fault("a publish, a roll-back, a restore, an export or a site beside another", "they take turns")
@pytest.mark.parametrize(
    ("module", "begin", "work"),
    [
        (
            publish_module,
            change_nothing,
            lambda here: publish_articles(settings_of(here), "r6", 6),
        ),
        (publish_module, change_nothing, roll_back),
        (publish_module, os.unlink, lambda here: restore_published(here, NIGHT)),
        (
            export_module,
            change_nothing,
            lambda here: export_release(here, project=PROJECT_ROOT / "dbt_project", releases_kept=2),
        ),
    ],
    ids=["publish", "roll_back", "restore", "export"],
)
def test_who_changes_releases_holds_them(
    folder: Settings,
    monkeypatch: pytest.MonkeyPatch,
    module: ModuleType,
    begin: Callable[[Path], None],
    work: Callable[[Path], object],
) -> None:
    begin(folder.published)
    passed = held_at(monkeypatch, module, folder.releases)
    work(folder.data_dir)
    assert set(passed) == {"held"}


def test_a_build_of_the_site_is_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []

    def build(data_dir: Path, *_: object) -> int:
        with locked(data_dir / site_module.CHARTS_FOLDER) as free:
            seen.append(free)
        return 0

    monkeypatch.setattr(site_module, "_build", build)
    build_site(tmp_path)
    assert seen == [False]


@pytest.mark.fault("a reader that never lets go of the warehouse", "landing is refused and names the process")
def test_who_holds_the_warehouse_is_named_and_landing_goes_on_when_it_is_gone(tmp_path: Path) -> None:
    settings = three_batches(tmp_path)
    waiting = settings.landing / BATCHES[2]
    waiting.rename(tmp_path / "later")
    land(settings)
    (tmp_path / "later").rename(waiting)
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(settings.warehouse)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "holding\n"
        with pytest.raises(WarehouseLockedError, match=rf"(?s)is open in process {holder.pid} .*Wait until"):
            land(settings)
        assert not (waiting / "landed").exists()
        holder.communicate("")
    assert land(settings) == [BATCHES[2]]
    assert pending_batches(settings.warehouse) == list(BATCHES)


@only_by_make_kills
@pytest.mark.fault("a reader that never lets go of the published file", "publishes go on; it keeps its night")
def test_a_process_that_never_lets_go_of_the_published_file_holds_nothing_up(tmp_path: Path) -> None:
    settings = settings_of(tmp_path)
    publish_articles(settings, "r1", 1)
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, str(settings.published)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "holding\n"
        for articles in (2, 3, 4):
            publish_articles(settings, f"r{articles}", articles)
            assert articles_read(settings) == articles
        roll_back(tmp_path)
        assert articles_read(settings) == 3
        holder.communicate("")

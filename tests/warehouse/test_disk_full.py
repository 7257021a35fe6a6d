"""A disk that fills up: the write that fails is a real one, at each step; readers keep a whole file."""

from __future__ import annotations

import resource
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import duckdb
import pytest

import include.warehouse.open_data.write as export_module
import include.warehouse.publish as publish_module
from include.settings import PROJECT_ROOT
from include.warehouse.disk import DiskFullError, full_disk_told, require_space
from include.warehouse.open_data.write import export_release, is_whole
from include.warehouse.publish import Manifest, publish, read_manifest, roll_back
from include.warehouse.releases import latest_release
from include.warehouse.restore import restore_published
from tests.warehouse.samples import NIGHT, build_marts

DBT_PROJECT = PROJECT_ROOT / "dbt_project"
UNLIMITED = resource.RLIM_INFINITY
Full = Callable[[ModuleType, str, int], None]


@pytest.fixture
def full_from(monkeypatch: pytest.MonkeyPatch) -> Iterator[Full]:
    """From a named step on no file may grow over so many bytes: the system itself fails the write (EFBIG)."""

    def arrange(module: ModuleType, point: str, limit: int) -> None:
        def fill(name: str) -> None:
            if name == point:
                resource.setrlimit(resource.RLIMIT_FSIZE, (limit, UNLIMITED))

        monkeypatch.setattr(module, "crash_point", fill)
        fill("start")

    yield arrange
    there_is_room(monkeypatch)


def there_is_room(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody made room."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (UNLIMITED, UNLIMITED))
    monkeypatch.undo()


def publish_run(folder: Path, run_id: str) -> Manifest:
    return publish(
        warehouse=folder / "warehouse.duckdb",
        data_dir=folder,
        run_id=run_id,
        releases_kept=2,
        published_at=NIGHT,
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One published and exported release, and marts of the next."""
    build_marts(tmp_path / "warehouse.duckdb", articles=3)
    publish_run(tmp_path, "r1")
    export_release(tmp_path, project=DBT_PROJECT, releases_kept=2)
    build_marts(tmp_path / "warehouse.duckdb", articles=5)
    return tmp_path


def articles_read(folder: Path) -> int:
    """What a reader counts now, in a file that its manifest knows."""
    manifest = read_manifest(folder)
    assert manifest is not None
    with duckdb.connect(str(folder / "sotinh.duckdb"), read_only=True) as reader:
        row = reader.execute("select count(*) from marts.dim_articles").fetchone()
    assert row == (manifest.rows["dim_articles"],)
    return int(row[0])


def assert_nothing_half_written(folder: Path) -> None:
    assert [path.name for path in folder.rglob(".*") if path.name != ".duckdb_spill"] == []


@pytest.mark.fault("the disk fills up while publishing", "readers keep a whole file; the next run publishes")
@pytest.mark.parametrize(
    ("point", "limit", "read"),
    [
        ("start", 100_000, 3),  # the file built aside
        ("publish_before_release", 100_000, 3),  # its copy in the release
        ("publish_before_release", 0, 3),  # also an empty disk
        ("publish_before_manifest", 100, 5),  # the manifest beside the file that is in place already
    ],
)
def test_publishing(
    folder: Path, full_from: Full, monkeypatch: pytest.MonkeyPatch, point: str, limit: int, read: int
) -> None:
    full_from(publish_module, point, limit)
    with pytest.raises(DiskFullError, match=r"publishing found no room in .* MB free.*Make room"):
        publish_run(folder, "r2")
    there_is_room(monkeypatch)
    assert articles_read(folder) == read
    assert_nothing_half_written(folder)
    assert is_whole(folder / "releases" / "latest")
    assert publish_run(folder, "r2").replaces == "r1"
    assert articles_read(folder) == 5


# No room for a Parquet file; for a CSV file of days; for the description, which is the largest here.
@pytest.mark.fault("the disk fills up while exporting", "`latest` stays; the next export completes")
@pytest.mark.parametrize("limit", [0, 1_000, 20_000])
def test_exporting(folder: Path, full_from: Full, monkeypatch: pytest.MonkeyPatch, limit: int) -> None:
    publish_run(folder, "r2")
    first = latest_release(folder / "releases")
    full_from(export_module, "start", limit)
    with pytest.raises(DiskFullError, match="exporting found no room"):
        export_release(folder, project=DBT_PROJECT, releases_kept=2)
    there_is_room(monkeypatch)
    assert articles_read(folder) == 5
    assert latest_release(folder / "releases") == first
    assert is_whole(folder / "releases" / "latest")
    assert_nothing_half_written(folder)
    assert is_whole(export_release(folder, project=DBT_PROJECT, releases_kept=2).folder)


@pytest.mark.fault("the disk fills up while a release is put back", "what is in place stays")
def test_rolling_back_and_putting_back(
    folder: Path, full_from: Full, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish_run(folder, "r2")
    full_from(publish_module, "start", 100_000)
    with pytest.raises(DiskFullError, match="putting a release back found no room"):
        roll_back(folder)
    assert articles_read(folder) == 5
    (folder / "sotinh.duckdb").unlink()
    with pytest.raises(DiskFullError, match="putting a release back"):
        restore_published(folder, NIGHT)
    there_is_room(monkeypatch)
    assert_nothing_half_written(folder)
    restored = restore_published(folder, NIGHT)
    assert restored is not None
    assert articles_read(folder) == 5


def test_too_little_room_is_told_before_anything_is_written(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    free = shutil.disk_usage(folder)._replace(free=200_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: free)
    before = sorted(folder.rglob("*"))
    with pytest.raises(DiskFullError, match=r"publishing needs about .* MB in .*, and 0\.2 MB are free"):
        publish_run(folder, "r2")
    with pytest.raises(DiskFullError, match=r"needs about 0\.3 MB"):
        require_space(folder, 300_000, "anything")
    require_space(folder, 200_000, "anything")
    assert sorted(folder.rglob("*")) == before


def test_a_first_publish_asks_for_no_more_than_two_files_as_large_as_the_warehouse(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    published = folder / "sotinh.duckdb"
    published.unlink()
    needed = 2 * (folder / "warehouse.duckdb").stat().st_size
    usage = shutil.disk_usage(folder)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage._replace(free=needed - 1))
    with pytest.raises(DiskFullError, match="publishing needs about"):
        publish_run(folder, "r2")
    assert not published.exists()
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage._replace(free=needed))
    publish_run(folder, "r2")
    assert published.exists()


def test_a_full_disk_is_known_in_the_words_of_system_and_engine(tmp_path: Path) -> None:
    with pytest.raises(DiskFullError, match="No space left"), full_disk_told(tmp_path, "writing"):
        Path("/dev/full").write_text("x", encoding="utf-8")
    with duckdb.connect() as connection, pytest.raises(DiskFullError), full_disk_told(tmp_path, "copying"):
        connection.execute("copy (select range as n from range(100000)) to '/dev/full' (format csv)")
    with pytest.raises(FileNotFoundError), full_disk_told(tmp_path, "reading"):
        (tmp_path / "gone").read_text(encoding="utf-8")
    with (
        duckdb.connect() as connection,
        pytest.raises(duckdb.CatalogException),
        full_disk_told(tmp_path, "x"),
    ):
        connection.execute("select * from nothing")

"""The batch folder of include/landing.py: opened whole, read back, locked while it is worked on."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from include.crash_points import crash_point
from include.folder_lock import locked
from include.landing import BatchHeader, DiscoveredUrl, DiscoveryRequest, FetchedUrl, SourceRow
from include.portals.portal import Portal

_OPENING: Final = ".opening-"


class BatchDraft:
    """A batch folder in the making, under a name that no stage looks at."""

    def __init__(self, folder: Path, batch_id: str, batch_kind: str, started_at: datetime) -> None:
        self.folder = folder
        self.batch_id = batch_id
        self._batch_kind = batch_kind
        self._started_at = started_at

    def write(
        self,
        *,
        portals: Iterable[Portal],
        requests: Iterable[DiscoveryRequest],
        discovered: Iterable[DiscoveredUrl],
        not_due: int,
        fetched: Iterable[FetchedUrl] | None = None,
    ) -> None:
        """Write the files of an opened batch; `fetched` where the bytes are already in its WARC."""
        header = BatchHeader(self.batch_id, self._batch_kind, self._started_at.isoformat(), not_due)
        _write_whole(self.folder / "batch.json", json.dumps(asdict(header), ensure_ascii=False) + "\n")
        _write_rows(self.folder / "sources.jsonl", map(_source_row, portals))
        _write_rows(self.folder / "discovery.jsonl", requests)
        if fetched is not None:
            _write_rows(self.folder / "fetched.jsonl", fetched)
        _write_rows(self.folder / "discovered.jsonl", discovered)


@contextmanager
def opening_batch(landing: Path, batch_kind: str, started_at: datetime) -> Iterator[BatchDraft]:
    """Make a batch folder under a hidden name and give it its own when the block ends well.

    started_at: aware; the id comes from it (crawl-20260711T190000Z), with -2, -3, … where taken.
    An exception, or a kill, leaves no batch.
    """
    landing.mkdir(parents=True, exist_ok=True)
    _remove_abandoned(landing)
    folder = Path(tempfile.mkdtemp(prefix=_OPENING, dir=landing))
    folder.chmod(0o755)
    try:
        with locked(folder):
            yield (
                draft := BatchDraft(folder, _free_id(landing, batch_kind, started_at), batch_kind, started_at)
            )
            sync_folder(folder)
            crash_point("discover_before_name")
            folder.rename(landing / draft.batch_id)
            sync_folder(landing)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _free_id(landing: Path, batch_kind: str, started_at: datetime) -> str:
    stem = f"{batch_kind}-{started_at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    number = 1
    batch_id = stem
    while (landing / batch_id).exists():
        number += 1
        batch_id = f"{stem}-{number}"
    return batch_id


def _remove_abandoned(landing: Path) -> None:
    for folder in landing.glob(f"{_OPENING}*"):
        with locked(folder) as mine:
            if mine:
                shutil.rmtree(folder, ignore_errors=True)


def batches_without(landing: Path, last_file: str) -> list[Path]:
    """Folders of opened batches that do not hold `last_file` yet, oldest first."""
    if not landing.is_dir():
        return []
    return sorted(
        folder
        for folder in landing.iterdir()
        if not folder.name.startswith(".")
        and (folder / "discovered.jsonl").is_file()
        and not (folder / last_file).exists()
    )


def read_discovered(batch: Path) -> list[DiscoveredUrl]:
    """The URLs of a batch, in order."""
    with (batch / "discovered.jsonl").open(encoding="utf-8") as stream:
        return [DiscoveredUrl(**json.loads(line)) for line in stream]


def read_fetched(batch: Path) -> Iterator[FetchedUrl]:
    """The lines of a batch that is fetched to its end, in order; none where its folder is gone."""
    path = batch / "fetched.jsonl"
    if path.is_file():
        with path.open(encoding="utf-8") as stream:
            for line in stream:
                yield FetchedUrl(**json.loads(line))


def read_batch_kind(batch: Path) -> str:
    """Which of contract.BATCH_KINDS opened the batch."""
    return str(json.loads((batch / "batch.json").read_text(encoding="utf-8"))["batch_kind"])


def repair_fetched(batch: Path) -> set[str]:
    """Cut a torn last line off fetched.jsonl; returns the URLs that have their line."""
    path = batch / "fetched.jsonl"
    if not path.exists():
        return set()
    data = path.read_bytes()
    whole = data[: data.rfind(b"\n") + 1]
    if len(whole) < len(data):
        with path.open("r+b") as stream:
            stream.truncate(len(whole))
            os.fsync(stream.fileno())
    return {json.loads(line)["url"] for line in whole.splitlines()}


def mark_done(batch: Path, name: str) -> None:
    """Create the empty file `name`, which says that a stage is through with the batch."""
    _write_whole(batch / name, "")
    sync_folder(batch)


def as_line(row: Any) -> bytes:
    """One dataclass row as a line of JSON."""
    return (json.dumps(asdict(row), ensure_ascii=False) + "\n").encode()


def sync_folder(folder: Path) -> None:
    """Bring the folder's names to disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _source_row(portal: Portal) -> SourceRow:
    return SourceRow(portal.id, portal.name, portal.province_id, portal.base_url, portal.family)


def _write_rows(path: Path, rows: Iterable[Any]) -> None:
    with path.open("wb") as stream:
        stream.writelines(as_line(row) for row in rows)
        stream.flush()
        os.fsync(stream.fileno())


def _write_whole(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())

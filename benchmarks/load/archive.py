"""Invented pages as archived bytes in the product's own layout, brought in as somebody's web archive is."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from benchmarks.load.invented import InventedPage, invented_pages
from benchmarks.samples import SAMPLES
from include.clean.archive import read_archived
from include.clean.guards import MAX_PAGE_BYTES
from include.operations import stages
from include.settings import Settings


def settings_of(data_dir: Path, workers: int) -> Settings:
    """An installation of the sample portals in `data_dir`."""
    return Settings(data_dir=data_dir, registry=SAMPLES / "portals.yml", workers=workers)


def archive_pages(settings: Settings, count: int, seed: int) -> None:
    """Open one batch of `count` invented pages, fetched and not yet cleaned."""
    settings.data_dir.mkdir(parents=True)
    brought = settings.data_dir / "brought.warc.gz"
    write_warc(brought, invented_pages(count, seed))
    stages.backfill(settings, None, warc=brought)
    brought.unlink()


def write_warc(path: Path, pages: Iterable[InventedPage]) -> None:
    """A web archive with one answer a page."""
    with path.open("wb") as stream:
        writer = WARCWriter(stream, gzip=True)
        for page in pages:
            content = page.html.encode()
            head = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], "HTTP/1.1")
            record = writer.create_warc_record(
                page.url,
                "response",
                payload=io.BytesIO(content),
                length=len(content),
                http_headers=head,
                warc_headers_dict={"WARC-Date": f"{page.captured_at:%Y-%m-%dT%H:%M:%SZ}"},
            )
            writer.write_record(record)


def archived_pages(settings: Settings) -> Iterator[str]:
    """The pages of every batch of an installation, as text."""
    for fetched in sorted(settings.landing.glob("*/fetched.jsonl")):
        with fetched.open(encoding="utf-8") as lines:
            for row in map(json.loads, lines):
                path = str(settings.data_dir / row["warc_file"])
                yield read_archived(path, row["warc_offset"], limit=MAX_PAGE_BYTES).decode("utf-8")

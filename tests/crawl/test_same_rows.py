"""Whatever road the old pages come by, the warehouse gets the rows that a live crawl would have given."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import zipfile
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

import include.clean.stage
from include.clean.stage import clean_open_batches
from include.crawl.backfill import (
    discover_sitemap_range,
    open_backfill_from_folder,
    open_backfill_from_warc,
)
from include.crawl.discover import discover
from include.crawl.fetch import fetch_open_batches
from include.portals.portal import Portal
from include.portals.registry import Registry
from include.warehouse.database import open_warehouse
from include.warehouse.land import land_open_batches

STARTED = datetime(2026, 7, 11, 19, tzinfo=UTC)
# Long enough, in several sentences and with the letters of Vietnamese, for cleaning to find a story in it.
STORY = (
    "Sáng 9/3, xã Suối Trà tổ chức ra quân trồng chè vụ xuân với hơn 300 hộ tham gia tại sáu bản ven suối.",
    "Theo kế hoạch, năm nay xã trồng mới 120 ha chè, nâng tổng diện tích lên 1.450 ha vào cuối năm.",
    "Bà Lò Thị Mận, Chủ tịch xã, yêu cầu các bản làm đất xong trước ngày 20/3 và chăm sóc đúng kỹ thuật.",
)


def story(number: int, *, charset: str = "utf-8") -> bytes:
    paragraphs = "".join(f"<p>{line}</p>" for line in STORY)
    text = (
        f'<html><head><meta charset="{charset}">'
        f"<title>Suối Trà trồng chè, đợt {number} | Báo Suối Trà</title>"
        f'<meta property="article:published_time" content="2026-03-{number + 1:02d}T07:15:00+07:00"></head>'
        f"<body><nav><a href='/'>Trang chủ</a></nav><article><h1>Suối Trà trồng chè, đợt {number}</h1>"
        f'<div class="author">Vàng A Sử</div><div class="content">{paragraphs}<p>Đợt {number} dài {number}'
        " ngày, cả xã cùng làm và giúp nhau về giống, phân bón.</p></div></article></body></html>"
    )
    return text.encode(charset)


# Path, body as it goes over the wire, headers, status.
ANSWERS: tuple[tuple[str, bytes, dict[str, str], int], ...] = (
    ("/tin-1.html", story(1), {}, 200),
    ("/tin-2.html", gzip.compress(story(2)), {"Content-Encoding": "gzip"}, 200),
    ("/tin-3.html", story(3, charset="utf-16"), {"Content-Type": "text/html"}, 200),
    ("/tin-4.html?id=7&amp;x=1", story(4), {}, 200),
    ("/anh-5.html", b"<html><body><img src='a.jpg'></body></html>", {}, 200),
    ("/mat-6.html", story(6), {}, 404),
    ("/to-7.html", b"%PDF-1.7 khong phai trang", {}, 200),
)  # fmt: skip
STORIES = 4
ROW = (
    "article_id, url, title, byline, body, published_on, published_at, published_basis, family,"
    " content_sha256, body_sha256"
)


@pytest.fixture(autouse=True)
def clean_in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same cleaning, without the seconds that worker processes take to start."""

    def in_process(function: Callable[[Any], Any], batches: Iterable[Any], **limits: Any) -> Iterator[Any]:
        return (function(batch) for batch in batches)

    monkeypatch.setattr(include.clean.stage, "map_batches", in_process)


class Road:
    """A portal that answers, and data folders that its pages come into by one road each."""

    def __init__(self, server: Any, room: Any, make_portal: Callable[..., Portal], folder: Path) -> None:
        self.server, self.room, self.folder = server, room, folder
        paths = [path.replace("&amp;", "&") for path, *_ in ANSWERS]
        for path, (_, body, headers, status) in zip(paths, ANSWERS, strict=True):
            server.put(path, body, headers, status=status)
        self.urls = [server.origin + path for path in paths]
        entries = "".join(
            f"<url><loc>{server.origin}{path}</loc><lastmod>2026-03-0{number}</lastmod></url>"
            for number, (path, *_) in enumerate(ANSWERS, start=1)
        )
        server.xml("/s.xml", f"<urlset>{entries}</urlset>")
        self.portal = make_portal(server.origin, urls=paths)
        self.registry = Registry(folder / "portals.yml", (self.portal,))

    def data(self, name: str) -> dict[str, Path]:
        return {"landing": self.folder / name / "landing", "data_dir": self.folder / name}

    def fetched(self, name: str) -> dict[str, Path]:
        folders = self.data(name)
        fetch_open_batches(
            self.registry, **folders, http_cache=folders["data_dir"] / "cache", options=self.room.options
        )
        return folders

    def rows(self, name: str, *, with_time: bool = True) -> list[tuple[Any, ...]]:
        """Clean and land what lies in the folder `name`; gives its article versions."""
        folders = self.data(name)
        clean_open_batches(**folders, portals={self.portal.id: self.portal}, workers=1)
        warehouse = folders["data_dir"] / "warehouse.duckdb"
        land_open_batches(landing=folders["landing"], warehouse=warehouse, landed_at=lambda: STARTED)
        columns = f"{ROW}, fetched_at" if with_time else ROW
        with open_warehouse(warehouse, read_only=True) as connection:
            return connection.execute(f"select {columns} from raw.article_versions order by url").fetchall()

    def live(self) -> Path:
        """Crawl the portal; afterwards it cannot be asked any more."""
        folders = self.data("live")
        discover(
            self.registry,
            landing=folders["landing"],
            http_cache=folders["data_dir"] / "cache",
            frontier={},
            started_at=STARTED,
            options=self.room.options,
        )
        self.fetched("live")
        return folders["landing"]

    def times(self) -> dict[str, datetime]:
        """When the live crawl fetched each page."""
        (lines,) = self.data("live")["landing"].glob("*/fetched.jsonl")
        rows = [json.loads(line) for line in lines.read_text(encoding="utf-8").splitlines()]
        return {row["url"]: datetime.fromisoformat(row["fetched_at"]) for row in rows}

    def warc(self, *, packed: bool, kind: str = "response") -> list[bytes]:
        """A record of each answer, written by another hand than ours, with the live crawl's times."""
        return [
            record_of(url, answer, self.times()[url], packed=packed, kind=kind)
            for url, answer in zip(self.urls, ANSWERS, strict=True)
        ]


def record_of(url: str, answer: Any, at: datetime, *, packed: bool, kind: str) -> bytes:
    _, body, more, status = answer
    headers = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(body))} | more
    buffer = BytesIO()
    writer = WARCWriter(buffer, gzip=packed)
    if kind == "resource":
        body = gzip.decompress(body) if "Content-Encoding" in more else body
        made = writer.create_warc_record(
            url, kind, payload=BytesIO(body), length=len(body), warc_content_type=headers["Content-Type"]
        )
    else:
        head = StatusAndHeaders(f"{status} Wie gesagt", list(headers.items()), protocol="HTTP/1.1")
        made = writer.create_warc_record(
            url, kind, payload=BytesIO(body), length=len(body), http_headers=head
        )
    made.rec_headers.replace_header("WARC-Date", f"{at:%Y-%m-%dT%H:%M:%SZ}")
    writer.write_record(made)
    return buffer.getvalue()


@pytest.fixture
def road(server: Any, room: Any, make_portal: Callable[..., Portal], tmp_path: Path) -> Road:
    made = Road(server, room, make_portal, tmp_path)
    made.live()
    return made


def test_the_live_crawl_gives_rows_to_compare_with(road: Road) -> None:
    rows = road.rows("live")
    assert len(rows) == STORIES
    assert [row[2] for row in rows] == [f"Suối Trà trồng chè, đợt {number}" for number in (1, 2, 3, 4)]
    assert all(STORY[0] in row[4] and row[3] == "Vàng A Sử" for row in rows)
    assert [row[5] for row in rows] == [date(2026, 3, day) for day in (2, 3, 4, 5)]


def write_wacz(path: Path, members: dict[str, bytes]) -> None:
    resources = [
        {"path": name, "hash": f"sha256:{hashlib.sha256(data).hexdigest()}", "bytes": len(data)}
        for name, data in members.items()
    ]
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)
        archive.writestr("datapackage.json", json.dumps({"resources": resources}))


def as_warc(road: Road, path: Path) -> Path:
    path = path.with_suffix(".warc")
    path.write_bytes(b"".join(road.warc(packed=False)))
    return path


def as_warc_gz(road: Road, path: Path) -> Path:
    path = path.with_suffix(".warc.gz")
    path.write_bytes(b"".join(road.warc(packed=True)))
    return path


def as_wacz(road: Road, path: Path) -> Path:
    """In two WARC files; an older capture with another text and a revisit, which do not count, besides."""
    path = path.with_suffix(".wacz")
    records = road.warc(packed=True)
    other = ("", story(9), {}, 200)
    first = road.times()[road.urls[0]]
    stale = record_of(road.urls[0], other, first - timedelta(days=3), packed=True, kind="response")
    seen_again = record_of(road.urls[1], other, first + timedelta(days=3), packed=True, kind="revisit")
    write_wacz(
        path,
        {
            "archive/a.warc.gz": b"".join(records[:2]),
            "archive/b.warc.gz": b"".join(records[2:]) + stale + seen_again,
        },
    )
    return path


def as_folder_of_archives(road: Road, path: Path) -> Path:
    path.mkdir()
    records = road.warc(packed=True)
    (path / "1.warc.gz").write_bytes(b"".join(records[:3]))
    write_wacz(path / "2.wacz", {"archive/a.warc.gz": b"".join(records[3:])})
    return path


def as_resources(road: Road, path: Path) -> Path:
    """Only what a live crawl would have got with status 200: a resource knows of no other."""
    path = path.with_suffix(".warc.gz")
    records = zip(road.warc(packed=True, kind="resource"), ANSWERS, strict=True)
    path.write_bytes(b"".join(record for record, answer in records if answer[3] == 200))
    return path


@pytest.mark.parametrize("write", [as_warc, as_warc_gz, as_wacz, as_folder_of_archives, as_resources])
def test_web_archives_give_the_rows_of_the_live_crawl(
    road: Road, tmp_path: Path, write: Callable[[Road, Path], Path]
) -> None:
    path = write(road, tmp_path / "given")
    open_backfill_from_warc(path, road.registry, **road.data("old"), started_at=STARTED)
    rows = road.rows("old")
    assert len(rows) == STORIES
    assert rows == road.rows("live")


def test_saved_pages_give_the_rows_of_the_live_crawl(road: Road, tmp_path: Path) -> None:
    saved = tmp_path / "saved"
    saved.mkdir()
    for number, (url, (_, body, headers, status)) in enumerate(zip(road.urls, ANSWERS, strict=True)):
        if status == 200:
            page = gzip.decompress(body) if "Content-Encoding" in headers else body
            (saved / f"{number}.html").write_bytes(page)
            (saved / f"{number}.html.url").write_text(f"{url}\n", encoding="utf-8")
            moment = road.times()[url].timestamp()
            os.utime(saved / f"{number}.html", (moment, moment))
    open_backfill_from_folder(saved, road.portal, **road.data("old"), started_at=STARTED)
    rows = road.rows("old")
    assert len(rows) == STORIES
    # A file's time is the best there is for when a page was fetched; here it is the time itself.
    assert rows == road.rows("live")


def test_a_range_of_sitemaps_gives_the_rows_of_the_live_crawl(road: Road) -> None:
    portal = road.portal.model_copy(update={"sitemaps": (f"{road.server.origin}/s.xml",)})
    folders = road.data("old")
    discover_sitemap_range(
        portal,
        date(2026, 3, 1),
        date(2026, 3, 31),
        landing=folders["landing"],
        http_cache=folders["data_dir"] / "cache",
        started_at=STARTED,
        options=road.room.options,
    )
    road.fetched("old")
    rows = road.rows("old", with_time=False)
    assert len(rows) == STORIES
    assert rows == road.rows("live", with_time=False)


def test_what_is_no_article_ends_as_in_the_live_crawl(road: Road, tmp_path: Path) -> None:
    path = as_wacz(road, tmp_path / "given")
    open_backfill_from_warc(path, road.registry, **road.data("old"), started_at=STARTED)
    found = []
    for name in ("live", "old"):
        road.rows(name)
        with open_warehouse(road.data(name)["data_dir"] / "warehouse.duckdb", read_only=True) as connection:
            query = (
                "select url, outcome, reason, http_status, fetched_at from raw.article_outcomes order by url"
            )
            found.append(connection.execute(query).fetchall())
    assert found[0] == found[1]
    assert {row[1] for row in found[0]} == {"loaded", "empty", "failed", "quarantined"}

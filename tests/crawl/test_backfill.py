"""Old pages: from a folder, from a WARC file, from a stretch of sitemaps."""

from __future__ import annotations

import gzip
import io
import json
import os
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from include.crawl.backfill import (
    BackfillError,
    discover_sitemap_range,
    open_backfill_from_folder,
    open_backfill_from_warc,
)
from include.crawl.fetch import fetch_open_batches
from include.portals.portal import Portal
from include.portals.registry import Registry

STARTED = datetime(2026, 7, 11, 19, tzinfo=UTC)
BATCH = "backfill-20260711T190000Z"
ORIGIN = "https://baosuoitra.vn"
BODY = "<body><p>Sản lượng chè búp tươi tăng.</p></body></html>"


def page(url: str | None, *, og: bool = False) -> str:
    link = ""
    if url:
        link = f'<meta property="og:url" content="{url}">' if og else f'<link rel="canonical" href="{url}">'
    return f"<html><head>{link}</head>{BODY}"


@pytest.fixture
def portal(make_portal: Callable[..., Portal]) -> Portal:
    return make_portal(ORIGIN, allow_private=False)


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    folder = tmp_path / "saved"
    folder.mkdir()
    return folder


def from_folder(room: Any, folder: Path, portal: Portal) -> list[dict[str, Any]]:
    batch = open_backfill_from_folder(
        folder, portal, landing=room.landing, data_dir=room.data_dir, started_at=STARTED
    )
    return lines_of(room, batch)


def from_warc(room: Any, path: Path, *portals: Portal) -> list[dict[str, Any]]:
    batch = open_backfill_from_warc(
        path,
        Registry(Path("portals.yml"), portals),
        landing=room.landing,
        data_dir=room.data_dir,
        started_at=STARTED,
    )
    return lines_of(room, batch)


def lines_of(room: Any, batch: str) -> list[dict[str, Any]]:
    assert batch == BATCH
    assert (room.landing / batch / "fetched.done").exists()
    header = json.loads((room.landing / batch / "batch.json").read_text(encoding="utf-8"))
    assert (header["batch_id"], header["batch_kind"]) == (batch, "backfill")
    lines: list[dict[str, Any]] = room.rows(batch, "fetched.jsonl")
    assert [row["url"] for row in room.rows(batch, "discovered.jsonl")] == [line["url"] for line in lines]
    return lines


def archived(room: Any, line: dict[str, Any]) -> str:
    with (room.data_dir / line["warc_file"]).open("rb") as stream:
        stream.seek(line["warc_offset"])
        text: str = next(iter(ArchiveIterator(stream))).content_stream().read().decode()
        return text


def test_saved_pages_tell_their_url_in_many_ways(room: Any, saved: Path, portal: Portal) -> None:
    (saved / "a.html").write_text(page(f"{ORIGIN}/a-101.html?utm_source=x"), encoding="utf-8")
    (saved / "b.htm").write_text(page(f"{ORIGIN}/b-102.html", og=True), encoding="utf-8")
    (saved / "c.html").write_text(page(f"{ORIGIN}/sai"), encoding="utf-8")
    (saved / "c.html.url").write_text(f"[InternetShortcut]\nURL={ORIGIN}/c-103.html\n", encoding="utf-8")
    (saved / "sub").mkdir()
    note = f"<!-- saved from url=(0030){ORIGIN}/d-104.html -->\n"
    (saved / "sub" / "d.html").write_text(note + page(None), encoding="utf-8")
    (saved / "d_files").mkdir()
    (saved / "d_files" / "ad.html").write_text("<p>quảng cáo</p>", encoding="utf-8")
    (saved / "a.jpg").write_bytes(b"\xff\xd8\xff")
    lines = {line["url"]: line for line in from_folder(room, saved, portal)}
    assert set(lines) == {
        f"{ORIGIN}/{name}" for name in ("a-101.html", "b-102.html", "c-103.html", "d-104.html")
    }
    assert {line["outcome"] for line in lines.values()} == {"fetched"}
    assert archived(room, lines[f"{ORIGIN}/b-102.html"]) == page(f"{ORIGIN}/b-102.html", og=True)
    found = {row["url"]: row["found_in"] for row in room.rows(BATCH, "discovered.jsonl")}
    assert found[f"{ORIGIN}/d-104.html"] == "sub/d.html"


def test_the_later_of_two_files_of_a_url_counts_and_dates_the_fetch(
    room: Any, saved: Path, portal: Portal
) -> None:
    for name, day in (("z-old.html", 1), ("a-new.html", 2)):
        (saved / name).write_text(page(f"{ORIGIN}/a-101.html") + name, encoding="utf-8")
        moment = datetime(2026, 3, day, tzinfo=UTC).timestamp()
        os.utime(saved / name, (moment, moment))
    (line,) = from_folder(room, saved, portal)
    assert archived(room, line).endswith("a-new.html")
    assert line["fetched_at"] == "2026-03-02T00:00:00+00:00"


def test_pages_without_a_url_or_of_another_portal_are_all_named(
    room: Any, saved: Path, portal: Portal
) -> None:
    (saved / "good.html").write_text(page(f"{ORIGIN}/a-101.html"), encoding="utf-8")
    (saved / "bare.html").write_text(page(None), encoding="utf-8")
    (saved / "empty.html").write_bytes(b"")
    (saved / "other.html").write_text(page("https://other.vn/x-1.html"), encoding="utf-8")
    with pytest.raises(BackfillError) as caught:
        from_folder(room, saved, portal)
    for name in ("bare.html", "empty.html", "other.html"):
        assert str(saved / name) in str(caught.value)
    assert "good.html" not in str(caught.value)
    assert not room.landing.exists()


def test_a_saved_page_that_is_too_large_is_quarantined(room: Any, saved: Path, portal: Portal) -> None:
    (saved / "a.html").write_text(page(f"{ORIGIN}/a-101.html") + "x" * (5 * 2**20), encoding="utf-8")
    (line,) = from_folder(room, saved, portal)
    assert (line["outcome"], line["reason"], line["warc_file"]) == ("quarantined", "too_large", None)


def test_a_folder_that_is_missing_or_without_pages_is_refused(room: Any, saved: Path, portal: Portal) -> None:
    with pytest.raises(BackfillError, match="no page in"):
        from_folder(room, saved, portal)
    with pytest.raises(BackfillError, match="no folder at"):
        from_folder(room, saved / "khong-co", portal)


def warc_record(
    url: str,
    body: bytes,
    day: int = 1,
    status: str = "200 OK",
    kind: str = "response",
    headers: dict[str, str] | None = None,
) -> bytes:
    buffer = io.BytesIO()
    writer = WARCWriter(buffer, gzip=True)
    fields = {"Content-Type": "text/html"} | (headers or {})
    record = writer.create_warc_record(
        url,
        kind,
        payload=io.BytesIO(body),
        length=len(body),
        http_headers=StatusAndHeaders(status, list(fields.items()), protocol="HTTP/1.1"),
        warc_headers_dict={"WARC-Date": f"2026-03-{day:02d}T08:00:00Z"},
    )
    writer.write_record(record)
    return buffer.getvalue()


def test_a_warc_file_gives_the_html_of_registered_portals(room: Any, tmp_path: Path, portal: Portal) -> None:
    chunked = b"5\r\n<html\r\n7\r\n>ba</p>\r\n0\r\n\r\n"
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(
        warc_record(f"{ORIGIN}/a-101.html", b"<html>mot</html>", day=2)
        + warc_record(f"{ORIGIN}/a-101.html", b"<html>cu</html>", day=1)
        + warc_record(
            f"{ORIGIN}/b-102.html", gzip.compress(b"<html>hai</html>"), headers={"Content-Encoding": "gzip"}
        )
        + warc_record(f"{ORIGIN}/c-103.html", chunked, headers={"Transfer-Encoding": "chunked"})
        + warc_record(f"{ORIGIN}/d-104.html", b"<html>404</html>", status="404 Not Found")
        + warc_record(f"{ORIGIN}/anh.jpg", b"\xff\xd8", headers={"Content-Type": "image/jpeg"})
        + warc_record(f"{ORIGIN}/e", b"", status="301 Moved", headers={"Location": "/"})
        + warc_record("https://other.vn/x-1.html", b"<html>khac</html>")
        + warc_record(f"{ORIGIN}/a-101.html", b"", kind="request")
    )
    lines = {line["url"].rpartition("/")[2]: line for line in from_warc(room, path, portal)}
    assert {name: line["outcome"] for name, line in lines.items()} == {
        "a-101.html": "fetched",
        "b-102.html": "fetched",
        "c-103.html": "fetched",
        "d-104.html": "failed",
    }
    bodies = [archived(room, lines[f"{name}.html"]) for name in ("a-101", "b-102", "c-103")]
    assert bodies == ["<html>mot</html>", "<html>hai</html>", "<html>ba</p>"]
    assert lines["a-101.html"]["fetched_at"] == "2026-03-02T08:00:00+00:00"


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("cut", [40, 180, 2000])
def test_a_warc_file_that_breaks_off_gives_what_is_whole(
    room: Any, tmp_path: Path, portal: Portal, packed: bool, cut: int
) -> None:
    whole = warc_record(f"{ORIGIN}/a-101.html", b"<html>mot</html>")
    last = warc_record(f"{ORIGIN}/b-102.html", b"<html>" + os.urandom(3000).hex().encode() + b"</html>")
    path = tmp_path / "torn.warc.gz"
    data = whole + last
    path.write_bytes(data[:-cut] if packed else (gzip.decompress(data)[:-cut]))
    urls = [line["url"] for line in from_warc(room, path, portal)]
    assert urls == [f"{ORIGIN}/a-101.html"]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"khong phai WARC", "is not a WARC file"),
        (warc_record("https://other.vn/x-1.html", b"<html>khac</html>"), "1 host not in the registry"),
    ],
)
def test_a_file_without_pages_for_us_is_refused_with_the_reason(
    room: Any, tmp_path: Path, portal: Portal, content: bytes, says: str
) -> None:
    path = tmp_path / "x.warc.gz"
    path.write_bytes(content)
    with pytest.raises(BackfillError, match=says):
        from_warc(room, path, portal)
    assert list(room.landing.iterdir()) == []


def test_a_missing_warc_file_is_named(room: Any, tmp_path: Path, portal: Portal) -> None:
    with pytest.raises(BackfillError, match=r"no WARC or WACZ file at .*khong\.warc"):
        from_warc(room, tmp_path / "khong.warc", portal)


def test_a_range_of_sitemaps_opens_a_batch_that_the_fetch_stage_goes_on_with(
    server: Any, room: Any, make_portal: Callable[..., Portal]
) -> None:
    portal = make_portal(server.origin, sitemaps=["/s.xml"], urls=[])
    maps = "".join(
        f"<sitemap><loc>{server.origin}/sitemap-2026-{month}.xml</loc></sitemap>" for month in (2, 3)
    )
    server.xml("/s.xml", f"<sitemapindex>{maps}</sitemapindex>")
    entries = "".join(
        f"<url><loc>{server.origin}/t-{day}00.html</loc><lastmod>2026-03-{day}</lastmod></url>"
        for day in (10, 11, 12, 13)
    )
    server.xml("/sitemap-2026-3.xml", f"<urlset>{entries}</urlset>")
    server.html("/t-1100.html")
    batch = discover_sitemap_range(
        portal,
        date(2026, 3, 11),
        date(2026, 3, 12),
        landing=room.landing,
        http_cache=room.http_cache,
        started_at=STARTED,
        options=room.options,
    )
    assert [row["url"][-12:] for row in room.rows(batch, "discovered.jsonl")] == [
        "/t-1100.html",
        "/t-1200.html",
    ]
    assert "/sitemap-2026-2.xml" not in server.paths()
    assert fetch_open_batches(
        Registry(Path("portals.yml"), (portal,)),
        landing=room.landing,
        data_dir=room.data_dir,
        http_cache=room.http_cache,
        options=room.options,
    ) == [BATCH]
    assert {line["outcome"] for line in room.rows(batch, "fetched.jsonl")} == {"fetched", "failed"}


@pytest.mark.parametrize(
    ("sitemaps", "end", "says"),
    [([], date(2026, 3, 12), "has no sitemaps"), (["/s.xml"], date(2026, 3, 1), "ends .* before it starts")],
)
def test_a_range_that_cannot_serve_is_refused(
    room: Any, make_portal: Callable[..., Portal], sitemaps: list[str], end: date, says: str
) -> None:
    with pytest.raises(BackfillError, match=says):
        discover_sitemap_range(
            make_portal(ORIGIN, sitemaps=sitemaps),
            date(2026, 3, 11),
            end,
            landing=room.landing,
            http_cache=room.http_cache,
            started_at=STARTED,
        )

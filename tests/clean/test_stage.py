"""The stage: WARC records to cleaned.parquet, whatever the pages hold."""

from __future__ import annotations

import io
import json
import time
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from include.clean import stage
from include.clean.article import CleanedArticle
from include.clean.rows import content_digest
from include.clean.stage import BrokenBatchError, clean_open_batches, read_fetched
from include.landing import CLEANED_SCHEMA, FetchedUrl
from include.portals.identity import article_id_of
from include.portals.portal import Portal
from tests.clean.samples import BODY, TITLE, html_of

FETCHED_AT = "2026-11-24T02:00:05+00:00"


def fetched(number: int, **changes: object) -> FetchedUrl:
    values: dict[str, object] = {
        "source_id": "bao-vung-cao",
        "url": f"https://vd.test/{number}",
        "article_id": f"id{number}",
        "outcome": "fetched",
        "reason": None,
        "detail": None,
        "http_status": 200,
        "fetched_at": FETCHED_AT,
        "byte_count": 1,
        "final_url": None,
        "content_type": "text/html; charset=utf-8",
        "warc_file": "landing/b1/warc/a.warc.gz",
        "warc_offset": 0,
    }
    return FetchedUrl(**{**values, **changes})  # type: ignore[arg-type]


@pytest.fixture
def batch(tmp_path: Path) -> Path:
    folder = tmp_path / "landing" / "b1"
    (folder / "warc").mkdir(parents=True)
    return folder


def fill(folder: Path, pages: list[bytes | FetchedUrl]) -> None:
    """Archive the pages and write fetched.jsonl; ready-made lines are taken as they are."""
    rows = []
    with (folder / "warc" / "a.warc.gz").open("wb") as stream:
        writer = WARCWriter(stream, gzip=True)
        for number, content in enumerate(pages):
            if isinstance(content, FetchedUrl):
                rows.append(content)
                continue
            rows.append(fetched(number, warc_offset=stream.tell(), byte_count=len(content)))
            headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
            record = writer.create_warc_record(
                f"https://vd.test/{number}", "response", payload=io.BytesIO(content), http_headers=headers
            )
            writer.write_record(record)
    (folder / "fetched.jsonl").write_text("".join(json.dumps(asdict(row)) + "\n" for row in rows))
    (folder / "fetched.done").touch()


def portal(**changes: object) -> Portal:
    entry = {"id": "bao-vung-cao", "name": "Báo Vùng Cao", "base_url": "https://vd.test", "urls": ["/0"]}
    return Portal.model_validate(entry | changes)


def clean(folder: Path, of: Portal | None = None) -> list[str]:
    portals = {"bao-vung-cao": of or portal()}
    root = folder.parent.parent
    return clean_open_batches(landing=folder.parent, data_dir=root, portals=portals, workers=2)


def rows_of(folder: Path) -> list[dict[str, object]]:
    return pq.read_table(folder / "cleaned.parquet").to_pylist()


def test_one_row_a_line_in_order_whatever_the_pages_hold(batch: Path) -> None:
    failed = fetched(
        1, outcome="failed", reason="http_404", http_status=404, warc_file=None, warc_offset=None
    )
    lost = fetched(4, warc_file="landing/b1/warc/gone.warc.gz")
    fill(batch, [html_of("epi").encode(), failed, b"%PDF-1.7", b"<html><body>404</body></html>", lost])

    assert clean(batch) == ["b1"]

    table = pq.read_table(batch / "cleaned.parquet")
    assert table.schema.equals(CLEANED_SCHEMA)
    rows = table.to_pylist()
    assert [(row["article_id"], row["outcome"], row["reason"]) for row in rows] == [
        (article_id_of("https://vd.test/0"), "cleaned", None),
        ("id1", "failed", "http_404"),
        ("id2", "quarantined", "not_html_pdf"),
        ("id3", "empty", "no_story"),
        ("id4", "quarantined", "archive_unreadable"),
    ]
    story = rows[0]
    assert (story["title"], story["body"], story["family"]) == (TITLE, BODY, "epi")
    assert story["published_on"] == date(2024, 5, 3)
    assert story["published_at"] == datetime(2024, 5, 3, 9, 42, 10, tzinfo=UTC)
    assert story["fetched_at"] == datetime.fromisoformat(FETCHED_AT)
    assert len(story["content_sha256"]) == len(story["body_sha256"]) == 64
    assert all(row["body"] is None for row in rows[1:])


def test_cleaned_batch_is_left_alone_and_open_fetch_too(batch: Path) -> None:
    fill(batch, [html_of("epi").encode()])
    clean(batch)
    before = (batch / "cleaned.parquet").stat()
    other = batch.parent / "b2"
    other.mkdir()
    (other / "fetched.jsonl").touch()

    assert clean(batch) == []
    assert (batch / "cleaned.parquet").stat() == before
    assert not (other / "cleaned.parquet").exists()


def test_batch_without_pages_gets_an_empty_file(batch: Path) -> None:
    fill(batch, [])
    assert clean(batch) == ["b1"]
    assert rows_of(batch) == []


def test_declared_family_reaches_the_page(batch: Path) -> None:
    fill(batch, [html_of("oldpaper").encode()])
    clean(batch, portal(family="generic"))
    assert rows_of(batch)[0]["family"] == "generic"


@pytest.mark.parametrize(("until", "family"), [("2026-11-24", "generic"), ("2026-11-23", "oldpaper")])
def test_a_page_is_read_by_the_family_of_the_day_it_was_captured(
    batch: Path, until: str, family: str
) -> None:
    fill(batch, [html_of("oldpaper").encode()])
    clean(batch, portal(family="oldpaper", former_families=[{"family": "generic", "until": until}]))
    assert rows_of(batch)[0]["family"] == family


def test_the_day_of_a_capture_is_vietnams(batch: Path) -> None:
    fill(batch, [html_of("oldpaper").encode()])
    line = json.loads((batch / "fetched.jsonl").read_text()) | {"fetched_at": "2026-11-23T19:00:05+00:00"}
    (batch / "fetched.jsonl").write_text(json.dumps(line) + "\n")
    former = [{"family": "generic", "until": "2026-11-23"}]
    clean(batch, portal(family="oldpaper", former_families=former))
    assert rows_of(batch)[0]["family"] == "oldpaper"


def test_the_page_says_which_article_it_is_and_two_addresses_of_it_are_one(batch: Path) -> None:
    said = '<head><link rel="canonical" href="http://www.vd.test/vu-che-xuan-post40123.html">'
    story = html_of("epi").replace("<head>", said)
    short, full = "https://vd.test/post-40123.html", "https://vd.test/vu-che-xuan-post40123.html"
    fill(batch, [story.encode(), story.encode()])
    lines = [
        json.loads(line) | {"url": url}
        for line, url in zip((batch / "fetched.jsonl").read_text().splitlines(), (short, full), strict=True)
    ]
    (batch / "fetched.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    clean(batch)
    rows = rows_of(batch)
    assert [row["url"] for row in rows] == [short, full]
    assert {(row["article_url"], row["article_id"]) for row in rows} == {(full, article_id_of(full))}


def test_a_file_of_an_earlier_version_is_made_again_unless_it_has_landed(batch: Path) -> None:
    fill(batch, [html_of("epi").encode()])
    clean(batch)
    earlier = pq.read_table(batch / "cleaned.parquet").drop(["article_url"])
    pq.write_table(earlier, batch / "cleaned.parquet")
    (batch / "landed").touch()
    assert clean(batch) == []
    (batch / "landed").unlink()
    assert clean(batch) == ["b1"]
    assert rows_of(batch)[0]["article_url"] == "https://vd.test/0"


def test_interrupted_write_leaves_the_batch_open(batch: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(batch, [html_of("epi").encode()])

    def fail(*_: object) -> None:
        raise OSError("disk full")

    with monkeypatch.context() as patched:
        patched.setattr(stage.os, "fsync", fail)
        with pytest.raises(OSError, match="disk full"):
            clean(batch)
    assert not (batch / "cleaned.parquet").exists()
    assert clean(batch) == ["b1"]
    assert rows_of(batch)[0]["outcome"] == "cleaned"


def sleeping_rows(pages: pa.RecordBatch) -> pa.RecordBatch:
    """Stands in for the cleaner: a page whose URL ends in 1 never comes back."""
    if any(url.endswith("1") for url in pages.column("url").to_pylist()):
        time.sleep(60)
    return stage.clean_rows(pages)


def greedy_rows(pages: pa.RecordBatch) -> pa.RecordBatch:
    """Stands in for the cleaner: a page whose URL ends in 1 asks for all memory."""
    if any(url.endswith("1") for url in pages.column("url").to_pylist()):
        bytearray(stage.WORKER_BYTES * 2)
    return stage.clean_rows(pages)


@pytest.mark.parametrize(
    ("cleaner", "reason"), [(sleeping_rows, "worker_timeout"), (greedy_rows, "worker_out_of_memory")]
)
def test_page_that_breaks_its_worker_is_the_only_one_lost(
    batch: Path, monkeypatch: pytest.MonkeyPatch, cleaner: object, reason: str
) -> None:
    fill(batch, [html_of(name).encode() for name in ("epi", "vhv", "oldpaper")])
    monkeypatch.setattr(stage, "clean_rows", cleaner)
    monkeypatch.setattr(stage, "SECONDS_PER_PARCEL", 4.0)
    monkeypatch.setattr(stage, "SECONDS_PER_PAGE", 4.0)

    clean(batch)

    assert [(row["outcome"], row["reason"]) for row in rows_of(batch)] == [
        ("cleaned", None),
        ("quarantined", reason),
        ("cleaned", None),
    ]


def test_torn_last_line_is_ignored_and_a_broken_one_before_it_is_not(batch: Path) -> None:
    path = batch / "fetched.jsonl"
    line = json.dumps(asdict(fetched(0))) + "\n"
    path.write_text(line + '{"source_id": "bao-')
    assert [row.article_id for row in read_fetched(path)] == ["id0"]
    path.write_text("{torn\n" + line)
    with pytest.raises(BrokenBatchError, match="line 1"):
        read_fetched(path)


def test_digest_changes_with_each_part_and_with_nothing_else() -> None:
    article = CleanedArticle(TITLE, "Vân Lam", BODY, date(2024, 5, 3), None, "page", "epi")
    same = CleanedArticle(TITLE, "Vân Lam", BODY, date(2024, 5, 3), None, "metadata", "generic")
    others = [
        CleanedArticle(None, "Vân Lam", BODY, date(2024, 5, 3), None, "page", "epi"),
        CleanedArticle(TITLE, None, BODY, date(2024, 5, 3), None, "page", "epi"),
        CleanedArticle(TITLE, "Vân Lam", BODY + ".", date(2024, 5, 3), None, "page", "epi"),
        CleanedArticle(TITLE, "Vân Lam", BODY, date(2024, 5, 4), None, "page", "epi"),
        CleanedArticle(TITLE + "Vân", " Lam", BODY, date(2024, 5, 3), None, "page", "epi"),
    ]
    assert content_digest(article) == content_digest(same)
    assert len({content_digest(each) for each in (article, *others)}) == len(others) + 1

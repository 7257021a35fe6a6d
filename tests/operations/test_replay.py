"""Archived pages cleaned again: opened, cleaned and landed as the DAG does it, without any network."""

from __future__ import annotations

import io
import socket
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

import include.clean.rows
import include.clean.stage
from include.clean.article import CleanedArticle, NoArticle
from include.operations import stages
from include.settings import Settings
from include.warehouse.database import open_warehouse
from include.warehouse.frontier import read_frontier

ORIGIN = "https://baosuoitra.example"
NAMES = ("che-1.html", "duong-2.html", "anh-3.html", "van-ban-4.html")
Rule = Callable[[bytes], CleanedArticle | NoArticle]


def article(body: str) -> CleanedArticle:
    return CleanedArticle("Chè búp tươi", None, body, None, None, "unknown", "generic")


def old_rule(content: bytes) -> CleanedArticle | NoArticle:
    """Breaks on the road's page and finds nothing on the picture's."""
    if b"duong" in content:
        return NoArticle("quarantined", "worker_died")
    if b"anh" in content:
        return NoArticle("empty", "no_story")
    return article(content.decode().removesuffix("</p>").rpartition("<p>")[2])


def mended_rule(content: bytes) -> CleanedArticle | NoArticle:
    return article(content.decode().removesuffix("</p>").rpartition("<p>")[2])


def changed_rule(content: bytes) -> CleanedArticle | NoArticle:
    return article("Bảng | " + content.decode().removesuffix("</p>").rpartition("<p>")[2])


@pytest.fixture
def use_rule(monkeypatch: pytest.MonkeyPatch) -> Callable[[Rule], None]:
    """Cleaning in this process, where a test may put its own rule in the place of ours."""

    def in_process(function: Callable[[Any], Any], batches: Iterable[Any], **limits: Any) -> Iterator[Any]:
        return (function(batch) for batch in batches)

    monkeypatch.setattr(include.clean.stage, "map_batches", in_process)

    def use(rule: Rule) -> None:
        monkeypatch.setattr(include.clean.rows, "clean_page", lambda content, **told: rule(content))

    return use


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> None:
        raise AssertionError("a replay asked the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.fixture
def settings(tmp_path: Path, use_rule: Callable[[Rule], None], no_network: None) -> Settings:
    """A folder in which one backfill landed four pages by the old rule; the last is a PDF."""
    registry = tmp_path / "portals.yml"
    registry.write_text(
        f"portals:\n  - id: baosuoitra\n    name: Báo Suối Trà\n    base_url: {ORIGIN}\n    urls: [/]\n",
        encoding="utf-8",
    )
    found = Settings(data_dir=tmp_path / "data", registry=registry, workers=1)
    archive = tmp_path / "old.warc"
    with archive.open("wb") as stream:
        writer = WARCWriter(stream, gzip=False)
        for name in NAMES:
            write_page(writer, name)
    use_rule(old_rule)
    stages.backfill(found, None, warc=archive)
    clean_and_land(found)
    return found


def write_page(writer: WARCWriter, name: str) -> None:
    start = "%PDF-1.7" if name.startswith("van") else "<html>"
    body = f"{start}<p>Bài {name}</p>".encode()
    record = writer.create_warc_record(
        f"{ORIGIN}/{name}",
        "response",
        payload=io.BytesIO(body),
        length=len(body),
        http_headers=StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1"),
        warc_headers_dict={"WARC-Date": "2026-03-01T08:00:00Z"},
    )
    writer.write_record(record)


def clean_and_land(settings: Settings) -> None:
    stages.clean(settings)
    stages.land(settings)


def replay(settings: Settings, *outcomes: str, articles: bool = False) -> list[str]:
    opened = stages.replay(settings, outcomes or ["quarantined"], articles=articles)
    clean_and_land(settings)
    return opened


def rows(settings: Settings, query: str) -> list[tuple[Any, ...]]:
    with open_warehouse(settings.warehouse, read_only=True) as connection:
        return connection.execute(query).fetchall()


def outcomes_of(settings: Settings, batch_id: str) -> dict[str, tuple[str, str | None]]:
    found = rows(
        settings, f"select url, outcome, reason from raw.article_outcomes where batch_id = '{batch_id}'"
    )
    ((discovered,),) = rows(settings, f"select discovered from raw.batches where batch_id = '{batch_id}'")
    assert discovered == len(found)
    return {url.rpartition("/")[2]: (outcome, reason) for url, outcome, reason in found}


def versions(settings: Settings) -> list[tuple[Any, ...]]:
    return rows(
        settings,
        "select url[28:], version_no, body, strftime(fetched_at, '%Y-%m-%d %H:%M') from raw.article_versions"
        " order by url, version_no",
    )


def test_what_stays_quarantined_keeps_its_reason_however_often(settings: Settings) -> None:
    before, visits = versions(settings), read_frontier(settings.warehouse)
    for _ in range(2):
        (batch_id,) = replay(settings)
        assert batch_id.startswith("replay-")
        assert outcomes_of(settings, batch_id) == {
            "duong-2.html": ("quarantined", "worker_died"),
            "van-ban-4.html": ("quarantined", "not_html"),
        }
    assert versions(settings) == before
    assert read_frontier(settings.warehouse) == visits
    assert not list(settings.landing.glob("replay-*/warc"))
    assert rows(settings, "select distinct batch_kind from raw.batches where batch_id like 'replay%'") == [
        ("replay",)
    ]


def test_a_mended_page_becomes_a_version_with_the_time_of_its_capture(
    settings: Settings, use_rule: Callable[[Rule], None]
) -> None:
    use_rule(mended_rule)
    (batch_id,) = replay(settings)
    assert outcomes_of(settings, batch_id)["duong-2.html"] == ("loaded", None)
    assert ("duong-2.html", 1, "Bài duong-2.html", "2026-03-01 08:00") in versions(settings)
    (again,) = replay(settings)
    assert set(outcomes_of(settings, again)) == {"van-ban-4.html"}
    (emptied,) = replay(settings, "empty", "quarantined")
    assert outcomes_of(settings, emptied)["anh-3.html"] == ("loaded", None)


def test_a_changed_rule_gives_new_versions_only_where_the_text_differs(
    settings: Settings, use_rule: Callable[[Rule], None]
) -> None:
    before = versions(settings)
    articles, _left_out = replay(settings, "quarantined", "empty", articles=True)
    assert outcomes_of(settings, articles) == {"che-1.html": ("unchanged", None)}
    assert versions(settings) == before
    use_rule(changed_rule)
    articles, left_out = replay(settings, "quarantined", "empty", articles=True)
    assert outcomes_of(settings, articles) == {"che-1.html": ("loaded", "rule_changed")}
    assert outcomes_of(settings, left_out)["anh-3.html"] == ("loaded", None)
    assert versions(settings)[1:3] == [
        ("che-1.html", 1, "Bài che-1.html", "2026-03-01 08:00"),
        ("che-1.html", 2, "Bảng | Bài che-1.html", "2026-03-01 08:00"),
    ]
    use_rule(mended_rule)
    articles, _left_out = replay(settings, "quarantined", articles=True)
    assert outcomes_of(settings, articles)["che-1.html"] == ("loaded", "rule_changed")
    assert ("che-1.html", 3, "Bài che-1.html", "2026-03-01 08:00") in versions(settings)


def test_a_replay_that_was_stopped_is_taken_up_and_not_opened_again(
    settings: Settings, use_rule: Callable[[Rule], None]
) -> None:
    (opened,) = stages.replay(settings, ["quarantined"], articles=False)
    assert (settings.landing / opened / "fetched.done").exists()
    use_rule(mended_rule)
    assert replay(settings) == []
    assert outcomes_of(settings, opened)["duong-2.html"] == ("loaded", None)


def test_a_replay_cleaned_by_the_old_rule_and_not_landed_does_not_hide_the_mended_one(
    settings: Settings, use_rule: Callable[[Rule], None]
) -> None:
    (stale,) = stages.replay(settings, ["quarantined"], articles=False)
    stages.clean(settings)
    use_rule(mended_rule)
    (fresh,) = replay(settings)
    assert outcomes_of(settings, stale)["duong-2.html"] == ("quarantined", "worker_died")
    assert outcomes_of(settings, fresh)["duong-2.html"] == ("loaded", None)


def test_portals_and_files_that_are_gone_are_left_out(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    others = settings.registry.with_name("others.yml")
    others.write_text(
        "portals:\n  - id: khac\n    name: Báo Khác\n    base_url: https://khac.example\n    urls: [/]\n",
        encoding="utf-8",
    )
    elsewhere = Settings(data_dir=settings.data_dir, registry=others, workers=1)
    assert replay(elsewhere, "quarantined", "empty") == []
    assert "3 of a portal that the registry does not have" in caplog.text
    (file,) = settings.landing.glob("backfill-*/warc/*.warc.gz")
    file.unlink()
    assert replay(settings, articles=True) == []
    assert "1 whose archive file is gone" in caplog.text
    assert "2 whose archive file is gone" in caplog.text


def test_outcomes_that_no_rule_can_mend_are_refused(settings: Settings) -> None:
    with pytest.raises(ValueError, match="only quarantined, empty, blocked"):
        stages.replay(settings, ["failed"], articles=False)

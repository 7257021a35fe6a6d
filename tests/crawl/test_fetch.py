"""Fetching: one line a URL, whatever happens; bytes on disk; hosts treated politely."""

from __future__ import annotations

import gzip
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator

from include.crawl.batch_files import locked
from include.crawl.fetch import REFUSALS_BEFORE_GIVING_UP, SILENCES_BEFORE_GIVING_UP
from include.portals.portal import Portal
from tests.crawl.conftest import BATCH, Crawl

GZIPPED: dict[str, Any] = {"headers": {"Content-Encoding": "gzip"}}
STORY = "<html><body><h1>Vụ chè xuân</h1><p>Sản lượng chè búp tươi tăng.</p></body></html>"


def record_at(data_dir: Path, line: dict[str, Any]) -> Any:
    with (data_dir / line["warc_file"]).open("rb") as stream:
        stream.seek(line["warc_offset"])
        record = next(iter(ArchiveIterator(stream)))
        return record, record.content_stream().read()


@pytest.mark.parametrize(
    ("answer", "outcome", "reason"),
    [
        ({"body": STORY.encode()}, "fetched", None),
        ({"body": b""}, "fetched", None),
        ({"body": STORY.encode(), "headers": {"Content-Type": ""}}, "fetched", None),
        ({"status": 404}, "failed", "http_404"),
        ({"status": 410}, "failed", "http_410"),
        ({"status": 206, "body": STORY.encode()[:60]}, "failed", "http_206"),
        ({"status": 500}, "failed", "http_500"),
        ({"status": 401}, "blocked", "http_401"),
        ({"status": 403}, "blocked", "http_403"),
        ({"status": 429}, "blocked", "http_429"),
        ({"status": 451}, "blocked", "http_451"),
        ({"status": 302, "headers": {"Location": "/"}}, "failed", "redirect_to_front_page"),
        ({"status": 302, "headers": {"Location": "/404.html"}}, "failed", "redirect_to_error_page"),
        ({"status": 302, "headers": {"Location": "/bai-101.html"}}, "failed", "redirect_loop"),
        ({"status": 302, "headers": {"Location": "/kin/a"}}, "not_allowed", "robots_disallowed"),
        ({"body": b"%PDF-1.7", "headers": {"Content-Type": "application/pdf"}}, "quarantined", "not_html"),
        ({"body": b"%PDF-1.7 ..."}, "quarantined", "not_html"),
        ({"body": b'{"a": 1}', "headers": {"Content-Type": "application/json"}}, "quarantined", "not_html"),
        ({"body": b"chi la chu", "headers": {"Content-Type": "text/plain"}}, "quarantined", "not_html"),
        (GZIPPED | {"body": b"zz"}, "quarantined", "bad_encoding"),
        ({"headers": {"Content-Length": "52428800"}}, "quarantined", "too_large"),
        (GZIPPED | {"body": gzip.compress(bytes(50 * 2**20))}, "quarantined", "too_large"),
        (GZIPPED | {"body": gzip.compress(bytes(2**20))}, "quarantined", "compression_ratio"),
    ],
)  # fmt: skip
def test_each_way_a_page_may_answer_has_its_outcome(
    server: Any,
    crawl: Crawl,
    make_portal: Callable[..., Portal],
    answer: dict[str, Any],
    outcome: str,
    reason: str | None,
) -> None:
    server.put("/robots.txt", b"User-agent: *\nDisallow: /kin/")
    server.put("/bai-101.html", **answer)
    server.html("/bai-102.html", STORY)
    server.html("/", STORY)
    server.html("/404.html", STORY)
    lines = crawl.run(make_portal(server.origin, urls=["/bai-101.html", "/bai-102.html"]))
    assert (lines["bai-101.html"]["outcome"], lines["bai-101.html"]["reason"]) == (outcome, reason)
    assert lines["bai-102.html"]["outcome"] == "fetched"


WHOLE_PAGE = STORY.encode() + b"\n<!-- 12 ms -->"
HALF_PAGE = STORY.encode()[:40]


def unframed(body: bytes) -> Callable[[Any], None]:
    """An answer that lasts until the connection closes."""
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    return lambda handler: handler.wfile.write(head + body)


def packed(body: bytes) -> Callable[[Any], None]:
    """An answer that says it is under gzip."""
    head = f"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {len(body)}\r\n\r\n"
    return lambda handler: handler.wfile.write(head.encode() + body)


def miscounted(body: bytes) -> Callable[[Any], None]:
    """An answer whose length is too short by ten bytes."""
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {len(body) - 10}\r\n\r\n"
    return lambda handler: handler.wfile.write(head.encode() + body)


@pytest.mark.parametrize(
    ("write", "tries", "outcome", "reason"),
    [
        (unframed(WHOLE_PAGE), 1, "fetched", None),
        (unframed(WHOLE_PAGE.decode().encode("utf-16")), 1, "fetched", None),
        (unframed(b"%PDF-1.7"), 1, "quarantined", "not_html"),
        (unframed(HALF_PAGE), 3, "failed", "cut_short"),
        (unframed(b""), 3, "failed", "cut_short"),
        (packed(gzip.compress(WHOLE_PAGE)[:-9]), 3, "quarantined", "bad_encoding"),
        (packed(WHOLE_PAGE), 1, "quarantined", "bad_encoding"),
        (miscounted(STORY.encode()), 3, "failed", "cut_short"),
        (miscounted(WHOLE_PAGE + b"\n\n\n"), 1, "fetched", None),
    ],
)
def test_a_page_that_may_stop_before_its_end_is_no_page(
    server: Any,
    crawl: Crawl,
    make_portal: Callable[..., Portal],
    write: Callable[[Any], None],
    tries: int,
    outcome: str,
    reason: str | None,
) -> None:
    server.put("/bai-101.html", raw=write)
    line = crawl.run(make_portal(server.origin, urls=["/bai-101.html"]))["bai-101.html"]
    assert (line["outcome"], line["reason"]) == (outcome, reason)
    assert server.paths().count("/bai-101.html") == tries


def test_a_page_without_its_last_tag_is_whole_where_its_length_says_so(
    server: Any, crawl: Crawl, make_portal: Callable[..., Portal]
) -> None:
    server.html("/bai-101.html", STORY.removesuffix("</body></html>"))
    assert crawl.run(make_portal(server.origin, urls=["/bai-101.html"]))["bai-101.html"]["reason"] is None


def test_bytes_are_archived_as_they_came_with_their_headers(
    server: Any, crawl: Crawl, room: Any, make_portal: Callable[..., Portal]
) -> None:
    packed = gzip.compress(STORY.encode())
    server.put("/bai-101.html", packed, {"Content-Encoding": "gzip", "X-Powered-By": "Chè"})
    server.html("/bai-102.html", STORY.replace("xuân", "thu"))
    lines = crawl.run(make_portal(server.origin, urls=["/bai-101.html", "/bai-102.html"]))
    line = lines["bai-101.html"]
    assert line["warc_file"] == f"landing/{BATCH}/warc/baosuoitra-001.warc.gz"
    assert (line["http_status"], line["byte_count"]) == (200, len(STORY.encode()))
    assert line["content_type"] == "text/html; charset=utf-8"
    record, body = record_at(room.data_dir, line)
    assert body == STORY.encode()
    assert record.http_headers.get_header("Content-Encoding") == "gzip"
    assert record.rec_headers.get_header("WARC-Date") == line["fetched_at"].replace("+00:00", "Z")
    assert record.rec_headers.get_header("WARC-Target-URI") == server.origin + "/bai-101.html"
    assert b"thu" in record_at(room.data_dir, lines["bai-102.html"])[1]


def test_a_page_sent_in_chunks_is_archived_without_the_chunks(
    server: Any, crawl: Crawl, room: Any, make_portal: Callable[..., Portal]
) -> None:
    def in_chunks(handler: Any) -> None:
        for piece in (STORY.encode()[:7], STORY.encode()[7:], b""):
            handler.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))

    server.put("/bai-101.html", headers={"Transfer-Encoding": "chunked"}, write=in_chunks)
    line = crawl.run(make_portal(server.origin, urls=["/bai-101.html"]))["bai-101.html"]
    record, body = record_at(room.data_dir, line)
    assert body == STORY.encode()
    assert record.http_headers.get_header("Transfer-Encoding") is None


def test_what_robots_forbids_is_an_outcome_and_never_asked_for(
    server: Any, crawl: Crawl, make_portal: Callable[..., Portal]
) -> None:
    server.put("/robots.txt", b"User-agent: *\nDisallow: /kin/")
    lines = crawl.run(make_portal(server.origin, urls=["/kin/a", "/b"]))
    assert (lines["kin/a"]["outcome"], lines["kin/a"]["reason"]) == ("not_allowed", "robots_disallowed")
    assert lines["kin/a"]["fetched_at"] is None
    assert "/kin/a" not in server.paths()


def test_robots_503_at_the_fetch_forbids_all(
    server: Any, crawl: Crawl, make_portal: Callable[..., Portal]
) -> None:
    portal = make_portal(server.origin)
    crawl.open(portal)
    server.put("/robots.txt", status=503)
    crawl.fetch(portal)
    line = crawl.lines()["tin-dau-tien-101.html"]
    assert (line["outcome"], line["reason"]) == ("not_allowed", "robots_unreachable")
    assert line["detail"] == "robots.txt: http_503"


def test_a_portal_that_left_the_registry_ends_its_urls(
    server: Any, second_server: Any, crawl: Crawl, make_portal: Callable[..., Portal]
) -> None:
    stays, leaves = (
        make_portal(server.origin, "o-lai"),
        make_portal(second_server.origin, "di", urls=["/x-101.html"]),
    )
    crawl.open(stays, leaves)
    crawl.fetch(stays)
    line = crawl.lines()["x-101.html"]
    assert (line["outcome"], line["reason"]) == ("failed", "portal_not_in_registry")


def test_a_killed_fetch_goes_on_where_it_stopped(
    server: Any, crawl: Crawl, room: Any, make_portal: Callable[..., Portal]
) -> None:
    names = [f"/bai-{number}.html" for number in (101, 102, 103)]
    for name in names:
        server.html(name, STORY + name)
    portal = make_portal(server.origin, urls=names)
    crawl.run(portal)
    batch = room.landing / BATCH
    whole = (batch / "fetched.jsonl").read_bytes().splitlines(keepends=True)
    (batch / "fetched.done").unlink()
    (batch / "fetched.jsonl").write_bytes(whole[0] + whole[1][:40])
    segment = batch / "warc" / "baosuoitra-001.warc.gz"
    segment.write_bytes(segment.read_bytes()[:-20])
    server.asked.clear()

    assert crawl.fetch(portal) == [BATCH]
    lines = crawl.lines()
    assert server.paths() == ["/robots.txt", *names[1:]]
    assert (batch / "fetched.jsonl").read_bytes().startswith(whole[0])
    assert {line["warc_file"][-15:] for line in lines.values()} == {"tra-001.warc.gz", "tra-002.warc.gz"}
    for name in names:
        assert record_at(room.data_dir, lines[name[1:]])[1] == (STORY + name).encode()
    assert crawl.fetch(portal) == []


def test_a_batch_that_another_process_fetches_is_left_to_it(
    server: Any, crawl: Crawl, room: Any, make_portal: Callable[..., Portal]
) -> None:
    portal = make_portal(server.origin)
    crawl.open(portal)
    with locked(room.landing / BATCH) as mine:
        assert mine
        assert crawl.fetch(portal) == []
    assert crawl.fetch(portal) == [BATCH]


def test_a_full_disk_is_no_outcome_of_a_page(
    server: Any, crawl: Crawl, room: Any, make_portal: Callable[..., Portal], monkeypatch: pytest.MonkeyPatch
) -> None:
    server.html("/bai-101.html", STORY)
    portal = make_portal(server.origin, urls=["/bai-101.html"])
    crawl.open(portal)

    def disk_full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("include.crawl.archive.BatchArchive.write", disk_full)
        with pytest.raises(OSError, match="No space left"):
            crawl.fetch(portal)
    assert not (room.landing / BATCH / "fetched.done").exists()
    assert crawl.fetch(portal) == [BATCH]
    assert crawl.lines()["bai-101.html"]["outcome"] == "fetched"


def test_a_fault_that_a_page_provokes_in_the_crawler_is_that_pages_outcome(
    server: Any, crawl: Crawl, make_portal: Callable[..., Portal], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any) -> None:
        raise RecursionError("too deep")

    monkeypatch.setattr("include.crawl.attempt.judge_answer", broken)
    server.html("/tin-dau-tien-101.html", STORY)
    line = crawl.run(make_portal(server.origin))["tin-dau-tien-101.html"]
    assert (line["outcome"], line["reason"]) == ("failed", "crawler_error")
    assert "RecursionError" in line["detail"]


def failing(times: int, status: int, **headers: str) -> Callable[[Any], Any]:
    """An answer that fails so many times and is well after that."""
    from types import SimpleNamespace

    left = [times]

    def answer(_: Any) -> Any:
        left[0] -= 1
        if left[0] >= 0:
            return SimpleNamespace(body=b"", status=status, headers=headers, write=None, raw=None)
        return SimpleNamespace(body=STORY.encode(), status=200, headers={}, write=None, raw=None)

    return answer


@pytest.mark.parametrize(
    ("answer", "outcome", "asked"),
    [
        (failing(2, 503), "fetched", 3),
        (failing(3, 503), "failed", 3),
        (failing(1, 429), "blocked", 1),
        (failing(1, 429, **{"Retry-After": "30"}), "fetched", 2),
        (failing(1, 503, **{"Retry-After": "Sat, 11 Jul 2026 19:01:00 GMT"}), "fetched", 2),
        (failing(1, 503, **{"Retry-After": "3600"}), "failed", 1),
        (failing(1, 503, **{"Retry-After": "9" * 400}), "failed", 1),
        (failing(1, 503, **{"Retry-After": "Sat, 11 Jul 2026 18:00:00 GMT"}), "fetched", 2),
        (failing(1, 503, **{"Retry-After": "Sat, 11 Jul 99999999999999999999 19:01:00 GMT"}), "fetched", 2),
        (failing(1, 503, **{"Retry-After": "-5"}), "fetched", 2),
        (failing(1, 503, **{"Retry-After": "soon"}), "fetched", 2),
        (failing(1, 429, **{"Retry-After": "\u00b2"}), "blocked", 1),
        (failing(1, 404), "failed", 1),
    ],
)
def test_asking_again_where_it_helps(
    server: Any, crawl: Crawl, make_portal: Callable[..., Portal], answer: Any, outcome: str, asked: int
) -> None:
    server.pages["/bai-101.html"] = answer
    lines = crawl.run(make_portal(server.origin, urls=["/bai-101.html"]))
    assert lines["bai-101.html"]["outcome"] == outcome
    assert server.paths().count("/bai-101.html") == asked


def test_retry_after_is_waited_for(
    server: Any, crawl: Crawl, room: Any, make_portal: Callable[..., Portal]
) -> None:
    server.pages["/bai-101.html"] = failing(1, 429, **{"Retry-After": "30"})
    crawl.run(make_portal(server.origin, urls=["/bai-101.html"]))
    assert room.time.slept == [30]


def test_a_host_that_asks_for_more_than_a_night_gives_is_left_alone(
    server: Any, crawl: Crawl, make_portal: Callable[..., Portal]
) -> None:
    server.put("/bai-101.html", headers={"Retry-After": "86400"}, status=429)
    lines = crawl.run(make_portal(server.origin, urls=["/bai-101.html", "/bai-102.html"]))
    assert lines["bai-101.html"]["reason"] == "http_429"
    assert (lines["bai-102.html"]["outcome"], lines["bai-102.html"]["reason"]) == (
        "blocked",
        "host_asks_to_wait",
    )
    assert "/bai-102.html" not in server.paths()


@pytest.mark.parametrize(("status", "outcome", "tries"), [(429, "blocked", 1), (503, "failed", 3)])
def test_a_host_that_cannot_cope_is_left_alone_after_some_pages(
    server: Any, crawl: Crawl, make_portal: Callable[..., Portal], status: int, outcome: str, tries: int
) -> None:
    names = [f"/bai-{number}.html" for number in range(101, 110)]
    for name in names:
        server.put(name, status=status)
    server.html(names[0], STORY)
    server.put(names[2], status=404)
    lines = crawl.run(make_portal(server.origin, urls=names))
    told = [(lines[name[1:]]["outcome"], lines[name[1:]]["reason"]) for name in names]
    refused = (outcome, f"http_{status}")
    assert told == [
        ("fetched", None),
        refused,
        ("failed", "http_404"),
        *[refused] * REFUSALS_BEFORE_GIVING_UP,
        ("blocked", "host_overloaded"),
    ]
    assert server.paths().count(names[-2]) == tries
    assert names[-1] not in server.paths()


def test_a_host_that_stays_silent_is_given_up(
    server: Any, crawl: Crawl, make_portal: Callable[..., Portal]
) -> None:
    names = [f"/bai-{100 + number}.html" for number in range(SILENCES_BEFORE_GIVING_UP + 3)]
    for name in names:
        server.put(name, raw=lambda handler: None)
    lines = crawl.run(make_portal(server.origin, urls=names))
    reasons = Counter(line["reason"] for line in lines.values())
    assert reasons == {"connection_broken": SILENCES_BEFORE_GIVING_UP, "host_silent": 3}


def test_two_hosts_are_fetched_side_by_side_and_both_are_counted(
    server: Any, second_server: Any, crawl: Crawl, make_portal: Callable[..., Portal]
) -> None:
    for portal_server, name in ((server, "/bai-101.html"), (second_server, "/bai-102.html")):
        portal_server.html(name, STORY)
    lines = crawl.run(
        make_portal(server.origin, "mot", urls=["/bai-101.html", "/thieu-103.html"]),
        make_portal(second_server.origin, "hai", urls=["/bai-102.html"]),
    )
    assert Counter(line["outcome"] for line in lines.values()) == {"fetched": 2, "failed": 1}


def test_an_empty_batch_is_through_at_once(
    crawl: Crawl, server: Any, make_portal: Callable[..., Portal]
) -> None:
    portal = make_portal(server.origin, feeds=["/rss"], urls=[])
    server.feed("/rss")
    assert crawl.run(portal) == {}

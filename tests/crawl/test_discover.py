"""Discovery: every document answered for, every URL once, no portal harmed by another's trouble."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from include.contract import DISCOVERY_OUTCOMES
from include.crawl import survey as survey_module
from include.crawl.discover import discover
from include.landing import Visit
from include.portals.identity import article_id_of
from include.portals.portal import Portal
from include.portals.registry import Registry
from tests.crawl.conftest import HTML

STARTED = datetime(2026, 7, 11, 19, tzinfo=UTC)


@pytest.fixture
def run(room: Any, make_registry: Callable[..., Registry]) -> Callable[..., str]:
    """Discover the given portals; returns the batch id."""

    def discover_portals(*portals: Portal, frontier: dict[str, Visit] | None = None) -> str:
        return discover(
            make_registry(*portals),
            landing=room.landing,
            http_cache=room.http_cache,
            frontier=frontier or {},
            started_at=STARTED,
            options=room.options,
        )

    return discover_portals


def outcomes(room: Any, batch_id: str) -> dict[str, tuple[str, str | None]]:
    rows = room.rows(batch_id, "discovery.jsonl")
    assert {row["outcome"] for row in rows} <= set(DISCOVERY_OUTCOMES)
    return {
        row["url"].partition("127.0.0.1:")[2].partition("/")[2]: (row["outcome"], row["reason"])
        for row in rows
    }


def paths(room: Any, batch_id: str) -> list[str]:
    return [row["url"].split("/", 3)[3] for row in room.rows(batch_id, "discovered.jsonl")]


def test_all_kinds_of_documents_lead_to_each_url_once(
    server: Any, room: Any, make_portal: Callable[..., Portal], run: Callable[..., str]
) -> None:
    server.put("/robots.txt", b"User-agent: *\nDisallow: /admin/", {"Content-Type": "text/plain"})
    server.feed(
        "/rss", "/a-101.html", server.origin + "/b-102.html?utm_source=rss", "https://other.vn/x-1.html"
    )
    server.xml(
        "/sitemap.xml", f"<sitemapindex><sitemap><loc>{server.origin}/news.xml</loc></sitemap></sitemapindex>"
    )
    server.xml("/news.xml", f"<urlset><url><loc>{server.origin}/b-102.html#top</loc></url></urlset>")
    server.html("/tin/", "<a href='/a-101.html'>x</a><a href='/c-103.html'>y</a><a href='/tin/page-2'>2</a>")
    server.html("/tin/page-2", "<a href='/c-103.html'>y</a><a href='/tin/page-3'>3</a>")
    portal = make_portal(
        server.origin, feeds=["/rss"], sitemaps=["/sitemap.xml"], listings=["/tin/"], urls=["/d"]
    )
    batch = run(portal)
    assert batch == "crawl-20260711T190000Z"
    assert paths(room, batch) == ["a-101.html", "b-102.html", "c-103.html", "d"]
    assert outcomes(room, batch) == dict.fromkeys(
        ["robots.txt", "rss", "sitemap.xml", "news.xml", "tin/", "tin/page-2"], ("read", None)
    )
    first = room.rows(batch, "discovered.jsonl")[0]
    assert first["article_id"] == article_id_of(first["url"])
    assert first["found_in"] == server.origin + "/rss"
    assert [row["links_found"] for row in room.rows(batch, "discovery.jsonl")] == [0, 2, 1, 1, 2, 1]


def test_the_batch_tells_its_portals_as_they_were(
    server: Any, room: Any, make_portal: Callable[..., Portal], run: Callable[..., str]
) -> None:
    batch = run(make_portal(server.origin, province="20-2008", family="epi"))
    assert room.rows(batch, "sources.jsonl") == [
        {
            "source_id": "baosuoitra",
            "source_name": "Báo Suối Trà",
            "province_id": "20-2008",
            "base_url": server.origin,
            "family": "epi",
        }
    ]
    header = json.loads((room.landing / batch / "batch.json").read_text(encoding="utf-8"))
    assert header == {
        "batch_id": batch,
        "batch_kind": "crawl",
        "started_at": "2026-07-11T19:00:00+00:00",
        "not_due": 0,
    }


def test_a_portal_that_is_down_is_told_and_the_other_goes_on(
    server: Any, second_server: Any, room: Any, make_portal: Callable[..., Portal], run: Callable[..., str]
) -> None:
    server.close()
    second_server.feed("/rss", "/a-101.html")
    down = make_portal(server.origin, "down", feeds=["/rss"], urls=["/x-1.html"])
    batch = run(down, make_portal(second_server.origin, "up", feeds=["/rss"], urls=[]))
    rows = {(row["source_id"], row["document_kind"]): row for row in room.rows(batch, "discovery.jsonl")}
    assert rows["down", "robots"]["outcome"] == "failed"
    assert rows["down", "robots"]["reason"] == "connection_refused"
    assert (rows["down", "feed"]["outcome"], rows["down", "feed"]["reason"]) == (
        "not_allowed",
        "robots_unreachable",
    )
    assert rows["up", "feed"]["outcome"] == "read"
    assert paths(room, batch) == ["x-1.html", "a-101.html"]


def test_robots_that_forbids_everything_leaves_documents_unasked_and_urls_in_the_batch(
    server: Any, room: Any, make_portal: Callable[..., Portal], run: Callable[..., str]
) -> None:
    server.put("/robots.txt", b"User-agent: *\nDisallow: /")
    batch = run(make_portal(server.origin, feeds=["/rss"], sitemaps=["/s.xml"], listings=["/tin/"]))
    assert server.paths() == ["/robots.txt"]
    assert set(outcomes(room, batch).values()) == {("read", None), ("not_allowed", "robots_disallowed")}
    assert paths(room, batch) == ["tin-dau-tien-101.html"]


def test_robots_503_forbids_everything(
    server: Any, room: Any, make_portal: Callable[..., Portal], run: Callable[..., str]
) -> None:
    server.put("/robots.txt", b"", status=503)
    batch = run(make_portal(server.origin, feeds=["/rss"]))
    assert set(server.paths()) == {"/robots.txt"}
    assert outcomes(room, batch)["robots.txt"] == ("failed", "http_503")
    assert outcomes(room, batch)["rss"] == ("not_allowed", "robots_unreachable")


@pytest.mark.parametrize(
    ("answer", "outcome", "reason"),
    [
        ({"body": b"<rss><channel>"}, "malformed", "not_xml"),
        ({"body": b"<html><body>Xin chao</body></html>"}, "malformed", "html_instead_of_xml"),
        ({"body": b""}, "malformed", "empty_body"),
        ({"body": b"<rss/>", "status": 403}, "blocked", "http_403"),
        ({"body": b"<rss/>", "status": 500}, "failed", "http_500"),
        ({"body": b"<rss/>", "status": 404}, "failed", "http_404"),
        ({"body": b"zz", "headers": {"Content-Encoding": "gzip"}}, "malformed", "bad_encoding"),
        ({"headers": {"Content-Length": "99999999"}}, "failed", "too_large"),
    ],
)
def test_a_feed_that_cannot_be_read_is_told_with_its_reason(
    server: Any,
    room: Any,
    make_portal: Callable[..., Portal],
    run: Callable[..., str],
    answer: dict[str, Any],
    outcome: str,
    reason: str,
) -> None:
    server.put("/rss", **answer)
    batch = run(make_portal(server.origin, feeds=["/rss"]))
    assert outcomes(room, batch)["rss"] == (outcome, reason)
    assert paths(room, batch) == ["tin-dau-tien-101.html"]


def test_the_second_discovery_asks_conditionally_and_still_knows_the_links(
    server: Any, room: Any, make_portal: Callable[..., Portal], run: Callable[..., str]
) -> None:
    server.conditional("/robots.txt", "User-agent: *\nDisallow: /kin/", '"r1"')
    server.conditional("/rss", "<rss><channel><item><link>/a-101.html</link></item></channel></rss>", '"f1"')
    portal = make_portal(server.origin, feeds=["/rss"], urls=["/kin/x-1.html"])
    run(portal)
    (room.landing / "crawl-20260711T190000Z" / "landed").touch()
    second = run(portal)
    assert second == "crawl-20260711T190000Z-2"
    assert outcomes(room, second) == {"robots.txt": ("not_modified", None), "rss": ("not_modified", None)}
    assert "a-101.html" in paths(room, second)
    assert [asked.headers.get("if-none-match") for asked in server.asked] == [None, None, '"r1"', '"f1"']


def test_a_malformed_document_is_not_kept_for_a_304(
    server: Any, room: Any, make_portal: Callable[..., Portal], run: Callable[..., str]
) -> None:
    good = {
        "/robots.txt": "User-agent: *\nDisallow: /kin/",
        "/rss": "<rss><channel><item><link>/a-101.html</link></item></channel></rss>",
        "/map.xml": "<urlset><url><loc>/b-102.html</loc></url></urlset>",
        "/tin/": "<html><body><a href='/c-103.html'>a</a></body></html>",
    }
    broken = dict.fromkeys(good, b"") | {"/robots.txt": b"<!DOCTYPE html><p>B\xe1\xba\xa3o tr\xc3\xac"}
    for path, body in broken.items():
        server.put(path, body, {"ETag": '"v1"'})
    portal = make_portal(server.origin, feeds=["/rss"], sitemaps=["/map.xml"], listings=["/tin/"], urls=[])
    first = run(portal)
    assert {outcome for outcome, _ in outcomes(room, first).values()} == {"malformed"}
    for path, text in good.items():
        server.conditional(path, text, '"v1"', HTML if path == "/tin/" else "application/xml")
    second = run(portal)
    assert {outcome for outcome, _ in outcomes(room, second).values()} == {"read"}
    assert paths(room, second) == ["a-101.html", "b-102.html", "c-103.html"]


def test_known_urls_wait_until_they_are_due_and_are_counted(
    server: Any, room: Any, make_portal: Callable[..., Portal], run: Callable[..., str]
) -> None:
    server.feed("/rss", "/new-101.html", "/again-102.html", "/waiting-103.html", "/done-104.html")
    frontier = {
        server.origin + "/again-102.html": Visit(1, STARTED - timedelta(days=1)),
        server.origin + "/waiting-103.html": Visit(2, STARTED - timedelta(hours=2)),
        server.origin + "/done-104.html": Visit(9, STARTED - timedelta(days=900)),
    }
    batch = run(make_portal(server.origin, feeds=["/rss"], urls=[]), frontier=frontier)
    assert paths(room, batch) == ["new-101.html", "again-102.html"]
    assert json.loads((room.landing / batch / "batch.json").read_text(encoding="utf-8"))["not_due"] == 2


def test_a_url_in_a_batch_not_yet_landed_is_not_taken_up_again(
    server: Any, room: Any, make_portal: Callable[..., Portal], run: Callable[..., str]
) -> None:
    first, second = run(make_portal(server.origin)), run(make_portal(server.origin))
    assert paths(room, first) == ["tin-dau-tien-101.html"]
    assert paths(room, second) == []


def test_a_listing_whose_next_page_repeats_or_never_ends_is_left(
    server: Any, room: Any, make_portal: Callable[..., Portal], run: Callable[..., str]
) -> None:
    server.html("/lap/", "<a href='/a-101.html'>a</a><a href='?page=2'>2</a>")
    server.html("/lap/?page=2", "<a href='/a-101.html'>a</a><a href='?page=3'>3</a>")
    for number in range(1, 12):
        path = "/vo-tan/" if number == 1 else f"/vo-tan/page-{number}"
        server.html(path, f"<a href='/n-{number}00.html'>n</a><a href='/vo-tan/page-{number + 1}'>tiếp</a>")
    run(make_portal(server.origin, listings=["/lap/", "/vo-tan/"], urls=[], max_pages=4))
    asked = server.paths()
    assert [path for path in asked if path.startswith("/lap/")] == ["/lap/", "/lap/?page=2"]
    assert len([path for path in asked if path.startswith("/vo-tan/")]) == 4


def test_sitemaps_that_lead_to_themselves_or_too_deep_end(
    server: Any, room: Any, make_portal: Callable[..., Portal], run: Callable[..., str]
) -> None:
    def index(*names: str) -> str:
        entries = "".join(f"<sitemap><loc>{server.origin}/{name}</loc></sitemap>" for name in names)
        return f"<sitemapindex>{entries}</sitemapindex>"

    server.xml("/s.xml", index("s.xml", "deep1.xml"))
    server.xml("/deep1.xml", index("s.xml", "deep2.xml"))
    server.xml("/deep2.xml", index("deep3.xml"))
    batch = run(make_portal(server.origin, sitemaps=["/s.xml"]))
    assert server.paths() == ["/robots.txt", "/s.xml", "/deep1.xml", "/deep2.xml"]
    assert outcomes(room, batch)["deep2.xml"] == ("read", None)


def test_the_newest_entries_of_the_newest_maps_come_first_and_to_a_limit(
    server: Any,
    room: Any,
    make_portal: Callable[..., Portal],
    run: Callable[..., str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(survey_module, "MAX_SITEMAPS", 3)
    months = "".join(
        f"<sitemap><loc>{server.origin}/s{month}.xml</loc><lastmod>2026-0{month}-01</lastmod></sitemap>"
        for month in (1, 2, 3)
    )
    server.xml("/s.xml", f"<sitemapindex>{months}</sitemapindex>")
    for month in (1, 2, 3):
        entries = "".join(
            f"<url><loc>{server.origin}/t{month}-{day}00.html</loc><lastmod>2026-0{month}-0{day}</lastmod></url>"
            for day in (1, 2)
        )
        server.xml(f"/s{month}.xml", f"<urlset>{entries}</urlset>")
    batch = run(make_portal(server.origin, sitemaps=["/s.xml"], urls=[], max_sitemap_urls=3))
    assert paths(room, batch) == ["t3-200.html", "t3-100.html", "t2-200.html"]
    assert "/s1.xml" not in server.paths()


def test_a_discovery_that_dies_leaves_no_batch_and_its_remains_are_removed(
    server: Any,
    room: Any,
    make_portal: Callable[..., Portal],
    run: Callable[..., str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    abandoned = room.landing / ".opening-left-by-a-kill"
    abandoned.mkdir(parents=True)
    (abandoned / "discovered.jsonl").write_text("{}\n", encoding="utf-8")

    def disk_full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("include.crawl.batch_files.sync_folder", disk_full)
        with pytest.raises(OSError, match="No space left"):
            run(make_portal(server.origin))
    assert list(room.landing.iterdir()) == []
    assert run(make_portal(server.origin)) == "crawl-20260711T190000Z"


def test_a_fault_of_our_own_in_one_portal_is_told_and_the_others_go_on(
    server: Any,
    second_server: Any,
    room: Any,
    make_portal: Callable[..., Portal],
    run: Callable[..., str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def broken(body: bytes, url: str) -> list[str]:
        if str(server.port) in url:
            raise RecursionError("too deep")
        return [second_server.origin + "/b-102.html"]

    monkeypatch.setattr(survey_module, "feed_links", broken)
    for portal_server in (server, second_server):
        portal_server.feed("/rss")
    batch = run(
        make_portal(server.origin, "mot", feeds=["/rss"], urls=[]),
        make_portal(second_server.origin, "hai", feeds=["/rss"], urls=[]),
    )
    told = [row["reason"] for row in room.rows(batch, "discovery.jsonl") if row["source_id"] == "mot"]
    assert told == ["absent", "crawler_error_RecursionError"]
    assert paths(room, batch) == ["b-102.html"]


def test_a_torn_address_costs_a_portal_nothing_else(
    server: Any, room: Any, make_portal: Callable[..., Portal], run: Callable[..., str]
) -> None:
    server.feed("/rss", "http://[x", "/a-101.html")
    server.xml(
        "/sitemap.xml", "<urlset><url><loc>http://[x</loc></url><url><loc>/b-102.html</loc></url></urlset>"
    )
    server.html("/tin/", "<base href='http://[x'><a href='/c-103.html'>y</a>")
    portal = make_portal(
        server.origin, feeds=["/rss"], sitemaps=["/sitemap.xml"], listings=["/tin/"], urls=["/d"]
    )
    assert paths(room, run(portal)) == ["a-101.html", "b-102.html", "c-103.html", "d"]


def test_of_a_listing_that_is_a_trap_only_so_many_links_are_taken(
    server: Any, room: Any, make_portal: Callable[..., Portal], run: Callable[..., str]
) -> None:
    links = "".join(f"<a href='/b-{number:05d}.html'>y</a>" for number in range(survey_module.MAX_LINKS + 50))
    server.html("/tin/", links)
    found = paths(room, run(make_portal(server.origin, listings=["/tin/"], urls=[])))
    assert len(found) == survey_module.MAX_LINKS

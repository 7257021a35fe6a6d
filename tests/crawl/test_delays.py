"""The pause at a host: between two requests, two stages and two runs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from include.portals.portal import Portal
from tests.crawl.conftest import STARTED, Crawl

STORY = "<html><body><h1>Vụ chè xuân</h1><p>Sản lượng chè búp tươi tăng.</p></body></html>"


@pytest.mark.parametrize(("robots", "delay_s"), [("", 3.0), ("User-agent: *\nCrawl-delay: 7", 7.0)])
def test_between_two_requests_to_a_host_lies_the_longer_delay(
    server: Any, crawl: Crawl, room: Any, make_portal: Callable[..., Portal], robots: str, delay_s: float
) -> None:
    server.put("/robots.txt", robots.encode())
    names = [f"/bai-{number}.html" for number in (101, 102, 103)]
    portal = make_portal(server.origin, urls=names, crawl_delay_s=3)
    crawl.open(portal)
    server.asked.clear()
    room.time.slept.clear()
    crawl.fetch(portal)
    assert server.paths() == ["/robots.txt", *names]
    # The first of them lies between the stages: discovery was the last to ask.
    assert room.time.slept == pytest.approx([delay_s] * 4)


def test_a_run_that_takes_up_a_killed_one_keeps_the_delay(
    server: Any, crawl: Crawl, room: Any, make_portal: Callable[..., Portal]
) -> None:
    server.put("/robots.txt", b"User-agent: *\nCrawl-delay: 60")
    portal = make_portal(server.origin)
    crawl.open(portal)
    room.time.slept.clear()
    room.time.elapsed += 25
    crawl.fetch(portal)
    assert room.time.slept == pytest.approx([35, 60])


def test_a_torn_note_of_the_last_request_is_no_note(
    server: Any, crawl: Crawl, room: Any, make_portal: Callable[..., Portal]
) -> None:
    portal = make_portal(server.origin, crawl_delay_s=60)
    crawl.open(portal)
    for note in (room.http_cache / "paces").iterdir():
        note.write_bytes(note.read_bytes()[:-9])
    room.time.slept.clear()
    crawl.fetch(portal)
    assert room.time.slept == pytest.approx([60])


def test_a_run_right_after_another_keeps_the_delay(
    server: Any, crawl: Crawl, room: Any, make_portal: Callable[..., Portal]
) -> None:
    server.html("/bai-101.html", STORY)
    portal = make_portal(server.origin, urls=["/bai-101.html"], crawl_delay_s=9)
    crawl.run(portal)
    room.time.slept.clear()
    room.time.elapsed += 4  # since the page, not since robots.txt before it
    crawl.open(portal, started_at=STARTED + timedelta(minutes=1))
    assert room.time.slept == pytest.approx([5])


def test_a_redirect_on_the_host_keeps_the_delay_too(
    server: Any, crawl: Crawl, room: Any, make_portal: Callable[..., Portal]
) -> None:
    server.redirect("/bai-101.html", "/bai-102.html")
    server.html("/bai-102.html", STORY)
    lines = crawl.run(make_portal(server.origin, urls=["/bai-101.html"], crawl_delay_s=2))
    assert lines["bai-101.html"]["final_url"] == server.origin + "/bai-102.html"
    assert room.time.slept == pytest.approx([2, 2, 2])


def asks_to_wait(server: Any, path: str, seconds: str) -> None:
    server.put(path, status=429, headers={"Retry-After": seconds})


def test_the_wait_that_the_last_try_was_told_is_kept_before_the_next_page(
    server: Any, crawl: Crawl, room: Any, make_portal: Callable[..., Portal]
) -> None:
    asks_to_wait(server, "/bai-101.html", "50")
    server.html("/bai-102.html", STORY)
    portal = make_portal(server.origin, urls=["/bai-101.html", "/bai-102.html"])
    crawl.open(portal)
    room.time.slept.clear()
    crawl.fetch(portal)
    assert server.paths()[-4:] == ["/bai-101.html"] * 3 + ["/bai-102.html"]
    assert room.time.slept == pytest.approx([50] * 3)


def test_a_host_that_asks_for_an_hour_gets_it_from_both_stages(
    server: Any, crawl: Crawl, room: Any, make_portal: Callable[..., Portal]
) -> None:
    asks_to_wait(server, "/rss", "3600")
    portal = make_portal(server.origin, feeds=["/rss"], listings=["/tin/"])
    batch = crawl.open(portal)
    documents = {
        row["document_kind"]: (row["outcome"], row["reason"]) for row in room.rows(batch, "discovery.jsonl")
    }
    assert documents["feed"] == ("blocked", "http_429")
    assert documents["listing"] == ("blocked", "host_asks_to_wait")
    crawl.fetch(portal)
    assert server.paths() == ["/robots.txt", "/rss"]
    line = crawl.lines()["tin-dau-tien-101.html"]
    assert (line["outcome"], line["detail"]) == ("not_allowed", "robots.txt: host_asks_to_wait")


@pytest.mark.parametrize(("asked", "passed", "is_asked"), [
    ("3600", 3600 - 121, False), ("3600", 3600, True),
    ("9" * 20, 86_400 - 121, False), ("9" * 400, 86_400, True),
])  # fmt: skip
def test_a_wait_is_over_when_it_is_and_after_a_day_at_most(
    server: Any, crawl: Crawl, room: Any, make_portal: Callable[..., Portal],
    asked: str, passed: float, is_asked: bool,
) -> None:  # fmt: skip
    asks_to_wait(server, "/robots.txt", asked)
    portal = make_portal(server.origin)
    crawl.open(portal)
    server.asked.clear()
    room.time.elapsed += passed
    crawl.open(portal, started_at=STARTED + timedelta(minutes=1))
    assert bool(server.asked) == is_asked

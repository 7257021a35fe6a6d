"""A portal on loopback whose every answer a test decides, and a clock in which waiting costs nothing."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from include.contract import OUTCOMES
from include.crawl.clock import Clock
from include.crawl.discover import discover
from include.crawl.fetch import fetch_open_batches
from include.crawl.http import Limits
from include.crawl.stage import CrawlOptions
from include.portals.portal import Portal
from include.portals.registry import Registry

HTML = "text/html; charset=utf-8"


@dataclass
class Page:
    """One answer. write takes over after the headers, raw before them: for answers that misbehave."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    write: Callable[[BaseHTTPRequestHandler], None] | None = None
    raw: Callable[[BaseHTTPRequestHandler], None] | None = None


@dataclass
class Asked:
    path: str
    headers: dict[str, str]


class LoopbackServer(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, portal: PortalServer) -> None:
        self.portal = portal
        super().__init__(("127.0.0.1", 0), PortalHandler)


class PortalHandler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: LoopbackServer

    def do_GET(self) -> None:
        asked = Asked(self.path, {key.lower(): value for key, value in self.headers.items()})
        self.server.portal.asked.append(asked)
        page = self.server.portal.pages.get(self.path, Page(b"<h1>404</h1>", 404))
        self._answer(page(asked) if callable(page) else page)

    def _answer(self, page: Page) -> None:
        self.close_connection = bool(page.write or page.raw)
        try:
            if page.raw is not None:
                page.raw(self)
                return
            self._begin(page)
            if page.write is not None:
                page.write(self)
            elif page.status != 304:
                self.wfile.write(page.body)
        except OSError:  # the crawler hung up on us, as it should
            self.close_connection = True

    def _begin(self, page: Page) -> None:
        headers = {"Content-Type": HTML} | page.headers
        if page.write is None:
            headers.setdefault("Content-Length", str(len(page.body)))
        self.send_response(page.status)
        for name, value in headers.items():
            if value:
                self.send_header(name, value)
        self.end_headers()

    def log_message(self, *args: Any) -> None: ...


class PortalServer:
    """pages: answer by path with query; what is not there is a 404. asked: every request, in order."""

    def __init__(self) -> None:
        self.pages: dict[str, Page | Callable[[Asked], Page]] = {}
        self.asked: list[Asked] = []
        self._server = LoopbackServer(self)
        self.port = self._server.server_address[1]
        self.origin = f"http://127.0.0.1:{self.port}"
        threading.Thread(target=self._server.serve_forever, args=[0.02], daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def put(self, path: str, body: bytes = b"", headers: dict[str, str] | None = None, **more: Any) -> None:
        """Answer `path` with a Page of these fields."""
        self.pages[path] = Page(body, headers=headers or {}, **more)

    def conditional(self, path: str, body: str, etag: str, kind: str = "application/xml") -> None:
        """Answer `path` with a body of that ETag, and 304 to whom has it already."""

        def answer(asked: Asked) -> Page:
            if asked.headers.get("if-none-match") == etag:
                return Page(status=304, headers={"ETag": etag})
            return Page(body.encode(), headers={"ETag": etag, "Content-Type": kind})

        self.pages[path] = answer

    def redirect(self, source: str, target: str, **headers: str) -> None:
        self.put(source, headers={"Location": target} | headers, status=302)

    def paths(self) -> list[str]:
        return [asked.path for asked in self.asked]

    def html(
        self, path: str, body: str = "<html><body><p>Sản lượng chè búp tươi tăng.</p></body></html>"
    ) -> None:
        self.pages[path] = Page(body.encode())

    def xml(self, path: str, body: str, **headers: str) -> None:
        self.pages[path] = Page(body.encode(), headers={"Content-Type": "application/xml"} | headers)

    def feed(self, path: str, *links: str) -> None:
        items = "".join(f"<item><title>t</title><link>{link}</link></item>" for link in links)
        self.xml(path, f"<?xml version='1.0'?><rss version='2.0'><channel>{items}</channel></rss>")


class FakeTime:
    """A clock that moves only when somebody sleeps; `slept` holds every wait in seconds."""

    def __init__(self) -> None:
        self.elapsed = 0.0
        self.slept: list[float] = []
        self._lock = threading.Lock()
        self.clock = Clock(now=self._now, monotonic=lambda: self.elapsed, sleep=self._sleep)

    def _now(self) -> datetime:
        return datetime(2026, 7, 11, 19, tzinfo=UTC) + timedelta(seconds=self.elapsed)

    def _sleep(self, seconds: float) -> None:
        with self._lock:
            self.slept.append(seconds)
            self.elapsed += seconds


@dataclass
class CrawlRoom:
    """A data folder with everything that the stages take."""

    data_dir: Path
    time: FakeTime
    options: CrawlOptions

    @property
    def landing(self) -> Path:
        return self.data_dir / "landing"

    @property
    def http_cache(self) -> Path:
        return self.data_dir / "http_cache"

    def rows(self, batch_id: str, name: str) -> list[dict[str, Any]]:
        text = (self.landing / batch_id / name).read_text(encoding="utf-8")
        return [json.loads(line) for line in text.splitlines()]


@pytest.fixture
def server() -> Iterator[PortalServer]:
    """A portal without robots.txt (404: no restriction)."""
    running = PortalServer()
    yield running
    running.close()


@pytest.fixture
def second_server() -> Iterator[PortalServer]:
    """Another portal, for what one portal's trouble must not touch."""
    running = PortalServer()
    yield running
    running.close()


@pytest.fixture
def fake_time() -> FakeTime:
    return FakeTime()


@pytest.fixture
def room(tmp_path: Path, fake_time: FakeTime) -> CrawlRoom:
    limits = Limits(connect_s=2, read_s=2, total_s=3)
    return CrawlRoom(tmp_path, fake_time, CrawlOptions(clock=fake_time.clock, limits=limits))


@pytest.fixture
def make_portal() -> Callable[..., Portal]:
    """A portal at an origin; paths in feeds, sitemaps, listings, urls as in a registry."""

    def make(origin: str, portal_id: str = "baosuoitra", **fields: Any) -> Portal:
        entry = {
            "id": portal_id,
            "name": "Báo Suối Trà",
            "province": None,
            "base_url": origin,
            "urls": ["/tin-dau-tien-101.html"],
            "allow_private": True,
            "crawl_delay_s": 0,
        }
        return Portal.model_validate(entry | fields)

    return make


@pytest.fixture
def make_registry(make_portal: Callable[..., Portal]) -> Callable[..., Registry]:
    def make(*portals: Portal) -> Registry:
        return Registry(Path("portals.yml"), portals)

    return make


STARTED = datetime(2026, 7, 11, 19, tzinfo=UTC)
BATCH = "crawl-20260711T190000Z"


class Crawl:
    """Discover and fetch as two runs would; lines come back by path."""

    def __init__(self, room: Any, make_registry: Callable[..., Registry]) -> None:
        self.room = room
        self._make_registry = make_registry

    def open(self, *portals: Portal, started_at: datetime = STARTED) -> str:
        return discover(
            self._make_registry(*portals),
            landing=self.room.landing,
            http_cache=self.room.http_cache,
            frontier={},
            started_at=started_at,
            options=self.room.options,
        )

    def fetch(self, *portals: Portal) -> list[str]:
        return fetch_open_batches(
            self._make_registry(*portals),
            landing=self.room.landing,
            data_dir=self.room.data_dir,
            http_cache=self.room.http_cache,
            options=self.room.options,
        )

    def lines(self, batch_id: str = BATCH) -> dict[str, dict[str, Any]]:
        rows = self.room.rows(batch_id, "fetched.jsonl")
        discovered = self.room.rows(batch_id, "discovered.jsonl")
        assert sorted(row["url"] for row in rows) == sorted(row["url"] for row in discovered)
        assert {row["outcome"] for row in rows} <= {*OUTCOMES, "fetched"}
        return {row["url"].split("/", 3)[3]: row for row in rows}

    def run(self, *portals: Portal) -> dict[str, dict[str, Any]]:
        self.open(*portals)
        assert self.fetch(*portals) == [BATCH]
        assert (self.room.landing / BATCH / "fetched.done").exists()
        return self.lines()


@pytest.fixture
def crawl(room: Any, make_registry: Callable[..., Registry]) -> Crawl:
    return Crawl(room, make_registry)

"""Kinds laid out as portals, and a night's load over them through the real stages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import httpcore

from include.clean.stage import clean_open_batches
from include.crawl.discover import discover
from include.crawl.fetch import fetch_open_batches
from include.crawl.http import Reach
from include.crawl.stage import CrawlOptions
from include.portals.portal import Portal
from include.portals.registry import Registry
from include.warehouse.frontier import read_frontier
from include.warehouse.land import LandedBatch, land_open_batches
from tests.hostile.kinds import PUBLIC_ORIGIN, Kind, article, says
from tests.hostile.misdirection import hop
from tests.hostile.server import Answer, HostileServer

# TEST-NET addresses count as private, so the public one is some address that no test connects to.
PUBLIC_ADDRESS: Final = "14.225.0.1"
STARTED: Final = datetime(2026, 7, 11, 19, tzinfo=UTC)
_DOCUMENTS: Final = {"robots": "/robots.txt", "feed": "/rss", "sitemap": "/sitemap.xml", "listing": "/tin/"}


@dataclass(slots=True)
class Host:
    """One portal with its server. pages: kinds by path; documents: kinds of documents by path."""

    portal: Portal
    server: HostileServer
    pages: dict[str, Kind] = field(default_factory=dict)
    documents: dict[str, Kind] = field(default_factory=dict)
    good: list[str] = field(default_factory=list)


class Internet:
    """Names and addresses of our choosing; the public address leads to one server. dialled: host and port."""

    def __init__(self) -> None:
        self.public_port = 0
        self.dialled: list[tuple[str, int]] = []
        self._turned: list[str] = []
        self.reach = Reach(self._resolve, self._dial)

    def _resolve(self, host: str, port: int) -> list[str]:
        if host == "doitra.baosuoitra.vn" and not self._turned:
            self._turned.append(host)
            return [PUBLIC_ADDRESS]
        if host in ("doitra.baosuoitra.vn", "noibo.baosuoitra.vn"):
            return ["127.0.0.1"]
        return [PUBLIC_ADDRESS] if host == "baosuoitra.vn" else [host]

    def _dial(
        self, host: str, port: int, timeout: float | None, local_address: str | None, socket_options: Any
    ) -> httpcore.NetworkStream:
        self.dialled.append((host, port))
        if host == PUBLIC_ADDRESS:
            host, port = "127.0.0.1", self.public_port
        return httpcore.SyncBackend().connect_tcp(host, port, timeout, local_address, socket_options)


@contextmanager
def hosts_of(
    kinds: Sequence[Kind], size: int, internet: Internet, side_by_side: int = 6
) -> Iterator[list[Host]]:
    """Portals that answer in these ways: pages on a few hosts with good pages between, a host a document."""
    groups = [[kind for kind in kinds if kind.is_public]]
    pages = [kind for kind in kinds if kind.room == "page" and not kind.is_public]
    groups += [pages[start::side_by_side] for start in range(side_by_side)]
    groups += [[kind] for kind in kinds if kind.room != "page"]
    hosts = [_host(group, size, f"n{number:03d}") for number, group in enumerate(groups) if group]
    for host in hosts:
        if host.portal.base_url.startswith(PUBLIC_ORIGIN):
            internet.public_port = host.server.port
    try:
        yield hosts
    finally:
        for host in hosts:
            host.server.close()


def _host(kinds: Sequence[Kind], size: int, portal_id: str) -> Host:
    answers: dict[str, Answer] = {f"/hop-{number}": hop for number in range(20)}
    urls, pages, documents, good = [], {}, {}, []
    for number, kind in enumerate(kinds, start=1001):
        path = _DOCUMENTS.get(kind.room, f"/bai-{number}.html")
        answers[path] = kind.answer
        if kind.room == "page":
            urls.append(path)
            pages[path] = kind
        else:
            documents[path] = kind
        good.append(f"/tot-{number}.html")
        urls.append(good[-1])
        answers[good[-1]] = says(lambda _, number=number: article(number))
    for path in ("/", "/404.html"):
        answers[path] = says(lambda _: article(1))
    server = HostileServer(answers, size)
    is_public = any(kind.is_public for kind in kinds)
    entry = {
        "id": portal_id,
        "name": "Báo Suối Trà",
        "base_url": PUBLIC_ORIGIN if is_public else server.origin,
        "urls": urls,
        "allow_private": not is_public,
        "crawl_delay_s": 0,
    }
    for room, key in (("feed", "feeds"), ("sitemap", "sitemaps"), ("listing", "listings")):
        entry[key] = [path for path, kind in documents.items() if kind.room == room]
    return Host(Portal.model_validate(entry), server, pages, documents, good)


@dataclass(frozen=True, slots=True)
class Stages:
    """The real stages over a data folder."""

    folder: Path
    registry: Registry
    options: CrawlOptions

    @classmethod
    def over(cls, hosts: Iterable[Host], folder: Path, options: CrawlOptions) -> Stages:
        """The stages for these portals."""
        return cls(folder, Registry(folder / "portals.yml", tuple(host.portal for host in hosts)), options)

    @property
    def landing(self) -> Path:
        """Where the batches lie."""
        return self.folder / "landing"

    @property
    def warehouse(self) -> Path:
        """Where batches land."""
        return self.folder / "warehouse.duckdb"

    def crawl(self, started_at: datetime = STARTED) -> str:
        """Discover what is due by then and fetch it; the batch's id."""
        cache = self.folder / "http_cache"
        batch = discover(
            self.registry, landing=self.landing, http_cache=cache,
            frontier=read_frontier(self.warehouse), started_at=started_at, options=self.options,
        )  # fmt: skip
        done = fetch_open_batches(
            self.registry, landing=self.landing, data_dir=self.folder, http_cache=cache, options=self.options
        )
        assert done == [batch]
        return batch

    def clean(self, workers: int) -> None:
        """Clean what was fetched."""
        portals = {portal.id: portal for portal in self.registry.portals}
        clean_open_batches(landing=self.landing, data_dir=self.folder, portals=portals, workers=workers)

    def land(self, landed_at: datetime = STARTED) -> list[LandedBatch]:
        """Land what was cleaned into the warehouse."""
        return land_open_batches(landing=self.landing, warehouse=self.warehouse, landed_at=lambda: landed_at)

"""What the threads of a stage share, and the clients made from it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from include.crawl.clock import SYSTEM_CLOCK, Clock
from include.crawl.documents import DocumentReader
from include.crawl.http import Limits, Origin, PortalClient, Reach
from include.crawl.pace import HostPaces
from include.crawl.robots import RobotsBook
from include.crawl.validators import ValidatorCache
from include.portals.portal import Portal
from include.portals.registry import Registry

# Threads wait for the network, not for a core; one holds a page of at most 5 MiB.
HOSTS_AT_ONCE: Final = 16


@dataclass(frozen=True, slots=True)
class CrawlOptions:
    """What a test replaces: time, limits, name resolution."""

    clock: Clock = SYSTEM_CLOCK
    limits: Limits = field(default_factory=Limits)
    reach: Reach = field(default_factory=Reach)


@dataclass(frozen=True, slots=True)
class PortalDesk:
    """All that asking one portal takes."""

    portal: Portal
    client: PortalClient
    reader: DocumentReader
    robots: RobotsBook


class CrawlStage:
    """Makes desks that keep to one request at a time and a pause at each host."""

    def __init__(self, portals: tuple[Portal, ...], http_cache: Path, options: CrawlOptions) -> None:
        self.options = options
        self._cache = ValidatorCache(http_cache)
        self._paces = HostPaces(options.clock, http_cache / "paces")
        self._origins = frozenset(_origin_of(portal.base_url) for portal in portals)

    @contextmanager
    def desk(self, portal: Portal) -> Iterator[PortalDesk]:
        """A desk for `portal`, closed at the end; for one thread."""
        client = PortalClient(portal, self._origins, self._paces, self.options.limits, self.options.reach)
        reader = DocumentReader(client, self._cache, self.options.clock)
        try:
            yield PortalDesk(portal, client, reader, RobotsBook(reader))
        finally:
            client.close()


def stage_of(registry: Registry, http_cache: Path, options: CrawlOptions) -> CrawlStage:
    """A stage over all portals of the registry."""
    return CrawlStage(registry.portals, http_cache, options)


def _origin_of(url: str) -> Origin:
    parts = urlsplit(url)
    return parts.scheme, parts.hostname or "", parts.port

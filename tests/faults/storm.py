"""Nights of the product over faulty portals, and what they left behind."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import duckdb

from include.crawl.http import Limits
from include.crawl.stage import CrawlOptions
from include.portals.registry import Registry
from include.warehouse.land import LandedBatch
from tests.faults.clock import LeapingClock
from tests.faults.ledger import Served, ServedLedger
from tests.faults.script import Script, calm
from tests.faults.server import Internet
from tests.faults.sites import Site
from tests.faults.tls import Authority
from tests.hostile.night import Stages

DELAY_S: Final = 2.0
DAY_S: Final = 86_400.0
STARTED: Final = datetime(2026, 7, 11, 19, tzinfo=UTC)
# Real seconds, so that a stall costs one or two; an honest answer on loopback takes milliseconds.
LIMITS: Final = Limits(connect_s=1.5, read_s=1.5, total_s=2.5)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an attempt at a page ended, as the warehouse has it."""

    night: int
    host: str
    path: str
    outcome: str
    reason: str | None
    was_asked: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """How a document was answered, as the warehouse has it."""

    night: int
    host: str
    kind: str
    outcome: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class Version:
    """A text that was landed."""

    host: str
    path: str
    title: str | None
    body: str


@dataclass(slots=True)
class Records:
    """What the nights left: the product's word (outcomes, documents, versions) and the server's (served).

    discovered: host and path of every URL that a night opened, by night.
    """

    landed: list[LandedBatch] = field(default_factory=list)
    discovered: dict[int, list[tuple[str, str]]] = field(default_factory=dict)
    outcomes: list[Outcome] = field(default_factory=list)
    documents: list[Asked] = field(default_factory=list)
    versions: list[Version] = field(default_factory=list)
    served: list[Served] = field(default_factory=list)
    dialled: set[str] = field(default_factory=set)


class Storm:
    """Portals, their server, and the product's stages over them."""

    def __init__(self, folder: Path, sites: Sequence[Site], authority: Authority, workers: int) -> None:
        self.clock = LeapingClock(STARTED)
        self.internet = Internet(sites, ServedLedger(folder / "served.jsonl"), self.clock, authority)
        self._workers = workers
        options = CrawlOptions(clock=self.clock.clock, limits=LIMITS, reach=self.internet.reach)
        registry = Registry(folder / "portals.yml", tuple(site.portal(DELAY_S) for site in sites))
        self._stages = Stages(folder, registry, options)
        self._batches: list[str] = []
        self._records = Records()

    def night(self, script: Script = calm) -> None:
        """One night: discover, fetch, clean, land."""
        self.internet.night += 1
        self.internet.script = script
        batch = self._stages.crawl(self.clock.now())
        self.internet.ledger.settle()
        self._stages.clean(self._workers)
        self._records.landed += self._stages.land(self.clock.now())
        self._batches.append(batch)
        rows = (self._stages.landing / batch / "discovered.jsonl").read_text(encoding="utf-8").splitlines()
        self._records.discovered[self.internet.night] = [_place(json.loads(row)["url"]) for row in rows]

    def pass_days(self, days: float) -> None:
        """Let time pass until the same hour of another day."""
        self.clock.sleep(days * DAY_S - self.clock.monotonic() % DAY_S)

    def records(self) -> Records:
        """What is there by now."""
        found = self._records
        found.served = self.internet.ledger.read()
        found.dialled = self.internet.dialled
        nights = {batch: night for night, batch in enumerate(self._batches, start=1)}
        with duckdb.connect(str(self._stages.warehouse), read_only=True) as warehouse:
            outcomes = warehouse.execute(
                "select batch_id, url, outcome, reason, fetched_at is not null from raw.article_outcomes"
            ).fetchall()
            documents = warehouse.execute(
                "select batch_id, url, document_kind, outcome, reason from raw.discovery_requests"
            ).fetchall()
            versions = warehouse.execute("select url, title, body from raw.article_versions").fetchall()
        found.outcomes = [Outcome(nights[batch], *_place(url), *rest) for batch, url, *rest in outcomes]
        found.documents = [Asked(nights[batch], _place(url)[0], *rest) for batch, url, *rest in documents]
        found.versions = [Version(*_place(url), *rest) for url, *rest in versions]
        return found


@contextmanager
def storm_over(
    folder: Path, sites: Sequence[Site], authority: Authority, workers: int = 2
) -> Iterator[Storm]:
    """A storm whose servers stop at the end."""
    folder.mkdir(parents=True, exist_ok=True)
    storm = Storm(folder, sites, authority, workers)
    try:
        yield storm
    finally:
        storm.internet.close()


def _place(url: str) -> tuple[str, str]:
    parts = urlsplit(url)
    return parts.netloc, parts.path

"""Fetches what the open batches hold: hosts side by side, each at its own pace."""

from __future__ import annotations

import os
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Final
from urllib.parse import urlsplit

from include.crash_points import crash_point
from include.crawl.answers import Answer, Trouble, retry_after_s
from include.crawl.archive import BatchArchive
from include.crawl.attempt import attempt_page, unanswered_line
from include.crawl.batch_files import (
    as_line,
    batches_without,
    mark_done,
    read_discovered,
    repair_fetched,
)
from include.crawl.clock import Clock
from include.crawl.pace import MAX_RETRY_AFTER_S
from include.crawl.stage import HOSTS_AT_ONCE, CrawlOptions, CrawlStage, PortalDesk, stage_of
from include.crawl.verdict import Verdict
from include.folder_lock import locked
from include.landing import DiscoveredUrl, FetchedUrl
from include.portals.portal import Portal
from include.portals.registry import Registry
from include.progress import report

# A host that gives no answer so often in a row is down: its other pages are not waited for tonight.
SILENCES_BEFORE_GIVING_UP: Final = 5
# The same of a host that so often in a row says that it cannot cope: a thousand pages would be three thousand
# requests to it. Other statuses speak of the page.
REFUSALS_BEFORE_GIVING_UP: Final = 5
_REFUSALS: Final = (429, 503)
_SILENCES: Final = ("timeout", "dns", "tls", "connection_refused", "connection_failed", "connection_broken")


def fetch_open_batches(
    registry: Registry,
    *,
    landing: Path,
    data_dir: Path,
    http_cache: Path,
    options: CrawlOptions | None = None,
    is_wanted: Callable[[Path], bool] = Path.is_dir,
) -> list[str]:
    """Attempt every URL of the batches that are not through; returns the ids of those finished now.

    is_wanted: which batch folders, all where not said. A URL with a line in fetched.jsonl is not asked for
    again, so a killed run goes on where it stopped. A batch that another process works on is left to it.
    """
    stage = stage_of(registry, http_cache, options or CrawlOptions())
    finished = []
    for batch in filter(is_wanted, batches_without(landing, "fetched.done")):
        with locked(batch) as mine:
            if not mine:
                report("fetch", f"{batch.name}: another process fetches it")
            elif not (batch / "fetched.done").exists():
                _fetch_batch(stage, registry, batch, data_dir)
                finished.append(batch.name)
    return finished


def _fetch_batch(stage: CrawlStage, registry: Registry, batch: Path, data_dir: Path) -> None:
    attempted = repair_fetched(batch)
    rows = [row for row in read_discovered(batch) if row.url not in attempted]
    portals = {portal.id: portal for portal in registry.portals}
    recorded_as = batch.resolve().relative_to(data_dir.resolve()).as_posix()
    with _LineWriter(batch) as lines, BatchArchive(batch, recorded_as) as archive:
        for row in rows:
            if row.source_id not in portals:
                lines.add(unanswered_line(row, Verdict("failed", "portal_not_in_registry")))
        by_host: dict[str, list[DiscoveredUrl]] = {}
        for row in rows:
            if row.source_id in portals:
                by_host.setdefault(urlsplit(row.url).netloc, []).append(row)
        _fetch_hosts(stage, portals, list(by_host.values()), archive, lines)
    crash_point("fetch_before_done")
    mark_done(batch, "fetched.done")
    told = ", ".join(f"{count} {outcome}" for outcome, count in sorted(lines.outcomes.items()))
    report("fetch", f"{batch.name}: {told or 'nothing to attempt'}")


def _fetch_hosts(
    stage: CrawlStage,
    portals: dict[str, Portal],
    hosts: list[list[DiscoveredUrl]],
    archive: BatchArchive,
    lines: _LineWriter,
) -> None:
    """Every host in a thread of its own; the first error that is no outcome stops them all."""
    stop = threading.Event()

    def work(rows: list[DiscoveredUrl]) -> None:
        try:
            _fetch_host(stage, portals, rows, archive, lines, stop)
        except BaseException:
            stop.set()
            raise

    with ThreadPoolExecutor(HOSTS_AT_ONCE) as pool:
        try:
            for future in [pool.submit(work, rows) for rows in hosts]:
                future.result()
        except BaseException:
            stop.set()
            raise


def _fetch_host(
    stage: CrawlStage,
    portals: dict[str, Portal],
    rows: list[DiscoveredUrl],
    archive: BatchArchive,
    lines: _LineWriter,
    stop: threading.Event,
) -> None:
    clock = stage.options.clock
    patience = _HostPatience(clock)
    desks: dict[str, PortalDesk] = {}
    with ExitStack() as stack:
        for row in rows:
            if stop.is_set():
                return
            if patience.verdict is not None:
                lines.add(unanswered_line(row, patience.verdict))
                continue
            if row.source_id not in desks:
                desks[row.source_id] = stack.enter_context(stage.desk(portals[row.source_id]))
            lines.add(_attempt(desks[row.source_id], row, archive, clock, patience))
    report("fetch", f"{urlsplit(rows[0].url).netloc}: {len(rows)} URLs attempted")


def _attempt(
    desk: PortalDesk, row: DiscoveredUrl, archive: BatchArchive, clock: Clock, patience: _HostPatience
) -> FetchedUrl:
    try:
        line, answered = attempt_page(desk, row, archive, clock)
    except OSError:  # our own disk: no outcome of the page's
        raise
    except Exception as error:  # noqa: BLE001 - what a page provokes in the crawler is that page's outcome
        detail = f"{type(error).__name__}: {error}"[:300]
        return unanswered_line(row, Verdict("failed", "crawler_error", detail), at=clock.stamp())
    patience.note(answered)
    return line


class _HostPatience:
    """When a host is to be left alone for the rest of the run. verdict: what its other URLs then get."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._silences = 0
        self._refusals = 0
        self.verdict: Verdict | None = None

    def note(self, answered: Answer | Trouble | None) -> None:
        """Take account of an answer, a trouble, or nothing asked (None)."""
        if isinstance(answered, Trouble):
            self._refusals = 0
            self._silences = self._silences + 1 if answered.reason in _SILENCES else 0
            if self._silences >= SILENCES_BEFORE_GIVING_UP:
                detail = f"{self._silences} attempts in a row without an answer, the last: {answered.detail}"
                self.verdict = Verdict("failed", "host_silent", detail)
        elif answered is not None:
            self._silences = 0
            asked = retry_after_s(answered, self._clock.now())
            self._refusals = self._refusals + 1 if answered.status in _REFUSALS else 0
            if asked is not None and asked > MAX_RETRY_AFTER_S:
                self.verdict = Verdict("blocked", "host_asks_to_wait", f"Retry-After of {asked:.0f} s")
            elif self._refusals >= REFUSALS_BEFORE_GIVING_UP:
                detail = f"{self._refusals} pages in a row answered 429 or 503, the last {answered.status}"
                self.verdict = Verdict("blocked", "host_overloaded", detail)


class _LineWriter:
    """Appends to fetched.jsonl, each line on disk before the next page is asked for."""

    def __init__(self, batch: Path) -> None:
        self._path = batch / "fetched.jsonl"
        self._lock = threading.Lock()
        self.outcomes: Counter[str] = Counter()

    def __enter__(self) -> _LineWriter:
        self._stream = self._path.open("ab")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stream.close()

    def add(self, line: FetchedUrl) -> None:
        """Append one line."""
        crash_point("fetch_before_line")
        with self._lock:
            self._stream.write(as_line(line))
            self._stream.flush()
            os.fsync(self._stream.fileno())
            self.outcomes[line.outcome] += 1

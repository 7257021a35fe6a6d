"""One night over every kind of hostile answer: each in its own outcome, and the load goes on."""

from __future__ import annotations

import json
import threading
from collections import Counter
from dataclasses import dataclass
from typing import Any

import duckdb
import psutil
import pytest

from include.crawl.clock import Clock
from include.crawl.http import Limits
from include.crawl.stage import CrawlOptions
from include.warehouse.land import LandedBatch
from tests.hostile.catalogue import KINDS
from tests.hostile.kinds import Kind
from tests.hostile.night import PUBLIC_ADDRESS, STARTED, Host, Internet, Stages, hosts_of

# For the outcomes alone; how long the largest pages take is what the benchmark measures.
SIZE = 12_000


@dataclass(frozen=True)
class Night:
    """What one batch over all kinds left behind. rows: outcome and reason by portal and path."""

    hosts: list[Host]
    landed: LandedBatch
    rows: dict[tuple[str, str], tuple[str, str | None]]
    documents: dict[tuple[str, str], tuple[str, str | None]]
    dialled: list[tuple[str, int]]
    left_over: list[str]


def path_of(url: str) -> str:
    return "/" + url.split("/", 3)[3]


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> Night:
    folder = tmp_path_factory.mktemp("night")
    internet = Internet()
    clock = Clock(now=lambda: STARTED, monotonic=lambda: 0.0, sleep=lambda _: None)
    # Long enough for the largest answer on a machine that is busy with other tests: fifty servers stand in
    # this very process, and one that packs a bomb may keep silent for more than two seconds.
    limits = Limits(connect_s=2, read_s=6, total_s=12)
    before = set(threading.enumerate())
    with hosts_of(KINDS, SIZE, internet) as hosts:
        servers = set(threading.enumerate()) - before
        stages = Stages.over(hosts, folder, CrawlOptions(clock=clock, limits=limits, reach=internet.reach))
        batch = stages.crawl()
        stages.clean(workers=2)
        landed = stages.land()
        ours = [thread.name for thread in set(threading.enumerate()) - before - servers]
        left_over = [name for name in ours if "process_request_thread" not in name]
        left_over += [child.name() for child in psutil.Process().children() if "tracker" not in _line(child)]
    requests = [json.loads(line) for line in (stages.landing / batch / "discovery.jsonl").open()]
    with duckdb.connect(str(folder / "warehouse.duckdb"), read_only=True) as warehouse:
        found = warehouse.execute(
            "select source_id, url, outcome, reason from raw.article_outcomes"
        ).fetchall()
    return Night(
        hosts,
        landed[0],
        {(source, path_of(url)): (outcome, reason) for source, url, outcome, reason in found},
        {(row["source_id"], path_of(row["url"])): (row["outcome"], row["reason"]) for row in requests},
        internet.dialled,
        left_over,
    )


def _line(process: psutil.Process) -> str:
    return " ".join(process.cmdline())


def test_there_are_many_kinds_and_no_two_of_a_name() -> None:
    names = Counter(kind.name for kind in KINDS)
    assert len(names) >= 150
    assert [name for name, count in names.items() if count > 1] == []


def test_every_kind_ends_in_its_outcome(night: Night) -> None:
    told: list[tuple[str, Any, Any]] = []
    for host in night.hosts:
        for rows, kinds in ((night.rows, host.pages), (night.documents, host.documents)):
            for path, kind in kinds.items():
                expected, found = (kind.outcome, kind.reason), rows.get((host.portal.id, path))
                if found != expected:
                    told.append((kind.name, expected, found))
    assert told == []


def test_every_good_page_in_between_is_loaded(night: Night) -> None:
    for host in night.hosts:
        kinds: list[Kind] = [*host.documents.values()]
        expected = kinds[0].after if kinds else "loaded"
        outcomes = {night.rows[host.portal.id, path][0] for path in host.good}
        assert outcomes == {expected}, [kind.name for kind in kinds]


def test_every_discovered_url_is_accounted_for(night: Night) -> None:
    assert night.landed.discovered == sum(night.landed.outcomes.values()) == len(night.rows)


def test_nothing_private_was_connected_to(night: Night) -> None:
    ports = {host.server.port for host in night.hosts}
    strange = [
        (host, port)
        for host, port in night.dialled
        if host != PUBLIC_ADDRESS and not (host == "127.0.0.1" and port in ports)
    ]
    assert strange == []


def test_no_worker_and_no_thread_is_left(night: Night) -> None:
    assert night.left_over == []

"""One kind through fetch and clean, each in a process of its own."""

from __future__ import annotations

import json
import resource
import tempfile
import time
from concurrent.futures import TimeoutError as DeadlineError
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.context import BaseContext
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
from pebble import ProcessExpired, ProcessPool

from include.batches import prepare_worker
from include.clean.rows import PAGE_SCHEMA, clean_rows
from include.clean.stage import SECONDS_PER_PAGE, WORKER_BYTES, read_fetched
from include.crawl.stage import CrawlOptions
from tests.hostile.catalogue import KINDS
from tests.hostile.kinds import Kind
from tests.hostile.night import Internet, Stages, hosts_of

# Just below what the cleaner takes (include.clean.guards).
PAGE_BYTES: Final = 4_900_000
# Three attempts of a minute, robots.txt before them.
_SECONDS_TO_FETCH: Final = 300.0


@dataclass(frozen=True, slots=True)
class Step:
    """What one stage made of a kind. mebibytes: peak of its process, interpreter and libraries with it."""

    outcome: str
    reason: str | None
    seconds: float = 0.0
    mebibytes: float = 0.0


@dataclass(frozen=True, slots=True)
class Measured:
    """One kind, fetched and, where that gave a page, cleaned."""

    name: str
    fetch: Step
    clean: Step | None
    is_expected: bool

    @property
    def last(self) -> Step:
        """The step that decided the outcome."""
        return self.clean or self.fetch


def context() -> BaseContext:
    """Processes that are forked from one with everything imported, which else takes each some seconds."""
    made = get_context("forkserver")
    made.set_forkserver_preload([__name__, "pandas"])
    return made


def measure(number: int, processes: BaseContext) -> Measured:
    """Run kind `number` of the catalogue with the product's limits on time, size and memory."""
    kind = KINDS[number]
    with tempfile.TemporaryDirectory() as folder:
        fetch = _alone(processes, _fetch, [number, folder], _SECONDS_TO_FETCH)
        clean = None
        if fetch.outcome == "fetched":
            clean = _alone(processes, _clean, [folder], SECONDS_PER_PAGE)
    last = clean or fetch
    expected = "cleaned" if kind.room == "page" and kind.outcome == "loaded" else kind.outcome
    return Measured(kind.name, fetch, clean, (last.outcome, last.reason) == (expected, kind.reason))


def _alone(processes: BaseContext, function: Any, arguments: list[Any], seconds: float) -> Step:
    with ProcessPool(max_workers=1, context=processes) as pool:
        future = pool.schedule(function, args=arguments, timeout=seconds)
        try:
            step: Step = future.result()
        except DeadlineError:
            return Step("crashed", "worker_timeout", seconds)
        except ProcessExpired as death:
            return Step("crashed", f"worker_died_{death.exitcode}")
        except Exception as error:  # noqa: BLE001 - any error of a stage is what this measures
            return Step("crashed", f"worker_error_{type(error).__name__}")
    return step


def _fetch(number: int, folder: str) -> Step:
    kind = KINDS[number]
    internet = Internet()
    with hosts_of([kind], PAGE_BYTES, internet) as hosts:
        stages = Stages.over(hosts, Path(folder), CrawlOptions(reach=internet.reach))
        begun = time.monotonic()
        batch = stages.landing / stages.crawl()
        seconds = time.monotonic() - begun
    row = _row_of(kind, batch)
    return Step(row["outcome"], row["reason"], seconds, _peak())


def _row_of(kind: Kind, batch: Path) -> dict[str, Any]:
    name = "fetched.jsonl" if kind.room == "page" else "discovery.jsonl"
    rows = [json.loads(line) for line in (batch / name).read_text(encoding="utf-8").splitlines()]
    if kind.room == "page":
        return next(row for row in rows if "/bai-" in row["url"])
    return next(row for row in rows if row["document_kind"] == kind.room)


def _clean(folder: str) -> Step:
    prepare_worker(WORKER_BYTES, clean_rows.__module__)
    (path,) = Path(folder).glob("landing/*/fetched.jsonl")
    page = next(row for row in read_fetched(path) if "/bai-" in row.url)
    row = {
        "url": page.url,
        "final_url": page.final_url,
        "base_url": page.url,
        "content_type": page.content_type,
        "family": None,
        "warc_path": f"{folder}/{page.warc_file}",
        "warc_offset": page.warc_offset,
    }
    begun = time.monotonic()
    (answer,) = clean_rows(pa.RecordBatch.from_pylist([row], schema=PAGE_SCHEMA)).to_pylist()
    return Step(answer["outcome"], answer["reason"], time.monotonic() - begun, _peak())


def _peak() -> float:
    """Mebibytes; Linux counts in kibibytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

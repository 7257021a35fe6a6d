"""The stages of a night as the kills run them: the product's own, with time standing still and short waits.

Time stands still so that an unkilled run and one that was killed and completed must leave the same rows.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, Final

import include.operations.stages as stages
from include.crawl.clock import Clock
from include.crawl.stage import CrawlOptions
from include.settings import Settings

NIGHTS: Final = (datetime(2026, 3, 9, 19, 5, tzinfo=UTC), datetime(2026, 3, 11, 19, 5, tzinfo=UTC))
# No pause that a portal or a retry asks for is longer.
LONGEST_WAIT_S: Final = 0.02
RELEASES_KEPT: Final = 4
Work = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Order:
    """One stage to run. now: the moment at which it stands still; work: what open_build returned;
    crash_at: named point at which it ends itself.
    """

    stage: str
    data_dir: Path
    registry: Path
    now: datetime
    work: Work | None = None
    crash_at: str | None = None

    def at(self, point: str | None) -> Order:
        """The same, ending itself at `point`."""
        return replace(self, crash_at=point)

    @property
    def settings(self) -> Settings:
        return Settings(self.data_dir, self.registry, releases_kept=RELEASES_KEPT, workers=1)


STAGES: Final[dict[str, Callable[[Settings, Work], object]]] = {
    "discover": lambda settings, work: stages.discover_tonight(settings),
    "fetch": lambda settings, work: stages.fetch(settings),
    "clean": lambda settings, work: stages.clean(settings),
    "land": lambda settings, work: stages.land(settings),
    "open_build": lambda settings, work: stages.open_build(settings, full_refresh=False),
    "judge_landed": lambda settings, work: stages.judge_landed(settings, work["run_id"]),
    "build": lambda settings, work: stages.build(settings, work["run_id"], full_refresh=False),
    "judge_marts": lambda settings, work: stages.judge_marts(settings, work["run_id"]),
    "publish": lambda settings, work: stages.publish_marts(settings, work["run_id"], work["batch_ids"]),
    "export": lambda settings, work: stages.export(settings),
    "site": lambda settings, work: stages.site(settings),
}


def run_stage(order: Order) -> object:
    """Run the stage of `order` in this process, for which time then stands still."""
    _stand_still(order.now)
    return STAGES[order.stage](order.settings, order.work or {})


def _stand_still(now: datetime) -> None:
    clock = Clock(now=lambda: now, sleep=lambda seconds: time.sleep(min(seconds, LONGEST_WAIT_S)))
    options = CrawlOptions(clock=clock)
    stages._now = lambda: now
    stages.discover = partial(stages.discover, options=options)
    stages.fetch_open_batches = partial(stages.fetch_open_batches, options=options)

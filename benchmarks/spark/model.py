"""When Spark begins to pay: an equation with measured constants, and no clock."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.load.slope import Line, line_through


@dataclass(frozen=True, slots=True)
class Costs:
    """Processor seconds of one engine. start: before the first page; per_page: cleaning and extraction."""

    start: float
    per_page: float

    def seconds(self, pages: int, cores: int) -> float:
        """How long `pages` pages take on so many cores: the start is one core's, pages are shared."""
        return self.start + pages * self.per_page / cores


def costs_of(runs: Sequence[Mapping[str, Any]]) -> Costs:
    """The costs of the engine of `runs` (what `work.measured` gives), from its smallest and largest load.

    What a line through both loads has for no page at all counts as start, beside the start that was
    measured by itself. Raises ValueError for runs of one size.
    """
    few, many = (pick(runs, key=lambda run: run["pages"]) for pick in (min, max))
    line: Line = line_through((few["pages"], processor(few)), (many["pages"], processor(many)))
    starts = [run["parts"]["start"]["processor"] for run in runs]
    return Costs(sum(starts) / len(starts) + max(0.0, line.fixed), line.per_page)


def processor(run: Mapping[str, Any]) -> float:
    """Processor seconds of a run's cleaning and extraction."""
    parts = run["parts"]
    return float(parts["clean"]["processor"] + parts["extract"]["processor"])


def pays_from(local: Costs, cores: int, spark: Costs, cluster_cores: int) -> int | None:
    """Pages from which a cluster is faster than one machine of `cores` cores; None where it never is.

    start_s + N * page_s / C < start_l + N * page_l / c, solved for N.
    """
    gain = local.per_page / cores - spark.per_page / cluster_cores
    return math.ceil((spark.start - local.start) / gain) if gain > 0 else None


def least_cores(local: Costs, cores: int, spark: Costs) -> int:
    """Cores that a cluster needs more than, to pay for any number of pages: c * page_s / page_l."""
    return math.floor(cores * spark.per_page / local.per_page) + 1

"""What one more page costs: the arithmetic, without a clock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line through two loads. per_page: seconds; fixed: seconds of a load without any page."""

    per_page: float
    fixed: float


def line_through(few: tuple[int, float], many: tuple[int, float]) -> Line:
    """The line through two (pages, seconds); raises ValueError for loads of one size."""
    (few_pages, few_seconds), (many_pages, many_seconds) = few, many
    if few_pages == many_pages:
        raise ValueError(f"two loads of {few_pages} pages each have no slope: give two sizes")
    per_page = (many_seconds - few_seconds) / (many_pages - few_pages)
    return Line(per_page, few_seconds - per_page * few_pages)


def dbt_parts(own: float, workers: float, start: float, nodes: Mapping[str, float]) -> dict[str, float]:
    """Processor seconds of a build by part: start, extraction, and one for each kind of `nodes`.

    own: of dbt's own process; workers: of those that it started to read articles; start: of dbt's start
    and parsing, measured apart; nodes: seconds on the clock by kind, by which the rest of `own` is shared.
    """
    told = sum(nodes.values())
    left = max(0.0, own - start)
    shares = {kind: left * seconds / told if told else 0.0 for kind, seconds in nodes.items()}
    return {"start": min(start, own), "extraction": workers, **shares}

"""What was measured as the part of docs/spark.md that a program writes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from benchmarks.spark.model import Costs, costs_of, least_cores, pays_from, processor

ENGINES: Final = ("local", "spark")
# One machine of so many cores, and clusters of so many.
_MACHINES: Final = (2, 8)
_CLUSTERS: Final = (2, 4, 8, 16, 32, 128)


def costs_by_engine(runs: Iterable[Mapping[str, Any]]) -> dict[str, Costs]:
    """The costs of both engines; raises ValueError where one was measured at fewer than two sizes."""
    runs = list(runs)
    return {name: costs_of([run for run in runs if run["engine"] == name]) for name in ENGINES}


def written(runs: Sequence[Mapping[str, Any]], where: str) -> str:
    """Tables and equation in Markdown. where: the machine, in a few words."""
    costs = costs_by_engine(runs)
    lines = [
        f"Measured on {where}.",
        "Processor seconds count every process, Java's too; seconds on the clock are those of a machine with",
        "other work to do, and say little.",
        "",
        "| pages | engine | start | clean | extract | ms a page | pages a second of a core | on the clock |",
        "|---:|---|---:|---:|---:|---:|---:|---:|",
        *_measured(runs),
        "",
        "Start is a session and its first, empty parcel. A page is cleaned and its article read. All but the",
        "last column are of processor seconds. A line through the smallest and the largest load gives:",
        "",
        "| engine | start, s | a page, ms |",
        "|---|---:|---:|",
        *(f"| {name} | {one.start:.1f} | {1000 * one.per_page:.1f} |" for name, one in costs.items()),
        "",
        f"    one machine of c cores: {_equation(costs['local'], 'c')}",
        f"    Spark on C cores:       {_equation(costs['spark'], 'C')}",
        "",
        "Pages of one load from which Spark is faster, by that equation:",
        "",
        f"| one machine of | needs more than | {' | '.join(f'Spark on {cores}' for cores in _CLUSTERS)} |",
        f"|---|---:|{'---:|' * len(_CLUSTERS)}",
        *_begins(costs),
    ]
    return "\n".join(lines)


def _measured(runs: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for run in sorted(runs, key=lambda run: (run["pages"], run["engine"])):
        parts = run["parts"]
        seconds = processor(run)
        clock = parts["clean"]["wall"] + parts["extract"]["wall"]
        yield (
            f"| {run['pages']:,} | {run['engine']} | {parts['start']['processor']:.1f} |"
            f" {parts['clean']['processor']:.1f} | {parts['extract']['processor']:.1f} |"
            f" {1000 * seconds / run['pages']:.1f} | {run['pages'] / seconds:.1f} | {clock:,.0f} s |"
        )


def _equation(costs: Costs, cores: str) -> str:
    return f"T = {costs.start:.1f} s + N * {1000 * costs.per_page:.1f} ms / {cores}"


def _begins(costs: Mapping[str, Costs]) -> Iterator[str]:
    local, spark = costs["local"], costs["spark"]
    for cores in _MACHINES:
        cells = []
        for cluster in _CLUSTERS:
            pages = pays_from(local, cores, spark, cluster)
            cells.append("never" if pages is None else f"{max(pages, 0):,}")
        yield f"| {cores} cores | {least_cores(local, cores, spark) - 1} | {' | '.join(cells)} |"

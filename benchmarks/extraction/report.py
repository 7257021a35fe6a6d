"""The measurements as tables for people and as JSON for programs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.extraction.comparison import Comparison
from benchmarks.extraction.memory import Memory
from benchmarks.extraction.speed import Timing
from benchmarks.printing import table, times


@dataclass(frozen=True, slots=True)
class Speed:
    """Times on one set of articles. kilobytes: the mean body, in UTF-8."""

    corpus: str
    articles: int
    kilobytes: float
    rounds: int
    timings: tuple[Timing, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that one call measured. notes: what could not be compared and why."""

    machine: str
    notes: tuple[str, ...] = ()
    speed: tuple[Speed, ...] = ()
    sentences: int = 0
    comparisons: tuple[Comparison, ...] = field(default=())
    memory: Memory | None = None

    def to_json_ready(self) -> dict[str, Any]:
        """Nested dicts and lists."""
        plain = asdict(self)
        if self.memory is not None:
            plain["memory"] |= {
                "ratio": self.memory.ratio,
                "is_flat": self.memory.is_flat,
                "unbounded": self.memory.unbounded,
            }
        return plain


def _speed_table(speed: Speed) -> Table:
    shown = table(
        f"Time for 8 KB of body: {speed.articles} {speed.corpus}, {speed.kilobytes:.1f} KB each on average",
        *("reader", "best ms", "median ms", "articles/s", "× regex floor", "× trafilatura"),
        caption=f"{speed.rounds} interleaved rounds, processor time, one thread;"
        " ratios are medians of the rounds' ratios.",
    )
    for one in speed.timings:
        shown.add_row(
            one.name,
            f"{one.best:.3f}",
            f"{one.median:.3f}",
            f"{one.articles_per_second:,.0f}",
            times(one.to_floor),
            times(one.to_page_floor),
        )
    return shown


def _quantity_table(report: Report) -> Table:
    shown = table(
        f"Quantities in {report.sentences} labelled sentences",
        *("tool", "labelled", "found", "value right", "value and unit", "spurious"),
        caption="Spurious: an answer that touches no labelled quantity.",
    )
    for one in report.comparisons:
        if (score := one.quantities) is not None:
            numbers = (score.labelled, score.found, score.value, score.value_and_unit, score.spurious)
            shown.add_row(one.name, *map(str, numbers))
    return shown


def _period_table(report: Report) -> Table:
    shown = table(
        f"Days and periods in {report.sentences} labelled sentences",
        *("tool", "labelled", "found", "right", "wrong"),
        caption="Right: first and last day. Wrong: an answer that is none of the sentence's periods."
        " Claims do not say where their period is printed.",
    )
    for one in report.comparisons:
        score = one.periods
        found = "–" if score.found is None else str(score.found)
        shown.add_row(one.name, str(score.labelled), found, str(score.right), str(score.wrong))
    return shown


def _memory_table(memory: Memory) -> Table:
    verdict = "flat" if memory.is_flat else "NOT FLAT"
    shown = table(
        f"Resident memory over {memory.articles:,} articles ({memory.found:,} claims and meetings read)",
        *("articles", "MB"),
        caption=f"Last tenth to first: {memory.ratio:.3f} ({verdict}).",
    )
    for tenth, megabytes in enumerate(memory.megabytes, start=1):
        shown.add_row(f"{memory.articles * tenth // len(memory.megabytes):,}", f"{megabytes:.1f}")
    return shown


def _cache_lines(memory: Memory) -> Sequence[str]:
    lines = [f"cache {one.name}: {one.maxsize or 'without bound'}" for one in memory.caches]
    lines += [f"{name} holds {items} more than before" for name, items in memory.grown.items()]
    return lines


def show(report: Report, console: Console) -> None:
    """Print every table that was measured."""
    console.print(report.machine)
    for speed in report.speed:
        console.print(_speed_table(speed))
    if report.comparisons:
        console.print(_quantity_table(report))
        console.print(_period_table(report))
    if report.memory is not None:
        console.print(_memory_table(report.memory))
        for line in _cache_lines(report.memory):
            console.print(line, highlight=False)
    for note in report.notes:
        console.print(note, style="yellow", highlight=False)

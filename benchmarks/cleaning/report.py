"""The comparison as tables for people and as JSON for programs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks.cleaning.comparison import Comparison, Miss, Row
from benchmarks.printing import table, times


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that one call measured.

    notes: what could not be compared and why. misses: null where they were not asked for.
    """

    machine: str
    notes: tuple[str, ...]
    comparisons: tuple[Comparison, ...]
    misses: tuple[Miss, ...] | None = None

    def to_json_ready(self) -> dict[str, Any]:
        """Nested dicts and lists."""
        return asdict(self)


def _cells(row: Row) -> tuple[str, ...]:
    score = row.score
    return (
        f"{score.f1_mean:.4f}",
        f"{score.f1_worst:.4f}",
        str(score.empty),
        str(score.leads_lost),
        str(score.captions_leaked),
        str(score.others_leaked),
        str(score.titles),
        "–" if score.dates is None else str(score.dates),
        f"{row.milliseconds:.1f}",
        times(row.to_trafilatura),
    )


def _comparison_table(one: Comparison) -> Table:
    shown = table(
        f"{one.page_set}: {one.pages} pages, {one.captions} captions and {one.others} others to leave out",
        *("tool", "F1 mean", "worst", "empty", "leads lost", "captions", "others", "titles", "dates"),
        *("ms", "× traf."),
        caption="F1 of the body's words; empty: no text; captions, others (teasers, boxes): leaked; titles,"
        " dates: right."
        f"\nMilliseconds of processor time a page, one thread, median of {one.rounds} interleaved rounds.",
    )
    for row in one.rows:
        shown.add_row(row.tool, *_cells(row))
    return shown


def _raised(one: Comparison) -> Iterator[str]:
    for row in one.rows:
        if row.score.raised:
            yield (
                f"{row.tool} raised on {row.score.raised} of {one.pages} pages of {one.page_set},"
                f" each counted as an empty answer; first: {row.score.first_raised}"
            )


def _miss_lines(misses: tuple[Miss, ...]) -> Iterator[str]:
    if not misses:
        yield "Ours has nothing wrong."
    for miss in misses:
        yield f"{miss.page_set}: {miss.page}"
        yield from (f"  {fault}" for fault in miss.faults)


def show(report: Report, console: Console) -> None:
    """Print every table, then what ours has wrong if that was asked for, then the notes."""
    console.print(report.machine)
    for one in report.comparisons:
        console.print(_comparison_table(one))
        for line in _raised(one):
            console.print(line, style="yellow", highlight=False, markup=False)
    for line in _miss_lines(report.misses) if report.misses is not None else ():
        console.print(line, highlight=False, markup=False)
    for note in report.notes:
        console.print(note, style="yellow", highlight=False, markup=False)

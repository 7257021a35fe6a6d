"""The table of docs/reliability.md that tells what came of the kills."""

from __future__ import annotations

import platform
from collections.abc import Mapping
from importlib.metadata import version

from tests.kills.lane import Tally
from tests.kills.plan import SHARES

HEAD = (
    "| stage | kill | kills | next run completed | lost | doubled | half-published | torn or failed reads |\n"
    "|---|---|---|---|---|---|---|---|"
)


def told_in_words(tallies: Mapping[tuple[str, str], Tally], seed: int, seconds: float) -> str:
    """How many kills there were, where, and how long it took."""
    count = sum(tally.kills for tally in tallies.values())
    where = f"{platform.system()}, Python {platform.python_version()}, DuckDB {version('duckdb')}"
    return f"{count} kills, seed {seed}, in {seconds / 60:.0f} minutes ({where})."


def table(tallies: Mapping[tuple[str, str], Tally]) -> str:
    """A line a stage and kind of kill, and their sum."""
    order = {stage: place for place, stage in enumerate(SHARES)}
    lines = [_line(*key, tallies[key]) for key in sorted(tallies, key=lambda key: (order[key[0]], key[1]))]
    return "\n".join([HEAD, *lines, _line("**all**", "", _sum(tallies))])


def _line(stage: str, kind: str, tally: Tally) -> str:
    reads = tally.reads
    told = f"{reads['torn'] + reads['failed']} of {reads['reads']:,}" if reads else ""
    figures = (tally.kills, tally.completed, tally.lost, tally.doubled, tally.half_published)
    return f"| {stage} | {kind} | {' | '.join(map(str, figures))} | {told} |"


def _sum(tallies: Mapping[tuple[str, str], Tally]) -> Tally:
    whole = Tally()
    for tally in tallies.values():
        for name in ("kills", "completed", "lost", "doubled", "half_published"):
            setattr(whole, name, getattr(whole, name) + getattr(tally, name))
        for name, count in tally.reads.items():
            whole.reads[name] = whole.reads.get(name, 0) + count
    return whole

"""The table of docs/reliability.md that tells what came of the kills."""

from __future__ import annotations

import platform
from importlib.metadata import version

from tests.kills.plan import SHARES
from tests.kills.tally import Tallies, Tally

HEAD = (
    "| stage | kill | kills | next run completed | lost | doubled | half-published | torn or failed reads |\n"
    "|---|---|---|---|---|---|---|---|"
)


def told_in_words(tallies: Tallies) -> str:
    """How many kills there were, and where."""
    count = sum(tally.kills for tally in tallies.values())
    where = f"{platform.system()}, Python {platform.python_version()}, DuckDB {version('duckdb')}"
    return f"{count} kills ({where})."


def table(tallies: Tallies) -> str:
    """A line a stage and kind of kill, and their sum."""
    order = {stage: place for place, stage in enumerate(SHARES)}
    lines = [_line(*key, tallies[key]) for key in sorted(tallies, key=lambda key: (order[key[0]], key[1]))]
    return "\n".join([HEAD, *lines, _line("**all**", "", sum(tallies.values(), Tally()))])


def _line(stage: str, kind: str, tally: Tally) -> str:
    reads = tally.reads
    told = f"{reads['torn'] + reads['failed']} of {reads['reads']:,}" if reads else ""
    figures = (tally.kills, tally.completed, tally.lost, tally.doubled, tally.half_published)
    return f"| {stage} | {kind} | {' | '.join(map(str, figures))} | {told} |"

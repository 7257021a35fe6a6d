"""What the reports of all benchmarks have in common."""

from __future__ import annotations

import os
import platform
import sys

from rich.console import Console
from rich.table import Table

# Wide enough for the widest table where no terminal says how wide it is.
_PIPED_WIDTH = 120


def machine() -> str:
    """What was measured on."""
    return (
        f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores,"
        f" {platform.python_implementation()} {platform.python_version()}"
    )


def console() -> Console:
    """The terminal, or the stream in its place."""
    return Console(width=None if sys.stdout.isatty() else _PIPED_WIDTH)


def table(title: str, *columns: str, caption: str | None = None) -> Table:
    """An empty table whose first column is text and whose others are numbers."""
    # As wide as its title, which would else be broken over a narrow table.
    made = Table(
        title=title, caption=caption, title_justify="left", caption_justify="left", min_width=len(title)
    )
    for place, column in enumerate(columns):
        made.add_column(column, justify="left" if place == 0 else "right", no_wrap=place == 0)
    return made


def times(value: float | None) -> str:
    """How many times a baseline's, with two figures; a dash where it was not measured."""
    if value is None:
        return "–"
    return f"{value:,.0f}×" if value >= 100 else f"{value:.2g}×" if value < 10 else f"{value:.0f}×"

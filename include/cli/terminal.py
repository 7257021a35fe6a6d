"""Where answers go: a table on a terminal, one line a row into a pipe. No text of an article acts here.

Everything is printed as `Text`, never as markup, with what cannot be seen written out; a link is made of web
addresses alone. Answers go to stdout, whatever else is told to stderr.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Event, Thread
from typing import Any, Final
from urllib.parse import quote

import duckdb
from rich.console import Console, RenderableType
from rich.style import Style
from rich.table import Table
from rich.text import Text

from include.cli.values import shown
from include.untrusted import is_web_address, visible

# Below so many columns of the screen for each of the table's, a table is hard to read: rows are listed.
NARROWEST_COLUMN: Final = 12
LONGEST_KEY: Final = 32
PROGRESS_SECONDS: Final = 0.1


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows under names: a table on a terminal, tab-separated lines in a pipe."""

    columns: Sequence[str]
    rows: Iterable[Sequence[Any]]


def screen() -> Console:
    """Standard output; without markup, so that "[red]" in a text stays what it is."""
    return Console(highlight=False, markup=False, emoji=False)


def aside() -> Console:
    """Standard error, for what is no part of the answer."""
    return Console(stderr=True, highlight=False, markup=False, emoji=False)


def words(text: object, style: str | Style = "") -> Text:
    """A text from outside, on one line, as it may be printed."""
    return Text(shown(text), style)


def link(address: object) -> Text:
    """An address, which can be clicked where it is one of the web."""
    target = web_target(address)
    return words(address, Style(link=target) if target else "")


def web_target(address: object) -> str | None:
    """What a terminal's link may lead to: a web address in visible ASCII; None for anything else."""
    if not isinstance(address, str) or not is_web_address(address):
        return None
    if not address.isprintable() or " " in address:
        return None
    return "".join(char if char.isascii() else quote(char) for char in address)


def tell(message: str, style: str = "") -> None:
    """Say something that is not part of the answer."""
    aside().print(Text(visible(message), style), soft_wrap=True)


def show(parts: Iterable[RenderableType | Grid]) -> None:
    """Print an answer. Into a pipe nothing is wrapped, cut or padded."""
    console = screen()
    for part in parts:
        if not isinstance(part, Grid):
            console.print(part, soft_wrap=not console.is_terminal)
        elif console.is_terminal:
            _show_table(console, part)
        else:
            _write_line(part.columns)
            for row in part.rows:
                _write_line(row)


def _write_line(row: Sequence[Any]) -> None:
    sys.stdout.write("\t".join(map(shown, row)) + "\n")


def _show_table(console: Console, grid: Grid) -> None:
    rows = list(grid.rows)
    if len(grid.columns) * NARROWEST_COLUMN > console.width:
        for part in _listed(grid.columns, rows):
            console.print(part)
        return
    table = Table(header_style="bold", show_edge=False)
    for place, name in enumerate(grid.columns):
        cells = [row[place] for row in rows]
        table.add_column(
            words(name),
            justify="right" if any(map(_is_number, cells)) else "left",
            no_wrap=all(map(_is_short, cells)),
            overflow="fold",
        )
    for row in rows:
        table.add_row(*map(_cell, row))
    console.print(table)


def _listed(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> Iterator[Text]:
    """Each row as a list of its values, where the screen is too narrow for a table."""
    width = max(map(len, columns), default=0)
    for number, row in enumerate(rows, start=1):
        yield Text(f"── {number} ──", "bold")
        for name, value in zip(columns, row, strict=True):
            yield Text.assemble((f"{shown(name):<{width}}  ", "dim"), _cell(value))


def _cell(value: Any) -> Text:
    return Text("·", "dim") if value is None else link(value) if isinstance(value, str) else words(value)


def _is_short(value: object) -> bool:
    """Whether a cell stays on one line: a key, a day, a number. It is looked at whole, or copied."""
    text = shown(value)
    return " " not in text and len(text) <= LONGEST_KEY


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


@contextmanager
def waiting(message: str) -> Iterator[None]:
    """Show on a terminal that something goes on; nothing in a pipe."""
    console = aside()
    if not console.is_terminal:
        yield
        return
    with console.status(Text(visible(message))):
        yield


@contextmanager
def progress(connection: duckdb.DuckDBPyConnection, message: str) -> Iterator[None]:
    """Show on a terminal how far the connection is with what it runs in the block; nothing in a pipe.

    connection: one whose progress can be asked from another thread (`open_to_export`).
    """
    console = aside()
    if not console.is_terminal:
        yield
        return
    from rich.progress import Progress  # only here: it takes as long to load as an answer

    ended = Event()
    with Progress(console=console, transient=True) as bar:
        task = bar.add_task(visible(message), total=100)

        def follow() -> None:
            while not ended.wait(PROGRESS_SECONDS):
                bar.update(task, completed=max(0.0, connection.query_progress()))

        follower = Thread(target=follow, daemon=True)
        follower.start()
        try:
            yield
        finally:
            ended.set()
            follower.join()

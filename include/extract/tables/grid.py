"""Runs of table rows in a body: which lines they are, and which of them are heads.

The cleaner writes a table's row as one line, its cells set apart by bars, with the same number of cells in
every row (see `include.clean.tables`). What spans the table's width is a line without bars.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from include.extract.tables.cells import is_figure, is_year
from include.extract.text import Span, paragraphs

_SIGN = "|"
# Titles, units and sections of tables are short; a longer line between two rows is prose.
_BANNER_CHARS = 160
_LINES_ABOVE = 2


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table: the whole line, and its cells; one cell where nothing parts it."""

    span: Span
    cells: tuple[Span, ...]

    @property
    def is_banner(self) -> bool:
        """Whether it is one line over the table's whole width: a section or a unit."""
        return len(self.cells) == 1


@dataclass(slots=True)
class Block:
    """Rows under one head. above: the lines over it, from the farthest; heads: the rows of the head."""

    above: list[Span]
    heads: list[Line] = field(default_factory=list)
    rows: list[Line] = field(default_factory=list)


def find_runs(body: str) -> list[tuple[list[Span], list[Line]]]:
    """The runs of table lines in `body`, each with the short lines right above it, farthest first.

    A run has at least two rows of the same width; banners may stand between its rows.
    """
    lines = [Line(span, _cells(body, span)) for span in paragraphs(body)]
    runs, index = [], 0
    while index < len(lines):
        end = _run_end(lines, index)
        rows = [line for line in lines[index:end] if not line.is_banner]
        if len(rows) >= 2:
            above = [line.span for line in lines[max(0, index - _LINES_ABOVE) : index] if _is_short(line)]
            runs.append((above, lines[index:end]))
            index = end
        else:
            index += 1
    return runs


def _run_end(lines: Sequence[Line], start: int) -> int:
    """Behind the last row of the run that begins at `start`; `start` itself where none begins there."""
    if lines[start].is_banner:
        return start
    width, end = len(lines[start].cells), start
    for index in range(start, len(lines)):
        if len(lines[index].cells) == width:
            end = index + 1
        elif not (lines[index].is_banner and _is_short(lines[index]) and index - end < _LINES_ABOVE):
            break
    return end


def _is_short(line: Line) -> bool:
    return line.is_banner and line.span.end - line.span.start <= _BANNER_CHARS


def _cells(body: str, line: Span) -> tuple[Span, ...]:
    cells, begin = [], line.start
    for piece in line.of(body).split(_SIGN):
        start = begin + len(piece) - len(piece.lstrip())
        cells.append(Span(start, max(start, begin + len(piece.rstrip()))))
        begin += len(piece) + 1
    return tuple(cells)


def blocks_of(text: str, above: Sequence[Span], lines: Sequence[Line]) -> list[Block]:
    """The rows of a run under their heads; a head may be printed again, with other columns, further down.

    Rows that only number the columns ("A | B | 1 | 2") are left out.
    """
    block = Block(list(above))
    blocks = [block]
    for line in lines:
        cells = [cell.of(text) for cell in line.cells]
        if line.is_banner:
            (block.rows.append(line) if block.rows or block.heads else block.above.append(line.span))
        elif _numbers_columns(cells):
            continue
        elif _has_figures(cells) or not _is_head(cells):
            block.rows.append(line)
        elif not block.rows:
            block.heads.append(line)
        elif _goes_on_as(cells, [line.cells[0].of(text) for line in block.heads]):
            block = Block(list(above), [line])
            blocks.append(block)
        else:
            block.rows.append(line)
    return blocks


def _has_figures(cells: Sequence[str]) -> bool:
    return any(is_figure(cell) for cell in cells[1:]) and not all(
        is_year(cell) for cell in cells[1:] if is_figure(cell)
    )


def _is_head(cells: Sequence[str]) -> bool:
    """Whether a row without figures has words over the figures' columns; a section has them in front only."""
    return any(cell.strip("-.…x*, ") for cell in cells[-max(1, len(cells) - 2) :])


def _goes_on_as(cells: Sequence[str], heads: Sequence[str]) -> bool:
    """Whether a row of words begins like the head above, and not like a row whose figures are missing."""
    return not cells[0] or cells[0] in heads


def _numbers_columns(cells: Sequence[str]) -> bool:
    """Whether a row counts the columns: "a | b | 1 | 2 | 3=2/1", "(1) | (2) | (3)"."""
    bare = [cell.strip("() ").split("=")[0] for cell in cells if cell]
    letters = [cell for cell in bare if len(cell) == 1 and cell.isalpha()]
    numbers = [int(cell) for cell in bare if cell.isdigit() and len(cell) <= 2]
    counts = numbers == list(range(numbers[0], numbers[0] + len(numbers))) if numbers else False
    return len(bare) >= 2 and counts and len(letters) + len(numbers) == len(bare) and numbers[0] <= 2

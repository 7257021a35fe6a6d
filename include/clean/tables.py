"""Tables of figures to lines of text: one line a row, its cells set apart by CELL_BREAK.

Each line of a table has as many cells as the table has columns, so that a reader of the stored text can tell
under which head a figure stands.
"""

from __future__ import annotations

import re
from typing import Final

from lxml import html

from include.clean.text import tidy
from include.clean.tree import BLOCKS, text_of

# The sign that sets cells apart; inside a cell a slash stands for it.
CELL_SIGN: Final = "|"
CELL_BREAK: Final = f" {CELL_SIGN} "
# A cell of figures or names is short; a longer one is a page laid out as a table.
_MAX_CELL_CHARS: Final = 300
# The widest statistical tables print some twenty columns; a wider span is a mistake or a trap.
_MAX_COLUMNS: Final = 30
_MAX_ROWS_SPANNED: Final = 100
# Spans may make a table's text so much longer than it is printed; beyond that they are a trap.
_MAX_GROWTH: Final = 10
_ALWAYS_CHARS: Final = 20_000
_CELLS: Final = ("td", "th")
_FIGURE: Final = re.compile(r"[-+−–]?\s?\d[\d.,\s]*%?")
_YEAR: Final = re.compile(r"(?:19|20)\d\d")


def is_data_table(table: html.HtmlElement) -> bool:
    """Whether a table holds rows of short cells, rather than the layout of a page or of pictures.

    Pictures stand beside figures in few tables; without a figure they are a gallery with its captions.
    """
    if next(table.iterdescendants("table"), None) is not None:
        return False
    rows = [[text_of(cell) for cell in row if cell.tag in _CELLS] for row in table.iter("tr")]
    filled = [[cell for cell in row if cell] for row in rows]
    wide = [row for row in filled if len(row) >= 2]
    longest = max((len(cell) for row in filled for cell in row), default=0)
    if len(wide) < 2 or longest > _MAX_CELL_CHARS:
        return False
    has_picture = next(table.iter("img"), None) is not None
    return not has_picture or any(_FIGURE.fullmatch(cell) for row in filled for cell in row)


def table_lines(table: html.HtmlElement) -> list[str]:
    """The lines of a data table in reading order: its caption, then one line a row.

    Words that span columns or rows stand in each cell that they cover, a figure only in the first, a blank
    cell between two signs. What spans the whole width, a heading or the unit of all figures, is a line
    without signs; columns and rows without any text are left out.
    """
    captions = [_printed(caption) for caption in table.iter("caption")]
    rows, banners = _spread(table, repeats=True)
    if _size(rows) > _ALWAYS_CHARS + _MAX_GROWTH * len(text_of(table)):
        rows, banners = _spread(table, repeats=False)
    used = [column for column in range(_MAX_COLUMNS) if any(row[column] for row in rows)]
    lines = []
    for row, banner in zip(rows, banners, strict=True):
        cells = [row[column] or "" for column in used]
        lines.append(tidy(CELL_BREAK.join(cells)) if any(cells) else banner)
    return [line for line in [*captions, *lines] if line]


def _size(rows: list[list[str | None]]) -> int:
    return sum(len(cell) for row in rows for cell in row if cell)


def _spread(table: html.HtmlElement, *, repeats: bool) -> tuple[list[list[str | None]], list[str]]:
    """The cells of each row with spans filled in (null: no cell), and the text of each row that is one cell.

    repeats: whether words stand in every cell that they span.
    """
    elements = list(table.iter("tr"))
    width = min(_MAX_COLUMNS, max((sum(map(_columns, _cells_of(row))) for row in elements), default=0))
    rows: list[list[str | None]] = [[None] * _MAX_COLUMNS for _ in elements]
    banners = [""] * len(elements)
    for index, element in enumerate(elements):
        cells = _cells_of(element)
        if len(cells) == 1 and width > 1 and _columns(cells[0]) >= width:
            banners[index] = _printed(cells[0])
            continue
        for cell in cells:
            _place(cell, rows, index, repeats=repeats)
    return rows, banners


def _place(cell: html.HtmlElement, rows: list[list[str | None]], index: int, *, repeats: bool) -> None:
    """Write one cell into the first free place of its row and into all that it spans."""
    first = next((column for column, text in enumerate(rows[index]) if text is None), None)
    if first is None:
        return
    text = _printed(cell)
    is_once = not repeats or bool(_FIGURE.fullmatch(text) and not _YEAR.fullmatch(text))
    down = min(_MAX_ROWS_SPANNED, _span(cell, "rowspan") or _MAX_ROWS_SPANNED)
    for row in rows[index : index + down]:
        for column in range(first, min(_MAX_COLUMNS, first + _columns(cell))):
            row[column] = "" if is_once else text
    rows[index][first] = text


def _cells_of(row: html.HtmlElement) -> list[html.HtmlElement]:
    return [cell for cell in row if cell.tag in _CELLS]


def _columns(cell: html.HtmlElement) -> int:
    return min(_MAX_COLUMNS, _span(cell, "colspan") or 1)


def _span(cell: html.HtmlElement, name: str) -> int:
    """The number that a span attribute asks for: 1 where it is absent or no number, 0 for "the rest"."""
    digits = re.match(r"\s*(\d{1,4})", cell.get(name) or "")
    return int(digits[1]) if digits else 1


def _printed(cell: html.HtmlElement) -> str:
    """The text of a cell on one line; a number that markup cuts in two stays one."""
    return tidy("".join(_pieces(cell))).replace(CELL_SIGN, "/")


def _pieces(element: html.HtmlElement) -> list[str]:
    pieces = [element.text or ""]
    for child in element:
        gap = " " if child.tag in BLOCKS or child.tag == "br" else ""
        pieces += [gap, *_pieces(child), gap, child.tail or ""]
    return pieces

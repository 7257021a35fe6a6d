"""Rows as CSV: the cells of the open data (docs/open_data.md), for rows that are on their way to stdout."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from itertools import islice
from typing import Any, Final

import duckdb

from include.cli.values import plain
from include.warehouse.open_data.cells import csv_cell

ROWS_AT_ONCE: Final = 1_000
SAFE: Final = f"select {csv_cell('cell', 'VARCHAR')} from (select unnest(cast(? as varchar[])) as cell)"  # noqa: S608
# What a spreadsheet cannot take for a formula; everything else is a text to it.
HARMLESS: Final = (bool, int, float, Decimal, date, time)


def csv_lines(names: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """The header and a line a row, without line ends.

    No value is an empty field, and so are NaN and infinity; an empty text is `""`.
    """
    with duckdb.connect() as connection:
        yield _lines(connection, [names])[0]
        remaining = iter(rows)
        while batch := list(islice(remaining, ROWS_AT_ONCE)):
            yield from _lines(connection, batch)


@dataclass(slots=True)
class _Suspect:
    """A text that may be a formula: DuckDB looks at all of a batch together."""

    text: str


def _lines(connection: duckdb.DuckDBPyConnection, batch: Sequence[Sequence[Any]]) -> list[str]:
    cells = [[_cell(value) for value in row] for row in batch]
    suspects = [cell for row in cells for cell in row if isinstance(cell, _Suspect)]
    if suspects:
        safe = connection.execute(SAFE, [[cell.text for cell in suspects]]).fetchall()
        for cell, (text,) in zip(suspects, safe, strict=True):
            cell.text = text
    return [
        ",".join(_field(cell.text) if isinstance(cell, _Suspect) else cell for cell in row) for row in cells
    ]


def _cell(value: Any) -> str | _Suspect:
    if value is None:
        return ""
    if isinstance(value, HARMLESS):
        return _number_or_day(value)
    text = plain(value)
    # What begins with a letter or digit is no formula, and so are nearly all texts.
    return _field(text) if not text or text[0].isalnum() else _Suspect(text)


def _number_or_day(value: Any) -> str:
    return "" if isinstance(value, float) and not math.isfinite(value) else plain(value)


def _field(text: str) -> str:
    if text and not any(char in text for char in ',"\r\n'):
        return text
    return '"' + text.replace('"', '""') + '"'

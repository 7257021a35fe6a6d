"""Rows as CSV: the cells of the open data (docs/open_data.md), for rows that are on their way to stdout."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
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
        yield _line(connection, [names])[0]
        remaining = iter(rows)
        while batch := list(islice(remaining, ROWS_AT_ONCE)):
            yield from _line(connection, batch)


def _line(connection: duckdb.DuckDBPyConnection, batch: Sequence[Sequence[Any]]) -> list[str]:
    texts = [plain(value) for row in batch for value in row if _is_text(value)]
    safe = iter(connection.execute(SAFE, [texts]).fetchall())
    return [
        ",".join(_field(next(safe)[0]) if _is_text(value) else _number_or_day(value) for value in row)
        for row in batch
    ]


def _is_text(value: object) -> bool:
    return value is not None and not isinstance(value, HARMLESS)


def _number_or_day(value: Any) -> str:
    return "" if isinstance(value, float) and not math.isfinite(value) else plain(value)


def _field(text: str) -> str:
    if text and not any(char in text for char in ',"\r\n'):
        return text
    return '"' + text.replace('"', '""') + '"'

"""What a mart holds, as a number that is the same for the same rows and can be kept up as rows change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Self

import duckdb

from include.contract import MARTS_SCHEMA
from include.warehouse.manifest import VISIT_COLUMNS
from include.warehouse.sql_text import quoted_name as _name

_LANE: Final = 2**64
_DIGITS: Final = 32


@dataclass(frozen=True, slots=True)
class Content:
    """The MD5 of each row as JSON, its columns by name, added up in two lanes of 64 bits modulo 2^64.

    The same for any order of rows or columns and any file layout; a row that stands twice counts twice. A
    sum, so that what rows were taken out and put in tells the new one from the old without reading the rest.
    It tells by accident changed rows; that nobody forged a file is what the SHA-256 of its bytes is for.
    """

    lower: int = 0
    upper: int = 0

    def __add__(self, other: Self) -> Content:
        return Content((self.lower + other.lower) % _LANE, (self.upper + other.upper) % _LANE)

    def __sub__(self, other: Self) -> Content:
        return Content((self.lower - other.lower) % _LANE, (self.upper - other.upper) % _LANE)

    def __str__(self) -> str:
        """32 hex digits."""
        return f"{self.lower:016x}{self.upper:016x}"


def parsed_content(text: str | None) -> Content | None:
    """The content that a manifest tells; None where it tells none, or one of an earlier kind."""
    if text is None or len(text) != _DIGITS:
        return None
    return Content(int(text[: _DIGITS // 2], 16), int(text[_DIGITS // 2 :], 16))


def content_of(connection: duckdb.DuckDBPyConnection, mart: str, relation: str | None = None) -> Content:
    """The content of a mart's rows in the current database, or of those of `relation`, rows of that mart.

    relation: a quoted name. The time zone of the session must be UTC.
    """
    rows = relation or f"{MARTS_SCHEMA}.{_name(mart)}"
    described = connection.execute(f"describe {rows}").fetchall()
    columns = sorted(row[0] for row in described if (mart, row[0]) not in VISIT_COLUMNS)
    listed = ", ".join(map(_name, columns))
    texts = f"select cast(to_json(r) as varchar) as row_text from (select {listed} from {rows}) as r"  # noqa: S608
    lanes = ", ".join(f"coalesce(sum(md5_number_{lane}(row_text)), 0)" for lane in ("lower", "upper"))
    sums = connection.execute(f"select {lanes} from ({texts})").fetchone()  # noqa: S608 - quoted names
    return Content(int(sums[0]) % _LANE, int(sums[1]) % _LANE) if sums else Content()


def content_hash(connection: duckdb.DuckDBPyConnection, mart: str) -> str:
    """`content_of` all rows of the mart in the current database, in 32 hex digits."""
    return str(content_of(connection, mart))

"""The published marts as the pages read them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, TypeAlias

import duckdb

from include.warehouse.manifest import Manifest
from include.without_pandas import without_pandas

Row: TypeAlias = dict[str, Any]


@dataclass(frozen=True)
class Marts:
    """One published file, open for reading, and its manifest."""

    connection: duckdb.DuckDBPyConnection
    manifest: Manifest

    def rows(self, query: str, values: Sequence[Any] = ()) -> list[Row]:
        """The answer to one query as dictionaries by column name, in the query's order."""
        with without_pandas():
            answer = self.connection.execute(query, list(values))
        names = [column[0] for column in answer.description or ()]
        return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]

    @cached_property
    def provinces(self) -> Mapping[str, Row]:
        """Rows of dim_provinces by province_id, the whole country among them."""
        return {
            row["province_id"]: row
            for row in self.rows("select * from marts.dim_provinces order by province_id")
        }

    @cached_property
    def indicators(self) -> Mapping[str, Row]:
        """Rows of dim_indicators by indicator_code."""
        return {
            row["indicator_code"]: row
            for row in self.rows("select * from marts.dim_indicators order by indicator_code")
        }

    @cached_property
    def units(self) -> Mapping[str, Row]:
        """Rows of dim_units by unit_code."""
        return {
            row["unit_code"]: row for row in self.rows("select * from marts.dim_units order by unit_code")
        }

    @cached_property
    def night_on(self) -> date | None:
        """The newest night on which a portal was asked, a day in Vietnam; None in an empty warehouse."""
        return self.rows("select max(night_on) as night_on from marts.fct_portal_nights")[0]["night_on"]  # type: ignore[no-any-return]


def grouped(rows: Iterable[Row], *columns: str) -> dict[Any, list[Row]]:
    """Rows by the value of one column, or by the tuple of several; both in the order of the rows."""
    groups: defaultdict[Any, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row[columns[0]] if len(columns) == 1 else tuple(row[name] for name in columns)].append(row)
    return dict(groups)

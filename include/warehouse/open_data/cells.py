"""How the value of a column stands in a CSV file, as SQL, and what it is called in a table schema."""

from __future__ import annotations

import re
from typing import Final

# What a spreadsheet may take for a formula: OWASP's list (CSV Injection), with the full-width and small
# forms and the minus sign U+2212, also behind blanks and characters that are not seen, which spreadsheets
# drop before they look. A tab or the end of a line in front is on the list by itself.
FORMULA_START: Final = r"^(?:[\t\r\n]|[\p{Z}\p{C}]*[=+\-@＝＋－＠﹢﹣﹦﹫−])"
# Types of DuckDB by their name in a table schema (Frictionless Table Schema v1).
SCHEMA_TYPES: Final = {
    "VARCHAR": "string",
    "TINYINT": "integer",
    "SMALLINT": "integer",
    "INTEGER": "integer",
    "BIGINT": "integer",
    "HUGEINT": "integer",
    "UINTEGER": "integer",
    "UBIGINT": "integer",
    "FLOAT": "number",
    "DOUBLE": "number",
    "DECIMAL": "number",
    "BOOLEAN": "boolean",
    "DATE": "date",
    "TIME": "time",
    "TIMESTAMP": "datetime",
    "TIMESTAMP WITH TIME ZONE": "datetime",
}


class OpenDataError(RuntimeError):
    """The open data of a release cannot be written as they must be; the release itself stays in place."""


def schema_type(sql_type: str, where: str) -> str:
    """The type of a table schema for a DuckDB type; raises OpenDataError for one that is not flat."""
    found = SCHEMA_TYPES.get(re.sub(r"\(.*\)$", "", sql_type))
    if found is None:
        raise OpenDataError(f"{where} is {sql_type}: a mart's column must be of a flat type to be open data")
    return found


def csv_cell(column: str, sql_type: str) -> str:
    """The SQL of one CSV cell. column: SQL of the value; only text and times are written another way.

    Text that a spreadsheet would run gets an apostrophe in front, as OWASP advises; times are ISO 8601 in
    UTC, whatever the session's zone is set to (it must be UTC).
    """
    if sql_type == "VARCHAR":
        return f"if(regexp_matches({column}, '{FORMULA_START}'), '''' || {column}, {column})"
    return _iso_time(column) if sql_type == "TIMESTAMP WITH TIME ZONE" else column


def json_cell(column: str, sql_type: str) -> str:
    """The SQL of one value of a JSON row: JSON has neither times nor NaN and infinity, which are null."""
    if sql_type in ("FLOAT", "DOUBLE"):
        return f"case when isfinite({column}) then {column} end"
    return _iso_time(column) if sql_type == "TIMESTAMP WITH TIME ZONE" else column


def _iso_time(column: str) -> str:
    return f"regexp_replace(strftime({column}, '%Y-%m-%dT%H:%M:%S.%fZ'), '\\.000000Z$', 'Z')"

"""Names and strings written into SQL, where a statement takes no parameters (ATTACH, COPY, COMMENT ON)."""

from __future__ import annotations


def quoted_name(identifier: str) -> str:
    """A quoted SQL name; DuckDB takes no parameters for names."""
    return '"' + identifier.replace('"', '""') + '"'


def quoted_text(text: object) -> str:
    """A quoted SQL string."""
    return "'" + str(text).replace("'", "''") + "'"

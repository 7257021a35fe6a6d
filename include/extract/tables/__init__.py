"""Tables of figures inside an article: indicators in rows, periods and comparisons in columns."""

from include.extract.tables.read import TablesRead, read_tables

__all__ = ["TablesRead", "read_tables"]

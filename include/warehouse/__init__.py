"""Open, land, publish, roll back: everything that touches a DuckDB file."""

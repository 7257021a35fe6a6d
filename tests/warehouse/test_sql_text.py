"""Names and strings that have to stand in SQL themselves stay one name and one string."""

from __future__ import annotations

import duckdb
import pytest

from include.warehouse.sql_text import quoted_name, quoted_text

HOSTILE = [
    "'; drop table t; --",
    '"; drop table t; --',
    "a'b\"c",
    "''",
    '""',
    "\\'",
    "$$",
    "tỉnh ' \n-- x",
    "/*",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_string_comes_back_as_it_was(text: str) -> None:
    with duckdb.connect() as connection:
        assert connection.execute(f"select {quoted_text(text)}").fetchall() == [(text,)]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_is_one_name(name: str) -> None:
    with duckdb.connect() as connection:
        connection.execute("create table t as select 1 as one")
        connection.execute(f"create table {quoted_name(name)} as select 2 as {quoted_name(name)}")
        assert connection.execute(f"select {quoted_name(name)} from {quoted_name(name)}").fetchall() == [(2,)]
        found = connection.execute("select table_name from duckdb_tables() order by table_name").fetchall()
        assert found == sorted([("t",), (name,)])

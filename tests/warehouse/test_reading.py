"""The recipe for readers is the one that the document gives, and it refuses what the document says."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest

from include.settings import PROJECT_ROOT
from include.warehouse.database import open_warehouse
from include.warehouse.publish import publish
from include.warehouse.reading import LOCKED_DOWN, open_published
from tests.warehouse.samples import NIGHT, build_marts

PAGE = (PROJECT_ROOT / "docs" / "open_data.md").read_text(encoding="utf-8")
Connection = duckdb.DuckDBPyConnection


def block(kind: str) -> str:
    (found,) = re.findall(rf"^```{kind}\n(.*?)^```", PAGE, re.M | re.S)
    return str(found)


REFUSED = [statement.strip() for statement in block("sql refused").split(";") if statement.strip()]


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    build_marts(folder / "warehouse.duckdb")
    with open_warehouse(folder / "warehouse.duckdb") as connection:
        connection.execute("alter table marts.dim_units add column kind varchar")
    publish(
        warehouse=folder / "warehouse.duckdb",
        data_dir=folder,
        run_id="r1",
        releases_kept=1,
        published_at=NIGHT,
    )
    return folder / "sotinh.duckdb"


def by_python(path: Path) -> Connection:
    """What the document's Python opens, with this file in the place of its own."""
    names: dict[str, Any] = {}
    exec(block("python").replace("data/sotinh.duckdb", str(path)), names)  # noqa: S102 - our own document
    connection = names["marts"]
    assert isinstance(connection, Connection)
    return connection


def by_shell(path: Path) -> Connection:
    """What the document's statements make of a plain read-only session."""
    connection = duckdb.connect(str(path), read_only=True)
    for statement in block("sql").split(";"):
        connection.execute(statement)
    return connection


@pytest.mark.parametrize("opened", [by_python, by_shell])
def test_the_documents_recipe_reads_the_marts_and_refuses_the_rest(
    published: Path, opened: Callable[[Path], Connection], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with opened(published) as connection:
        assert connection.execute("select count(*) from marts.fct_indicators").fetchone() == (3,)
        assert len(REFUSED) == 18
        for statement in REFUSED:
            with pytest.raises(
                (duckdb.PermissionException, duckdb.InvalidInputException), match=REASONS
            ) as caught:
                connection.execute(statement)
            assert "syntax" not in str(caught.value).lower(), statement
        assert connection.execute("select count(*) from marts.dim_units").fetchone() == (0,)
    assert list(tmp_path.iterdir()) == []


REASONS = r"disabled (by|through) configuration|configuration has been locked|in read-only mode"


def test_each_refused_statement_does_something_where_nothing_is_locked(tmp_path: Path) -> None:
    """The proof above would prove nothing with statements that are wrong in themselves."""
    # What needs the network, or what no running session may do.
    left_out = re.compile("https:|httpfs|secret|external_access")
    with duckdb.connect() as connection:
        connection.execute("create schema marts; create table marts.dim_units (kind varchar)")
        connection.execute("create table marts.fct_indicators (quote varchar)")
        (tmp_path / "units.csv").write_text("kind\nx\n", encoding="utf-8")
        for statement in REFUSED:
            if not left_out.search(statement):
                connection.execute(re.sub(r"'(\w+\.\w+|everything)'", rf"'{tmp_path}/\1'", statement))


def test_the_project_opens_it_by_the_same_recipe(published: Path) -> None:
    recipe: dict[str, Any] = {}
    exec("config = {" + block("python").split("config={")[1].split("},")[0] + "}", recipe)  # noqa: S102
    assert recipe["config"] == LOCKED_DOWN
    with open_published(published) as connection:
        assert connection.execute("select count(*) from marts.fct_indicators").fetchone() == (3,)
        with pytest.raises(duckdb.PermissionException):
            connection.execute("select * from read_text('/etc/hostname')")
        frame = [1]
        with pytest.raises(duckdb.CatalogException):
            connection.execute("select * from frame")
        assert frame


def test_a_reader_leaves_no_file_beside_the_database(published: Path) -> None:
    before = sorted(published.parent.iterdir())
    with open_published(published) as connection:
        connection.execute("create temp table t as select * from marts.fct_indicators")
        assert sorted(published.parent.iterdir()) == before

"""What a lake does without a server: the rest is the lane's, `make ducklake-test`."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import duckdb
import pytest

from include.lake import Lake
from include.warehouse import export, lake
from include.warehouse.database import is_there, open_warehouse
from include.warehouse.transactions import ATTEMPTS, in_transaction

PLACE = Lake("127.0.0.1", 1, "lake", "sotinh", "geheim", "/srv/lake/", Path("/srv/sotinh"))
CONFLICT = (
    'Failed to commit DuckLake transaction.\nTransaction conflict - attempting to delete from table "15"'
)


@pytest.fixture
def connection():
    with duckdb.connect() as made:
        made.execute("create table t (i integer)")
        yield made


@pytest.mark.skipif(
    importlib.util.find_spec("duckdb_extension_ducklake") is not None, reason="the extensions are installed"
)
def test_without_its_extensions_it_says_what_to_install(tmp_path) -> None:
    place = Lake("127.0.0.1", 1, "lake", "sotinh", "geheim", "/srv/lake/", tmp_path)
    with pytest.raises(lake.LakeError, match=r"not installed in this environment.*requirements-lake.lock"):
        is_there(place)
    with pytest.raises(lake.LakeError, match="not installed"), open_warehouse(place):
        pass


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (CONFLICT, f"other writers came first {ATTEMPTS} times"),
        ("IO Error: server closed the connection unexpectedly", "server closed the connection"),
        ('Failed to execute query "INSERT": ERROR:  permission denied for table x', "permission denied"),
    ],
)
def test_a_refusal_is_told_as_one(said: str, told: str) -> None:
    with (
        pytest.raises(lake.LakeRefusedError, match=f"sotinh@127.0.0.1:1/lake refused: .*{told}") as refused,
        lake.refusals_told(PLACE),
    ):
        raise duckdb.IOException(said)
    assert "geheim" not in str(refused.value)


def test_an_error_of_ours_is_none(connection) -> None:
    with pytest.raises(duckdb.BinderException), lake.refusals_told(PLACE):
        connection.execute("select nowhere from t")


def test_a_connection_is_closed_to_all_but_the_lake(connection, tmp_path) -> None:
    seed, secret = tmp_path / "seed.csv", tmp_path / "secret.csv"
    folder = tmp_path / "it's a lake"
    folder.mkdir()
    for path in (seed, secret, folder / "x.csv"):
        path.write_text("i\n1\n", "utf-8")
    place = Lake("h", 1, "lake", "sotinh", "", f"{folder}/", tmp_path)
    lake.close_to_all_but(connection, place, (str(seed),))
    for allowed in (seed, folder / "x.csv"):
        assert connection.execute("select * from read_csv(?)", [str(allowed)]).fetchall() == [(1,)]
    for statement in (
        f"select * from read_csv('{secret}')",
        f"attach '{tmp_path}/other.duckdb'",
        "install httpfs",
    ):
        with pytest.raises(duckdb.PermissionException):
            connection.execute(statement)


def test_the_statements_that_set_up_a_lake_quote_what_they_are_given() -> None:
    place = Lake("h'", 1, "d'", "u'", "p'", "/it's/", Path("/srv"))
    for statement in lake._setup(place):
        assert "''" in statement
        assert len(duckdb.extract_statements(statement)) == 1


def test_work_that_fails_leaves_nothing(connection) -> None:
    def work() -> None:
        connection.execute("insert into t values (1)")
        raise RuntimeError("no")

    with pytest.raises(RuntimeError, match="no"):
        in_transaction(connection, work)
    assert connection.execute("select count(*) from t").fetchone() == (0,)


def test_work_that_others_came_before_is_done_again(connection, monkeypatch) -> None:
    monkeypatch.setattr("include.warehouse.transactions.time.sleep", lambda seconds: None)
    left = [CONFLICT, CONFLICT]

    def work() -> str:
        connection.execute("insert into t values (1)")
        if left:
            raise duckdb.TransactionException(left.pop())
        return "done"

    assert in_transaction(connection, work) == "done"
    assert connection.execute("select count(*) from t").fetchone() == (1,)


def test_and_no_more_than_so_often(connection, monkeypatch) -> None:
    waited: list[float] = []
    monkeypatch.setattr("include.warehouse.transactions.time.sleep", waited.append)

    def work() -> None:
        raise duckdb.TransactionException(CONFLICT)

    with pytest.raises(duckdb.TransactionException):
        in_transaction(connection, work)
    assert len(waited) == ATTEMPTS - 1
    assert waited == sorted(waited)


def test_another_error_is_not_tried_again(connection) -> None:
    tries = []
    with pytest.raises(duckdb.CatalogException):
        in_transaction(connection, lambda: (tries.append(1), connection.execute("select * from nowhere")))
    assert tries == [1]


@pytest.mark.parametrize("told", ["CREATE VIEW known AS SELECT 1;", 'CREATE VIEW marts."known" AS SELECT 1;'])
def test_a_view_keeps_its_schema_also_where_a_lake_leaves_it_out(told: str) -> None:
    assert export._replacing(told, 'marts."known"') == 'create or replace view marts."known" AS SELECT 1;'


def test_comments_that_a_lake_kept_aside_reach_the_published_file() -> None:
    with duckdb.connect() as made:
        made.execute("attach ':memory:' as warehouse; create schema warehouse.marts")
        made.execute("create table warehouse.marts.mart (a integer not null, b integer)")
        assert export._columns(made)["mart"] == [("a", "INTEGER", False, None), ("b", "INTEGER", True, None)]
        made.execute("create schema warehouse.intermediate")
        made.execute(
            f"create table warehouse.intermediate.{export.KEPT_COMMENTS} as"
            " select 'mart' as entry_name, 'a' as column_name, 'words' as comment_text"
        )
        assert export._columns(made)["mart"][0] == ("a", "INTEGER", False, "words")

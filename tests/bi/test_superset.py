"""Superset itself on a published file: every chart answered, nights changing under it, nothing else allowed.

A lane of its own, `make test-bi`, since Superset has an environment of its own and takes minutes.
"""

from __future__ import annotations

import json
import os
import re
import threading
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb
import httpx
import pytest

from bi.bundle import bundle_texts, bundle_zip
from bi.charts import BIG_NUMBER, TABLE
from include.settings import PROJECT_ROOT
from include.warehouse.reading import open_published
from tests.bi.nights import CLAIMS, publish_night
from tests.bi.superset import (
    ROWS,
    SECONDS,
    Superset,
    answer_of,
    database_id,
    ids_by_name,
    sql,
)
from tests.bi.test_bundle import CHARTS, DATASET_OF

PYTHON = os.environ.get("SOTINH_BI_PYTHON")
pytestmark = pytest.mark.skipif(PYTHON is None, reason="make test-bi runs it, in Superset's own environment")

PUBLISHES = 15


@pytest.fixture(scope="module")
def client(superset: Superset) -> Iterator[httpx.Client]:
    with superset.client() as signed_in:
        yield signed_in


def test_it_says_where_it_is_and_listens_on_this_machine_alone(superset: Superset) -> None:
    assert superset.printed[-1].startswith(f"{superset.address}/superset/dashboard/so-tinh/ ")
    assert any(superset.password in line for line in superset.printed)
    for name in ("secret_key", "admin_password"):
        assert (superset.folder / name).stat().st_mode & 0o077 == 0
    tables = [Path(f"/proc/net/{name}").read_text(encoding="ascii") for name in ("tcp", "tcp6")]
    listening = re.findall(rf" (\w+):{superset.port:04X} \w+:0000 0A", "".join(tables))
    assert listening == ["0100007F"]


@pytest.mark.parametrize("name", CHARTS)
def test_every_chart_answers_what_the_file_says(client: httpx.Client, data_dir: Path, name: str) -> None:
    chart = CHARTS[name]
    rows = answer_of(client, ids_by_name(client, "chart", "slice_name")[chart["slice_name"]])
    with open_published(data_dir / "sotinh.duckdb") as connection:
        columns, wanted = direct(connection, chart)
    if chart["viz_type"] in (TABLE, BIG_NUMBER):
        assert [[row[column] for column in columns] for row in rows] == wanted
    else:
        axis = chart["params"]["x_axis"]
        cells = [value for row in rows for column, value in row.items() if column != axis]
        assert len(rows) == len({row[0] for row in wanted})
        assert sum(cell or 0 for cell in cells) == pytest.approx(
            sum(value or 0 for row in wanted for value in row[len(row) - metric_count(chart) :])
        )
    assert rows or name in ("failed_checks", "gates"), "the invented file has rows for every other chart"


def metric_count(chart: dict[str, Any]) -> int:
    return len(chart["params"]["metrics"])


def direct(connection: duckdb.DuckDBPyConnection, chart: dict[str, Any]) -> tuple[list[str], list[list[Any]]]:
    """The chart's question asked of DuckDB itself: its columns, and its rows as JSON has them."""
    dataset = DATASET_OF[chart["dataset_uuid"]]
    (query,) = json.loads(chart["query_context"])["queries"]
    expressions = {one["metric_name"]: one["expression"] for one in dataset["metrics"]}
    table = f"({dataset['sql']})" if dataset["sql"] else f"marts.{dataset['table_name']}"
    plain = [one if isinstance(one, str) else truncated(one) for one in query["columns"]]
    asked = [*plain, *(expressions[metric] for metric in query.get("metrics", []))]
    text = f"select {', '.join(asked)} from {table} as t where true"
    for one in query["filters"]:
        text += f" and {one['col']} " + ("= ?" if one["op"] == "==" else one["op"])
    if query.get("metrics"):
        text += " group by all"
    elif query["orderby"]:
        text += " order by " + ", ".join(
            f"{column} {'asc' if up else 'desc'}" for column, up in query["orderby"]
        )
        text += f" limit {query['row_limit']}"
    values = [one["val"] for one in query["filters"] if one["op"] == "=="]
    rows = connection.execute(text, values).fetchall()
    return [*plain, *query.get("metrics", [])], [[as_json(value) for value in row] for row in rows]


def truncated(axis: dict[str, str]) -> str:
    grains = {"P1M": "month", "P1D": "day"}
    column = axis["sqlExpression"]
    return f"date_trunc('{grains[axis['timeGrain']]}', {column})" if "timeGrain" in axis else column


def as_json(value: object) -> object:
    """Days and times in milliseconds, as Superset gives them."""
    if isinstance(value, date) and not isinstance(value, datetime):
        value = datetime(value.year, value.month, value.day, tzinfo=UTC)
    return value.timestamp() * 1000 if isinstance(value, datetime) else value


def refused_statements() -> list[str]:
    text = (PROJECT_ROOT / "docs" / "open_data.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"^```sql refused\n(.*?)^```", text, re.M | re.S)
    return [statement.strip() for statement in block.split(";") if statement.strip()]


@pytest.mark.parametrize("statement", refused_statements())
def test_what_a_reader_may_not_do_is_refused(client: httpx.Client, statement: str) -> None:
    words = json.dumps(sql(client, statement)["errors"])
    assert re.search(
        r"disabled (by|through) configuration|configuration has been locked|read-only mode"
        # Superset's own refusals: of what changes data, and of words that its parser does not know.
        r"|does not allow for DDL/DML|INVALID_SQL_ERROR",
        words,
    ), words


def add_database(client: httpx.Client, name: str, uri: str) -> httpx.Response:
    """What somebody with rights enters, who wants to write and says so."""
    return client.post(
        "/api/v1/database/",
        json={
            "database_name": name,
            "sqlalchemy_uri": uri,
            "expose_in_sqllab": True,
            "allow_dml": True,
            "extra": json.dumps({"engine_params": {"connect_args": {"read_only": False}}}),
        },
    )


def test_a_database_that_somebody_adds_is_locked_as_well(client: httpx.Client, tmp_path: Path) -> None:
    duckdb.connect(str(tmp_path / "other.duckdb")).close()
    made = add_database(client, "Other", f"duckdb:///{tmp_path}/other.duckdb")
    assert made.status_code == 201, made.text
    for statement in ("select * from read_text('/etc/hostname')", "create table t as select 1 as n"):
        answer = client.post(
            "/api/v1/sqllab/execute/",
            json={"database_id": made.json()["id"], "sql": statement, "runAsync": False},
        )
        assert answer.status_code != 200, answer.text
        assert re.search(r"disabled by configuration|read-only", answer.text), answer.text


def test_a_database_in_memory_cannot_be_added(client: httpx.Client) -> None:
    """It would not be locked: DuckDB opens none of that kind read-only."""
    made = add_database(client, "Memory", "duckdb:///:memory:")
    assert made.status_code in (400, 422), made.text
    assert "Cannot launch in-memory database in read-only mode" in made.text


def test_nobody_gets_more_rows_than_the_limit(client: httpx.Client) -> None:
    assert len(sql(client, "select * from marts.fct_indicators", limit=100_000)["data"]) == ROWS
    assert len(sql(client, "select * from marts.fct_indicators", limit=3)["data"]) == 3
    rows = ask(client, "newest_claims", ["quote"], [], row_limit=1_000_000)
    assert len(rows) == ROWS
    # Superset takes the larger limit where a statement has one of its own; inside parentheses it holds.
    inside = sql(client, "select * from (select * from marts.fct_indicators limit 2)", limit=100)
    assert len(inside["data"]) == 2


def ask(
    client: httpx.Client, dataset: str, columns: list[str], metrics: list[str], *, row_limit: int
) -> list[dict[str, Any]]:
    """Rows of a question that no chart has."""
    answer = client.post(
        "/api/v1/chart/data",
        json={
            "datasource": {"id": ids_by_name(client, "dataset", "table_name")[dataset], "type": "table"},
            "queries": [{"columns": columns, "metrics": metrics, "row_limit": row_limit}],
            "result_format": "json",
            "result_type": "full",
        },
    )
    assert answer.status_code == 200, answer.text
    rows: list[dict[str, Any]] = answer.json()["result"][0]["data"]
    return rows


def test_nights_are_published_under_it_and_no_answer_fails_or_is_torn(
    superset: Superset, data_dir: Path
) -> None:
    """Two programs ask charts all the while; each answer is of one night, and of none before the newest."""
    done = [0]
    stop, faults, answers = threading.Event(), [], []

    def read() -> None:
        with superset.client() as client:
            charts = list(ids_by_name(client, "chart", "slice_name").values())
            turn = 0
            while not stop.is_set():
                newest = done[0]
                try:
                    answer_of(client, charts[turn % len(charts)])
                    rows = ask(
                        client, "newest_claims", ["source_name", "time_period"], ["count"], row_limit=9
                    )
                    (row,) = rows
                    assert row["source_name"] == f"Báo {row['time_period']}"
                    assert row["count"] == CLAIMS
                    assert int(row["time_period"]) >= newest
                    answers.append(int(row["time_period"]))
                except (AssertionError, ValueError, httpx.HTTPError) as fault:
                    faults.append(repr(fault))
                turn += 1

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    try:
        for number in range(1, PUBLISHES + 1):
            publish_night(data_dir, number)
            done[0] = number
            time.sleep(1.5)
    finally:
        stop.set()
        for reader in readers:
            reader.join(timeout=SECONDS + 60)
    print(f"{len(answers)} answers while {PUBLISHES} nights were published, of {len(set(answers))} nights")
    assert faults == []
    assert len(answers) >= PUBLISHES
    assert len(set(answers)) > PUBLISHES / 2


def test_a_page_that_is_left_signs_nobody_out(superset: Superset) -> None:
    """Its log is refused to strangers, without a cookie that would take the place of the session."""
    with httpx.Client(base_url=superset.address, timeout=SECONDS, trust_env=False) as stranger:
        page = stranger.get("/login/")
        assert "sotinh_bi=" in page.headers["set-cookie"]
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page.text)
        headers = {"X-CSRFToken": token[1] if token else "", "Referer": superset.address}
        answer = stranger.post("/superset/log/?explode=events", data={"events": "[]"}, headers=headers)
        assert answer.status_code in (302, 400, 401, 403)
        assert "set-cookie" not in answer.headers


def test_another_superset_can_import_the_bundle_by_hand(client: httpx.Client, data_dir: Path) -> None:
    """What the page "Import dashboards" does with DATA_DIR/bi/sotinh_dashboard.zip, over what is there."""
    packed = (data_dir / "bi" / "sotinh_dashboard.zip").read_bytes()
    assert packed == bundle_zip(bundle_texts(f"duckdb:///{data_dir}/sotinh.duckdb?access_mode=read_only"))
    answer = client.post(
        "/api/v1/dashboard/import/",
        files={"formData": ("sotinh_dashboard.zip", packed, "application/zip")},
        data={"overwrite": "true"},
    )
    assert answer.status_code == 200, answer.text
    found = client.get("/api/v1/dashboard/so-tinh/charts").json()["result"]
    assert sorted(one["slice_name"] for one in found) == sorted(one["slice_name"] for one in CHARTS.values())


def test_a_question_without_end_is_ended_and_the_next_is_answered(client: httpx.Client) -> None:
    endless = "select sum(a.range * b.range % 7) from range(100000000) as a, range(100000000) as b"
    begun = time.monotonic()
    with pytest.raises(httpx.RemoteProtocolError):
        client.post(
            "/api/v1/sqllab/execute/",
            json={"database_id": database_id(client), "sql": endless, "runAsync": False},
        )
    assert time.monotonic() - begun < SECONDS + 30
    assert sql(client, "select 1 as n")["data"] == [{"n": 1}]

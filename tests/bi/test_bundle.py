"""The bundle that Superset imports, without Superset: what it names is there, and can be asked for."""

from __future__ import annotations

import json
import re
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import duckdb
import pytest
import yaml

from bi.bundle import BUNDLE, DATABASE_FILE, bundle_texts, bundle_zip, fingerprint
from bi.charts import SERIES, TABLE, chart_file, query_context
from bi.datasets import Column, Dataset, dataset_file, empty_marts, query_datasets
from bi.layout import dashboard_file
from bi.locked import CONNECT_ARGS
from bi.write_bundle import database_file, read_definition
from include.contract import MARTS
from include.settings import PROJECT_ROOT
from include.warehouse.reading import LOCKED_DOWN

FILES = {
    path.relative_to(BUNDLE).as_posix(): yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
    for path in sorted(BUNDLE.rglob("*.yaml"))
}
DEFINITION = read_definition()


def of_kind(folder: str) -> dict[str, dict[str, Any]]:
    return {Path(name).stem: file for name, file in FILES.items() if name.startswith(f"{folder}/")}


DATASETS, CHARTS = of_kind("datasets"), of_kind("charts")
DATASET_OF = {file["uuid"]: file for file in DATASETS.values()}
(DATABASE,) = of_kind("databases").values()
(DASHBOARD,) = of_kind("dashboards").values()


def dictionary() -> dict[str, dict[str, tuple[str, str]]]:
    """Type and meaning of each column by mart, as docs/data_dictionary.md tells them."""
    text = (PROJECT_ROOT / "docs" / "data_dictionary.md").read_text(encoding="utf-8")
    found = {}
    for part in text.split("\n### ")[1:]:
        rows = re.findall(r"^\| `(\w+)` \| (.+?) \| (.+?) \| .*\|$", part, re.M)
        found[part.split("\n")[0]] = {name: (type_, meaning) for name, type_, meaning in rows}
    return found


@pytest.fixture(scope="module")
def marts() -> duckdb.DuckDBPyConnection:
    return empty_marts(mart_datasets_of_the_bundle())


def mart_datasets_of_the_bundle() -> list[Dataset]:
    return [
        Dataset(
            name,
            file["description"],
            tuple(
                Column(one["column_name"], one["type"].lower(), None, one["description"])
                for one in file["columns"]
            ),
        )
        for name, file in DATASETS.items()
        if file["sql"] is None
    ]


def test_every_mart_is_a_dataset_with_the_types_and_meanings_of_the_dictionary() -> None:
    told = dictionary()
    physical = {name: file for name, file in DATASETS.items() if file["sql"] is None}
    assert sorted(physical) == sorted(MARTS) == sorted(told)
    for name, file in physical.items():
        columns = {
            one["column_name"]: (one["type"].lower(), one["description"].replace("|", "\\|"))
            for one in file["columns"]
        }
        assert columns == told[name], f"{name}: run make bi-bundle"


def test_queries_charts_and_dashboard_are_those_of_their_definition() -> None:
    """The marts' part needs dbt and is held by tests/dbt_project/test_bi_bundle.py."""
    queries = query_datasets(mart_datasets_of_the_bundle())
    wanted: dict[str, Any] = {
        DATABASE_FILE: database_file(),
        "dashboards/so-tinh.yaml": dashboard_file(DEFINITION),
    }
    for query in queries:
        wanted[f"datasets/sotinh/{query.name}.yaml"] = dataset_file(
            query, DEFINITION["metrics"].get(query.name, [])
        )
    for name, chart in DEFINITION["charts"].items():
        wanted[f"charts/{name}.yaml"] = chart_file(name, chart)
    assert {name: FILES.get(name) for name in wanted} == wanted, "run make bi-bundle"
    assert set(FILES) - set(wanted) == {"metadata.yaml"} | {f"datasets/sotinh/{mart}.yaml" for mart in MARTS}


def test_identifiers_are_unique_and_lead_somewhere() -> None:
    everything = [file["uuid"] for name, file in FILES.items() if name != "metadata.yaml"]
    assert len(everything) == len(set(everything))
    assert {file["database_uuid"] for file in DATASETS.values()} == {DATABASE["uuid"]}
    assert {file["dataset_uuid"] for file in CHARTS.values()} <= set(DATASET_OF)
    targets = [
        target for one in DASHBOARD["metadata"]["native_filter_configuration"] for target in one["targets"]
    ]
    assert targets
    for target in targets:
        columns = {one["column_name"] for one in DATASET_OF[target["datasetUuid"]]["columns"]}
        assert target["column"]["name"] in columns


def test_every_chart_stands_once_on_the_dashboard_and_every_row_fits() -> None:
    placed = [one for one in DASHBOARD["position"].values() if isinstance(one, dict)]
    shown = [one["meta"]["uuid"] for one in placed if one["type"] == "CHART"]
    assert sorted(shown) == sorted(file["uuid"] for file in CHARTS.values())
    by_id = {one["id"]: one for one in placed}
    for row in (one for one in placed if one["type"] == "ROW"):
        assert sum(by_id[child]["meta"]["width"] for child in row["children"]) == 12, row["id"]
    assert all(child in by_id for one in placed for child in one.get("children", []))


def test_titles_are_in_both_languages() -> None:
    titles = [file["slice_name"] for file in CHARTS.values()]
    assert len(set(titles)) == len(titles)
    titles += [tab["title"] for tab in DEFINITION["tabs"]] + [one["title"] for one in DEFINITION["filters"]]
    assert all(re.fullmatch(r"\S.+ / \S.+", title) for title in titles), titles


@pytest.mark.parametrize("name", DATASETS)
def test_columns_and_metrics_of_a_dataset_can_be_asked_for(
    name: str, marts: duckdb.DuckDBPyConnection
) -> None:
    file = DATASETS[name]
    table = f"({file['sql']})" if file["sql"] else f"marts.{name}"
    described = marts.execute(f"describe select * from {table} as t").fetchall()
    found = {row[0]: row[1] for row in described}
    assert [one["column_name"] for one in file["columns"]] == list(found)
    assert [one["type"] for one in file["columns"]] == list(found.values())
    assert all(one["description"] for one in file["columns"])
    for metric in file["metrics"]:
        marts.execute(f"select {metric['expression']} from {table} as t")


@pytest.mark.parametrize("name", CHARTS)
def test_what_a_chart_asks_for_is_in_its_dataset(name: str) -> None:
    chart = CHARTS[name]
    dataset = DATASET_OF[chart["dataset_uuid"]]
    columns = {one["column_name"] for one in dataset["columns"]}
    metrics = {one["metric_name"] for one in dataset["metrics"]}
    asked = json.loads(chart["query_context"])
    (query,) = asked["queries"]
    assert asked == query_context(chart["params"])
    plain = {one if isinstance(one, str) else one["sqlExpression"] for one in query["columns"]}
    assert plain <= columns
    assert plain or query["metrics"]
    assert {one["col"] for one in query["filters"]} <= columns
    assert set(query.get("metrics", [])) <= metrics
    assert {column for column, _ in query.get("orderby", [])} <= columns | metrics
    if chart["viz_type"] == TABLE:
        assert set(chart["params"]["column_config"]) <= plain
        # An order that leaves two rows alike would show other rows at each look where rows are cut off.
        assert query["row_limit"] >= 100
    if chart["viz_type"] in SERIES and "time_grain_sqla" in chart["params"]:
        (axis,) = (one for one in dataset["columns"] if one["column_name"] == chart["params"]["x_axis"])
        assert axis["is_dttm"]


OBSERVED = "fct_indicator_observations"
HOSTILE = "<img src=x onerror=alert(1)>\"'&<script>"


@pytest.mark.parametrize(
    ("address", "links"),
    [("https://x.example/?a=1&b='2", 6), ('https://x.example/"><script>', 0), ("javascript:alert(1)", 0)],
)
def test_no_text_of_an_article_is_markup_in_a_table_with_links(address: str, links: int) -> None:
    """Superset shows a cell that looks like HTML as HTML; what the queries give never does, but the link."""
    with empty_marts(mart_datasets_of_the_bundle()) as connection:
        for mart in mart_datasets_of_the_bundle():
            values = ", ".join(hostile_value(mart.name, column, address) for column in mart.columns)
            connection.execute(f"insert into marts.{mart.name} values ({values})")
        seen = 0
        for name, file in DATASETS.items():
            if file["sql"] is None:
                continue
            answer = connection.execute(file["sql"])
            names = [one[0] for one in answer.description]
            rows = [dict(zip(names, row, strict=True)) for row in answer.fetchall()]
            assert rows, name
            for row in rows:
                link = row.pop("link", None)
                assert not [value for value in row.values() if "<" in str(value)], name
                if link is not None:
                    seen += 1
                    assert re.fullmatch(r'<a href="http[^"<>]*" target="_blank">→ [^<>&"]+</a>', link)
    assert seen == links


# Closed lists and names of our own vocabularies, which no article writes.
OURS = {
    "check_kind", "scope", "status", "result_status", "measure", "meeting_kind", "directive_kind",
    "time_period", "name", "name_vi", "name_en",
}  # fmt: skip


def hostile_value(mart: str, column: Column, address: str) -> str:
    """A value for a row that joins every other: keys are alike, texts hostile."""
    if column.name == "is_withdrawn":
        return "false"
    if column.type != "varchar":
        return {"boolean": "true", "date": "date '2026-03-09'", "timestamp with time zone": "now()"}.get(
            column.type, "1"
        )
    if column.name in ("source_url", "url"):
        return "'" + address.replace("'", "''") + "'"
    if column.name in ("successor_id", "place_name") or (mart, column.name) == (OBSERVED, "breakdown"):
        return "null"
    joins = column.name.endswith(("_id", "_code")) or (mart.startswith("dim_") and "topic" in column.name)
    return "'k'" if joins or column.name in OURS else "'" + HOSTILE.replace("'", "''") + "'"


def test_markup_is_shown_as_such_only_where_a_column_of_links_stands() -> None:
    for chart in CHARTS.values():
        if chart["viz_type"] == TABLE:
            dataset = DATASET_OF[chart["dataset_uuid"]]
            shows = chart["params"]["allow_render_html"]
            assert shows == ("link" in chart["params"]["all_columns"])
            assert not shows or dataset["sql"] is not None


def test_the_database_of_the_bundle_opens_read_only_and_locked(tmp_path: Path) -> None:
    path = tmp_path / "sotinh.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("create schema marts; create table marts.dim_units as select 1 as id")
    arguments = DATABASE["extra"]["engine_params"]["connect_args"]
    assert arguments == CONNECT_ARGS
    assert arguments["config"].items() >= LOCKED_DOWN.items()
    with duckdb.connect(str(path), **arguments) as connection:
        assert connection.execute("select id from marts.dim_units").fetchall() == [(1,)]
        for statement in (
            "select * from read_text('/etc/hostname')",
            f"attach '{path}.other' as other",
            "insert into marts.dim_units values (2)",
            "set enable_external_access = true",
            "set temp_directory = '/tmp'",
        ):
            with pytest.raises((duckdb.PermissionException, duckdb.InvalidInputException)):
                connection.execute(statement)
    assert [one.name for one in tmp_path.iterdir()] == [path.name]
    for permission in ("allow_dml", "allow_ctas", "allow_cvas", "allow_csv_upload", "allow_run_async"):
        assert DATABASE[permission] is False


def test_an_import_gets_the_database_at_its_own_address() -> None:
    texts = bundle_texts("duckdb:////elsewhere/sotinh.duckdb")
    assert yaml.safe_load(texts[DATABASE_FILE])["sqlalchemy_uri"] == "duckdb:////elsewhere/sotinh.duckdb"
    assert set(texts) == set(FILES)
    packed = bundle_zip(texts)
    assert packed == bundle_zip(texts)
    with zipfile.ZipFile(BytesIO(packed)) as archive:
        assert sorted(archive.namelist()) == sorted(f"sotinh/{name}" for name in FILES)
    assert fingerprint(texts) != fingerprint(bundle_texts("duckdb:////another.duckdb"))

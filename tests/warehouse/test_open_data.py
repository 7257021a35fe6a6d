"""What leaves as open data: whose words, in which form, described how; the same bytes for the same rows."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from include.contract import MARTS
from include.settings import PROJECT_ROOT
from include.warehouse.database import open_warehouse
from include.warehouse.files import sha256_of
from include.warehouse.open_data.cells import OpenDataError, csv_cell
from include.warehouse.open_data.keys import declared_keys
from include.warehouse.open_data.tables import CREDITS, open_table
from include.warehouse.open_data.write import export_release, is_whole
from include.warehouse.publish import publish, roll_back
from include.warehouse.releases import latest_release
from tests.warehouse.samples import NIGHT, build_marts

PROJECT = PROJECT_ROOT / "dbt_project"
PUMP = "https://benlau.example/tram-bom"
ROAD = "https://benlau.example/duong"
ARTICLES = f"""
create or replace table marts.dim_articles (article_id varchar not null, source_id varchar, url varchar,
    title varchar, body varchar, first_fetched_at timestamptz);
insert into marts.dim_articles values
    ('a1', 'benlau', '{PUMP}', '=Trạm bơm', 'Cả bài', timestamptz '2026-03-09 20:00:00.25+07'),
    ('a2', 'benlau', '{ROAD}', 'Đường "mới", dài' || chr(10) || '3 km', 'Cả bài', null);
create or replace table marts.fct_indicators (statement_id varchar not null, article_id varchar not null,
    value double not null, counted integer, seen_on date, quote varchar);
insert into marts.fct_indicators values
    ('s1', 'a1', -4.25, -3, date '2026-03-09', '-4,25% so với cùng kỳ'),
    ('s2', 'a2', 5406000000000, null, null, ''),
    ('s3', 'a2', 0.1, 7, null, null);
create or replace table marts.fct_person_posts (person_post_id varchar not null, first_article_id varchar,
    first_quote varchar, last_article_id varchar, last_quote varchar);
insert into marts.fct_person_posts values
    ('p1', 'a1', 'Bà Mận', 'a2', 'Ông Sử'), ('p2', 'a2', 'Ông Sử', 'a2', 'Ông Sử');
create or replace table marts.fct_unmapped_indicators (rank_no integer not null, statement_id varchar,
    quote varchar not null);
insert into marts.fct_unmapped_indicators values (1, 's1', '-4,25% so với cùng kỳ');
create or replace table marts.fct_meetings (meeting_id varchar not null, conclusion varchar,
    conclusion_article_id varchar);
insert into marts.fct_meetings values ('m1', null, null), ('m2', 'Hội nghị thống nhất.', 'a2');
comment on column marts.fct_indicators.value is 'Signed, never scaled.';
"""


def released(folder: Path, run_id: str = "r1", more: str = "", releases_kept: int = 3) -> Path:
    """A published and exported release of the articles above; its folder."""
    build_marts(folder / "warehouse.duckdb")
    with open_warehouse(folder / "warehouse.duckdb") as connection:
        connection.execute(ARTICLES + more)
    return exported(folder, run_id, releases_kept)


def exported(folder: Path, run_id: str, releases_kept: int = 3) -> Path:
    publish(
        warehouse=folder / "warehouse.duckdb",
        data_dir=folder,
        run_id=run_id,
        releases_kept=releases_kept,
        published_at=NIGHT,
    )
    return export_release(folder, project=PROJECT, releases_kept=releases_kept).folder


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return released(tmp_path_factory.mktemp("data"))


def cells(release: Path, mart: str) -> list[dict[str, str]]:
    """Rows as a plain CSV reader, one that knows of byte order marks, gives them."""
    with (release / "csv" / f"{mart}.csv").open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream, strict=True))


def rows(release: Path, mart: str, columns: str) -> list[tuple[Any, ...]]:
    with duckdb.connect() as connection:
        return connection.execute(f"select {columns} from '{release}/parquet/{mart}.parquet'").fetchall()


def package(release: Path) -> dict[str, Any]:
    return dict(json.loads((release / "datapackage.json").read_text(encoding="utf-8")))


def test_every_mart_is_there_twice_and_described(release: Path) -> None:
    described = package(release)
    paths = {f"{kind}/{mart}.{kind}" for kind in ("csv", "parquet") for mart in MARTS} | {"sotinh.duckdb"}
    assert {resource["path"] for resource in described["resources"]} == paths
    for resource in described["resources"]:
        file = release / resource["path"]
        assert (resource["bytes"], resource["hash"]) == (file.stat().st_size, f"sha256:{sha256_of(file)}")
    assert described["version"] == release.name == "2026-03-10"
    assert described["sources"] == [{"title": "Báo Bến Lau", "path": "https://benlau.example"}]
    assert described["licenses"][0]["name"] == "CC0-1.0"
    assert "sử dụng tự do" in described["description"]
    assert "free to use" in described["description"]
    assert f"release {release.name}" in (release / "README.md").read_text(encoding="utf-8")
    assert latest_release(release.parent) == release


def test_whole_texts_stay_and_quotations_name_their_publisher(release: Path) -> None:
    for name in ("csv/dim_articles.csv", "parquet/dim_articles.parquet"):
        assert "Cả bài".encode() not in (release / name).read_bytes()
    assert "body" not in cells(release, "dim_articles")[0]
    assert rows(release, "fct_indicators", "rights") == [
        (f"Trích dẫn / quoted: Báo Bến Lau, {PUMP}",),
        (f"Trích dẫn / quoted: Báo Bến Lau, {ROAD}",),
        (None,),
    ]
    assert [row["rights"].count("https://") for row in cells(release, "fct_person_posts")] == [2, 1]
    assert rows(release, "fct_unmapped_indicators", "rights")[0][0].endswith(PUMP)
    assert [row["rights"] != "" for row in cells(release, "fct_meetings")] == [False, True]
    assert rows(release, "dim_articles", "rights")[0][0].endswith(PUMP)
    assert "rights" not in cells(release, "dim_sources")[0]


def test_text_is_safe_in_a_spreadsheet_and_numbers_stay_numbers(release: Path) -> None:
    first, second, _ = cells(release, "fct_indicators")
    assert (first["quote"], first["value"], first["counted"]) == ("'-4,25% so với cùng kỳ", "-4.25", "-3")
    assert (first["seen_on"], float(second["value"])) == ("2026-03-09", 5406000000000.0)
    assert rows(release, "fct_indicators", "quote, value, counted")[0] == ("-4,25% so với cùng kỳ", -4.25, -3)
    assert [row["title"] for row in cells(release, "dim_articles")] == [
        "'=Trạm bơm",
        'Đường "mới", dài\n3 km',
    ]
    assert cells(release, "dim_articles")[0]["first_fetched_at"] == "2026-03-09T13:00:00.250000Z"
    raw = (release / "csv" / "fct_indicators.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbfstatement_id,article_id,")
    assert raw.count(b"\r\n") == raw.count(b"\n") == 4
    # Nothing and an empty text are two things.
    assert b',"",' in raw.split(b"\r\n")[2]


@pytest.mark.parametrize(
    "text",
    [
        *("=1+1", "+84 28", "-5 độ", "@SUM(A1)", "\t=x", "\tx", "\rx", "\nx", " =x", "\u00a0=x", "\u3000+x"),
        *(
            "\u200b=x",
            "\ufeff@x",
            "\u200e-x",
            "＝1",
            "＋1",
            "－1",
            "＠x",
            "\u3000＝1",
            "﹣1",
            "−1",
            "  \t -1",
        ),
    ],
)
def test_each_start_of_a_formula_is_defused(text: str) -> None:
    assert cell_of(text) == f"'{text}"


@pytest.mark.parametrize(
    "text",
    [
        "GRDP = 5",
        "420 ha",
        "“-5”",
        "(+5%)",
        "'=x",
        "– ông Sử",
        "",
        "Tăng\n-5%",
        "a@b.vn",
        "5-10",
        "ạ=1",
        "★-1",
    ],
)
def test_text_that_is_no_formula_stays_as_it_is(text: str) -> None:
    assert cell_of(text) == text


def cell_of(text: str) -> str:
    with duckdb.connect() as connection:
        row = connection.execute(f"select {csv_cell('t', 'VARCHAR')} from (select ? as t)", [text]).fetchone()
    assert row is not None
    return str(row[0])


def test_fields_tell_type_meaning_and_keys(release: Path) -> None:
    by_name = {resource["name"]: resource for resource in package(release)["resources"]}
    schema = by_name["fct_indicators"]["schema"]
    value = next(field for field in schema["fields"] if field["name"] == "value")
    assert value == {
        "name": "value",
        "type": "number",
        "description": "Signed, never scaled.",
        "constraints": {"required": True},
    }
    assert schema["primaryKey"] == ["statement_id"]
    assert {
        "fields": "article_id",
        "reference": {"resource": "dim_articles", "fields": "article_id"},
    } in schema["foreignKeys"]
    # Keys over columns that this file lacks are left out.
    assert "primaryKey" not in by_name["dim_dates"]["schema"]
    header = (release / "csv" / "fct_indicators.csv").read_text(encoding="utf-8-sig").splitlines()[0]
    assert header.split(",") == [field["name"] for field in schema["fields"]]


def test_every_mart_of_the_project_declares_its_key() -> None:
    keys = declared_keys(PROJECT)
    assert set(MARTS) <= keys.keys()
    assert [mart for mart in MARTS if not keys[mart].primary] == []
    # Kept for some rows only, or only warned about: no key.
    assert ("period_start", "dim_dates", "date_day") not in keys["fct_indicators"].foreign


def test_the_same_rows_are_the_same_bytes(tmp_path: Path, release: Path) -> None:
    turned = "create or replace table marts.fct_indicators as from marts.fct_indicators order by value"
    again = released(tmp_path, more=turned)
    for path in sorted((*again.glob("csv/*"), *again.glob("parquet/*"))):
        assert path.read_bytes() == (release / path.relative_to(again)).read_bytes(), path.name


def test_a_mart_that_quotes_and_names_nobody_does_not_leave(tmp_path: Path) -> None:
    before = released(tmp_path)
    with open_warehouse(tmp_path / "warehouse.duckdb") as connection:
        connection.execute("alter table marts.dim_people add column first_quote varchar")
    with pytest.raises(OpenDataError, match="dim_people quotes a text and has no article_id"):
        exported(tmp_path, "r2")
    assert_last_is_whole(tmp_path, before)
    with open_warehouse(tmp_path / "warehouse.duckdb") as connection:
        connection.execute("alter table marts.dim_people drop column first_quote")
        connection.execute("insert into marts.fct_meetings values ('m3', 'Lời của ai?', 'a9')")
    with pytest.raises(OpenDataError, match="fct_meetings: 1 rows quote a text that no article"):
        exported(tmp_path, "r3")
    assert_last_is_whole(tmp_path, before)


def assert_last_is_whole(data_dir: Path, before: Path) -> None:
    """Readers have the new file; `latest` leads to the release before, and nothing half-made lies about."""
    assert latest_release(data_dir / "releases") == before
    assert is_whole(before)
    assert not list((data_dir / "releases").glob(".*"))


def test_a_column_that_is_not_flat_is_told(tmp_path: Path) -> None:
    with pytest.raises(OpenDataError, match=r"dim_dates.parts is INTEGER\[\]"):
        released(tmp_path, more="alter table marts.dim_dates add column parts integer[]")


def test_a_second_export_mends_what_was_removed_and_else_writes_nothing(tmp_path: Path) -> None:
    release = released(tmp_path)
    stamps = {path: path.stat().st_mtime_ns for path in release.rglob("*.*")}
    export_release(tmp_path, project=PROJECT, releases_kept=3)
    assert {path: path.stat().st_mtime_ns for path in release.rglob("*.*")} == stamps
    (release / "csv" / "dim_units.csv").write_text("changed", encoding="utf-8")
    assert not is_whole(release)
    export_release(tmp_path, project=PROJECT, releases_kept=3)
    assert is_whole(release)


def test_latest_follows_the_release_in_place(tmp_path: Path) -> None:
    first = released(tmp_path, "r1")
    second = exported(tmp_path, "r2")
    assert (second.name, latest_release(second.parent)) == ("2026-03-10.2", second)
    roll_back(tmp_path)
    assert latest_release(second.parent) == first
    third = exported(tmp_path, "r3", releases_kept=1)
    assert sorted(path.name for path in third.parent.iterdir()) == ["2026-03-10.3", "latest"]
    assert (tmp_path / "releases" / "latest" / "csv" / "fct_indicators.csv").exists()


def test_without_a_published_release_there_is_nothing_to_export(tmp_path: Path) -> None:
    with pytest.raises(OpenDataError, match="make restore"):
        export_release(tmp_path, project=PROJECT, releases_kept=3)


@pytest.fixture
def memory() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute("create schema marts")
        yield connection


def test_a_title_is_a_quotation_too_and_a_body_never_a_column(memory: duckdb.DuckDBPyConnection) -> None:
    memory.execute("create table marts.dim_sources (source_id varchar, source_name varchar)")
    memory.execute(
        "create table marts.dim_articles (article_id varchar, source_id varchar, url varchar, title varchar,"
        " body varchar)"
    )
    memory.execute(CREDITS)
    table = open_table(memory, "dim_articles")
    assert [column.name for column in table.columns] == ["article_id", "source_id", "url", "title", "rights"]
    assert (table.quoting, table.credited_by) == (("title",), ("article_id",))

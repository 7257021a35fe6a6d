"""`sotinh export`: whole files in the open data's columns, the rows wanted, nothing replaced."""

from __future__ import annotations

import csv
import json
import os
from pathlib import Path

import duckdb
import pytest

from include.cli import export
from include.warehouse.files import whole_file
from include.warehouse.sql_text import quoted_text
from tests.cli.sample import BUDGET, HOSTILE


def test_csv_as_the_open_data_have_it(document, tmp_path):
    file = tmp_path / "claims.csv"
    told = document("export", "fct_indicators", "--to", str(file))
    content = file.read_bytes()
    assert (told["row_count"], told["byte_count"], told["format"]) == (6, len(content), "csv")
    assert told["file"] == str(file)
    assert content.startswith(b"\xef\xbb\xbfstatement_id,")
    rows = list(csv.DictReader(file.open(encoding="utf-8-sig", newline="")))
    quotes = {row["statement_id"]: row["quote"] for row in rows}
    assert quotes["c1a0"] == BUDGET
    assert quotes["e1a0"] == f"'{HOSTILE}", "kept as it is, but no formula"
    rights = {row["statement_id"]: row["rights"] for row in rows}
    assert rights["c1a0"] == "Trích dẫn / quoted: Báo Bến Lau, https://benlau.example/a1"
    assert [path.name for path in tmp_path.iterdir()] == ["claims.csv"]


def test_whole_texts_stay_in_the_published_file(document, tmp_path):
    document("export", "dim_articles", "--to", str(tmp_path / "articles.csv"))
    told = (tmp_path / "articles.csv").read_text(encoding="utf-8")
    assert "toàn văn của bài" not in told
    assert "2026-03-09T19:10:00.500000Z" in told


def test_json_is_json(document, tmp_path):
    file = tmp_path / "claims.json"
    document("export", "fct_indicators", "--to", str(file))
    rows = {row["statement_id"]: row for row in json.loads(file.read_text(encoding="utf-8"))}
    assert len(rows) == 6
    assert rows["c1a0"]["value"] == 5406000000000.0
    assert rows["c1a0"]["period_end"] == "2025-12-31"
    assert rows["e1a0"]["value"] is None, "JSON has no NaN"
    assert rows["e1a0"]["quote"] == HOSTILE
    document("export", "dim_articles", "--to", str(tmp_path / "articles.json"))
    (first, *_) = json.loads((tmp_path / "articles.json").read_text(encoding="utf-8"))
    assert first["last_fetched_at"] == "2026-03-09T19:10:00.500000Z"


def test_parquet_keeps_the_types(document, tmp_path):
    file = tmp_path / "Claims.PARQUET"
    document("export", "fct_indicators", "--to", str(file))
    with duckdb.connect() as connection:
        read = connection.execute(
            f"select typeof(published_on), typeof(value), count(*) from {quoted_text(file)} group by all"
        ).fetchall()
    assert read == [("DATE", "DOUBLE", 6)]


@pytest.mark.parametrize(
    ("filters", "keys"),
    [
        (("--province", "lao cai"), {"c1a0", "c1b0", "c2a0"}),
        (("--province", "15-2025"), {"c1a0", "c1b0", "c2a0"}),
        (("--province", "Lao Cai", "--province", "Đắk Lắk"), {"c1a0", "c1b0", "c2a0", "d1a0", "f1a0"}),
        (("--indicator", "tea_area"), {"d1a0"}),
        (("--indicator", "dien tich che"), {"d1a0"}),
        (("--indicator", "Tea area", "--province", "lao cai"), set()),
        (("--since", "2026-03-09"), {"e1a0", "f1a0"}),
        (("--since", "2026-03-08", "--province", "dak lak"), {"d1a0", "f1a0"}),
    ],
)
def test_filters(document, tmp_path, filters, keys):
    file = tmp_path / "some.json"
    told = document("export", "fct_indicators", "--to", str(file), *filters)
    assert {row["statement_id"] for row in json.loads(file.read_text(encoding="utf-8"))} == keys
    assert told["row_count"] == len(keys)


def test_a_name_means_the_province_before_and_after_the_merger(document, tmp_path):
    told = document("export", "dim_provinces", "--to", str(tmp_path / "p.csv"), "--province", "lao cai")
    assert told["filters"]["province_ids"] == ["10-2008", "15-2025"]
    assert told["row_count"] == 2


def test_a_day_of_a_time_is_vietnams(document, tmp_path):
    """19:00 and later in UTC is the next day in Vietnam."""
    asked = ("export", "fct_gate_results", "--to", str(tmp_path / "g.json"), "--since", "2026-03-10")
    told = document(*asked)
    assert told["filters"]["since_column"] == "judged_at"
    assert told["row_count"] == 2
    assert document(*asked[:-1], "2026-03-11", "--force")["row_count"] == 0


@pytest.mark.parametrize(
    ("arguments", "exit_code", "said"),
    [
        (("fct_indicator", "--to", "x.csv"), 1, "Did you mean fct_indicators?"),
        (("marts", "--to", "x.csv"), 1, "There is no mart 'marts'"),
        (("fct_indicators", "--to", "x.xlsx"), 2, "must end in .csv, .parquet, .json"),
        (("fct_indicators",), 2, "--to"),
        (("dim_units", "--to", "x.csv", "--province", "lao cai"), 1, "dim_units has no column province_id"),
        (("dim_people", "--to", "x.csv", "--indicator", "grdp"), 1, "has no column indicator_code"),
        (("dim_units", "--to", "x.csv", "--since", "2026-01-01"), 1, "no column with a day"),
        (("fct_indicators", "--to", "x.csv", "--since", "soon"), 2, "soon"),
        (
            ("fct_indicators", "--to", "x.csv", "--province", "lao kai"),
            1,
            "no name in dim_provinces. Near: lao cai",
        ),
        (("fct_indicators", "--to", "x.csv", "--province", "' or 1=1"), 1, "no key and no name"),
        (("fct_indicators", "--to", "missing/x.csv"), 1, "cannot be written"),
    ],
)
def test_what_cannot_be_exported_leaves_no_file(sotinh, tmp_path, monkeypatch, arguments, exit_code, said):
    monkeypatch.chdir(tmp_path)
    answer = sotinh("export", *arguments)
    assert answer.exit_code == exit_code
    assert said in answer.stderr
    assert answer.stdout == ""
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_there_stays_unless_forced(sotinh, tmp_path):
    file = tmp_path / "x.csv"
    file.write_text("mine", encoding="utf-8")
    answer = sotinh("export", "dim_units", "--to", str(file))
    assert answer.exit_code == 1
    assert "is there already" in answer.stderr
    assert file.read_text(encoding="utf-8") == "mine"
    assert sotinh("export", "dim_units", "--to", str(file), "--force").exit_code == 0
    assert "đồng" in file.read_text(encoding="utf-8")


def write_while_it_comes(file: Path) -> None:
    with whole_file(file, replace=False) as part:
        part.write_text("rows", encoding="utf-8")
        file.write_text("mine", encoding="utf-8")


def test_a_file_that_comes_while_the_rows_are_written_stays(tmp_path):
    file = tmp_path / "x.csv"
    with pytest.raises(FileExistsError):
        write_while_it_comes(file)
    assert [path.name for path in tmp_path.iterdir()] == ["x.csv"]
    assert file.read_text(encoding="utf-8") == "mine"


def test_a_disk_without_links_gets_the_file_as_well(tmp_path, monkeypatch):
    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    with whole_file(tmp_path / "x.csv", replace=False) as part:
        part.write_text("rows", encoding="utf-8")
    assert (tmp_path / "x.csv").read_text(encoding="utf-8") == "rows"
    with pytest.raises(FileExistsError):
        write_while_it_comes(tmp_path / "y.csv")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["x.csv", "y.csv"]


def test_an_interrupted_export_leaves_nothing(sotinh, tmp_path, monkeypatch):
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(export, "sha256_of", interrupted)
    assert sotinh("export", "dim_units", "--to", str(tmp_path / "x.csv")).exit_code == 130
    assert list(tmp_path.iterdir()) == []


def test_the_connection_of_an_export_writes_the_one_file(data_dir, tmp_path):
    with export.opened_to_export(data_dir, tmp_path / "x.csv") as connection:
        for refused in (
            f"copy marts.dim_units to '{tmp_path}/y.csv'",
            "select * from read_text('/etc/hostname')",
            "set allowed_paths = ['/etc/hostname']",
            "set enable_external_access = true",
            "delete from marts.dim_units",
        ):
            with pytest.raises((duckdb.PermissionException, duckdb.InvalidInputException)):
                connection.execute(refused)
    assert list(tmp_path.iterdir()) == []

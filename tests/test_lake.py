"""Which lake the environment names, and that its password is in no message."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from include.lake import lake_from_environment
from include.operations.alert_message import masked
from include.settings import PROJECT_ROOT, Settings

CATALOG = "postgresql://sotinh:p%40w@catalog.example:6432/lake"
FOLDER = Path("/srv/sotinh")


def lake(catalog: str, data: str = "/srv/lake"):
    return lake_from_environment(FOLDER, {"SOTINH_CATALOG": catalog, "SOTINH_LAKE_DATA": data})


def test_without_both_variables_the_warehouse_is_a_file(monkeypatch) -> None:
    for name in ("SOTINH_CATALOG", "SOTINH_LAKE_DATA"):
        monkeypatch.setenv(name, " ")
    settings = Settings.from_environment()
    assert settings.lake is None
    assert settings.warehouse == settings.data_dir / "warehouse.duckdb"


def test_with_both_it_is_that_lake(monkeypatch) -> None:
    monkeypatch.setenv("SOTINH_CATALOG", CATALOG)
    monkeypatch.setenv("SOTINH_LAKE_DATA", "/srv/lake/")
    found = Settings.from_environment().warehouse
    assert found == lake_from_environment(
        Settings.from_environment().data_dir, {"SOTINH_CATALOG": CATALOG, "SOTINH_LAKE_DATA": "/srv/lake"}
    )
    assert (found.host, found.port, found.database, found.user) == ("catalog.example", 6432, "lake", "sotinh")
    assert found.password == "p@w"
    assert found.data == "/srv/lake/"


def test_a_lake_is_shown_without_its_password() -> None:
    shown = f"{lake(CATALOG)} {lake(CATALOG)!r}"
    assert "catalog.example" in shown
    assert "p%40w" not in shown
    assert "p@w" not in shown


def test_its_password_is_masked_wherever_words_of_others_bring_it() -> None:
    word = "-".join(("words", "of", "9"))
    told = masked(f"FATAL: no such user {word}", {"SOTINH_CATALOG": f"postgresql://u:{word}@h/l"})
    assert told == "FATAL: no such user ***"


def test_a_port_and_a_password_may_be_left_out() -> None:
    found = lake("postgres://sotinh@localhost/lake")
    assert (found.port, found.password) == (5432, "")


@pytest.mark.parametrize(
    ("catalog", "told"),
    [
        ("mysql://sotinh:pw1@h/lake", "does not name PostgreSQL, a user and a host"),
        ("postgresql://h/lake", "does not name PostgreSQL, a user and a host"),
        ("postgresql://sotinh:pw1@/lake", "does not name PostgreSQL, a user and a host"),
        ("postgresql://sotinh:pw1@h", "does not name one database"),
        ("postgresql://sotinh:pw1@h/a/b", "does not name one database"),
        ("postgresql://sotinh:pw1@h:port/lake", "is no address"),
        ("postgresql://sotinh:pw1@h/lake?sslmode=require", "takes no [?]options"),
    ],
)
def test_a_catalog_that_is_none_is_refused_without_its_password(catalog: str, told: str) -> None:
    with pytest.raises(ValueError, match=f"SOTINH_CATALOG .*{told}") as refused:
        lake(catalog)
    assert "pw1" not in str(refused.value)
    assert refused.value.__cause__ is None


@pytest.mark.parametrize("data", ["lake", "../lake", "gs://bucket/x", "s3://", "s3://Bucket/x", "s3://b'c/x"])
def test_data_that_are_nowhere_are_refused(data: str) -> None:
    with pytest.raises(ValueError, match="SOTINH_LAKE_DATA is"):
        lake(CATALOG, data)


@pytest.mark.parametrize(("catalog", "data"), [(CATALOG, ""), ("", "/srv/lake")])
def test_one_variable_without_the_other_is_refused(catalog: str, data: str) -> None:
    with pytest.raises(ValueError, match=r"is set and SOTINH_.* is not"):
        lake(catalog, data)


def test_data_in_a_bucket() -> None:
    found = lake(CATALOG, "s3://bucket/lake")
    assert found.is_remote
    assert found.data == "s3://bucket/lake/"


def test_dbt_builds_in_a_lake_as_in_a_file_but_one_table_after_the_other() -> None:
    profile = yaml.safe_load((PROJECT_ROOT / "dbt_project" / "profiles.yml").read_text("utf-8"))["sotinh"]
    assert "SOTINH_LAKE_DATA" in profile["target"]
    file, ours = profile["outputs"]["warehouse"], profile["outputs"]["ducklake"]
    own = {"path", "database", "attach", "threads", "retries"}
    assert {k: v for k, v in file.items() if k not in own} == {k: v for k, v in ours.items() if k not in own}
    assert ours["threads"] == 1
    assert "CATALOG" not in str(ours)  # the password is not dbt's to know


def test_the_contracts_ask_for_no_constraint_that_a_lake_lacks() -> None:
    """DuckLake knows NOT NULL; keys are held by data tests in both."""
    kinds = set()
    for path in (PROJECT_ROOT / "dbt_project" / "models").rglob("*.yml"):
        for model in yaml.safe_load(path.read_text("utf-8")).get("models", []):
            for entry in [model, *model.get("columns", [])]:
                kinds |= {constraint["type"] for constraint in entry.get("constraints", [])}
    assert kinds == {"not_null"}

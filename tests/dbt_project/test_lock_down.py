"""The build's SQL reads the seeds and the warehouse, and nothing else of the machine."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
import yaml

from include.settings import PROJECT_ROOT

DBT_PROJECT = PROJECT_ROOT / "dbt_project"


@pytest.fixture
def plugins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(DBT_PROJECT / "plugins"))


def profile() -> dict[str, object]:
    """The options of a connection as dbt reads them, without those that need its environment."""
    text = (DBT_PROJECT / "profiles.yml").read_text(encoding="utf-8")
    output = yaml.safe_load(text)["sotinh"]["outputs"]["warehouse"]
    return {key: value for key, value in output["config_options"].items() if "{{" not in str(value)}


@pytest.fixture
def cursor(plugins: None, tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """As dbt makes one: options of the profile, the plugin, then a cursor with its settings."""
    import extraction_plugin

    plugin = object.__new__(extraction_plugin.Plugin)
    (tmp_path / "data").mkdir()
    config = {
        **profile(),
        "temp_directory": str(tmp_path / "data" / "spill"),
        "memory_limit": "60MB",
        "threads": 1,
    }
    with duckdb.connect(str(tmp_path / "data" / "warehouse.duckdb"), config=config) as connection:
        plugin.configure_connection(connection)
        made = connection.cursor()
        made.execute("set TimeZone = 'Asia/Ho_Chi_Minh'")
        made.execute("set max_temp_directory_size = '1GB'")
        yield made


@pytest.mark.parametrize(
    "statement",
    [
        "select * from read_text('/etc/hostname')",
        "select * from glob('/etc/*')",
        "copy (select 1) to '{tmp}/out.csv'",
        "attach '{tmp}/other.duckdb'",
        "export database '{tmp}/everything'",
        "install httpfs",
        "set enable_external_access = true",
        "set allowed_paths = ['/etc/hostname']",
    ],
)
def test_what_is_no_business_of_a_model_is_refused(
    cursor: duckdb.DuckDBPyConnection, tmp_path: Path, statement: str
) -> None:
    with pytest.raises((duckdb.PermissionException, duckdb.InvalidInputException)):
        cursor.execute(statement.format(tmp=tmp_path))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data"]


def test_seeds_are_read_and_larger_work_spills(cursor: duckdb.DuckDBPyConnection) -> None:
    seed = DBT_PROJECT / "seeds" / "units.csv"
    cursor.execute(f"create table units as select * from read_csv('{seed}', all_varchar = true)")
    assert cursor.execute("select count(*) > 10 from units").fetchone() == (True,)
    many = "select count(distinct s) from (select repeat('x', 100) || i as s from range(500000) as r(i))"
    assert cursor.execute(many).fetchone() == (500_000,)
    cursor.execute("set max_temp_directory_size = '0KB'")
    with pytest.raises(duckdb.OutOfMemoryException):
        cursor.execute(many)


def test_extensions_stay_where_they_are(cursor: duckdb.DuckDBPyConnection) -> None:
    asked = "allow_community_extensions", "autoinstall_known_extensions", "autoload_known_extensions"
    for name in (*asked, "python_enable_replacements"):
        assert cursor.execute("select current_setting(?)", [name]).fetchone() in ((False,), ("false",)), name
    assert "extraction_plugin" in sys.modules

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from include.warehouse.database import WarehouseLockedError, has_landing_tables, open_warehouse

HOLD = """
import sys, duckdb
connection = duckdb.connect(sys.argv[1])
print("held", flush=True)
sys.stdin.read()
"""


def test_landing_tables_are_made_once_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "data" / "warehouse.duckdb"
    with open_warehouse(path) as connection:
        connection.execute("insert into ops.built_batches values ('b1', 'r1', '2026-03-09 20:00:00+00')")
    with open_warehouse(path) as connection:
        assert connection.execute("select count(*) from ops.built_batches").fetchone() == (1,)
        assert has_landing_tables(connection)


def test_a_file_killed_before_its_tables_is_known(tmp_path: Path) -> None:
    path = tmp_path / "warehouse.duckdb"
    duckdb.connect(str(path)).close()
    with open_warehouse(path, read_only=True) as connection:
        assert not has_landing_tables(connection)


def test_time_zone_is_utc_whatever_the_machine_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(os.environ, "TZ", "Asia/Ho_Chi_Minh")
    with open_warehouse(tmp_path / "warehouse.duckdb") as connection:
        shown = connection.execute("select cast(timestamptz '2026-03-09 20:00:00+07' as varchar)").fetchone()
    assert shown == ("2026-03-09 13:00:00+00",)


def test_limits_are_set_at_open(tmp_path: Path) -> None:
    with open_warehouse(tmp_path / "warehouse.duckdb") as connection:
        limits = connection.execute(
            "select current_setting('memory_limit'), current_setting('threads'),"
            " current_setting('temp_directory')"
        ).fetchone()
    assert limits == ("1.8 GiB", 2, str(tmp_path / ".duckdb_spill"))


def test_sql_reads_no_other_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("mật khẩu", encoding="utf-8")
    with open_warehouse(tmp_path / "warehouse.duckdb") as connection:
        with pytest.raises(duckdb.PermissionException):
            connection.execute("select * from read_text(?)", [str(secret)])
        with pytest.raises(duckdb.PermissionException):
            connection.execute(f"attach '{tmp_path / 'other.duckdb'}' as other")


def test_lock_error_names_the_process_and_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "warehouse.duckdb"
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(WarehouseLockedError) as caught, open_warehouse(path, read_only=True):
            pass
    finally:
        holder.communicate("")
    assert f"process {holder.pid} (" in str(caught.value)
    assert "sotinh.duckdb, never the warehouse" in str(caught.value)


def test_a_second_connection_with_other_settings_is_a_clear_error(tmp_path: Path) -> None:
    path = tmp_path / "warehouse.duckdb"
    with (
        open_warehouse(path),
        pytest.raises(WarehouseLockedError, match="already open in this process"),
        open_warehouse(path, read_only=True),
    ):
        pass


def test_reading_before_anything_landed_says_so(tmp_path: Path) -> None:
    with (
        pytest.raises(FileNotFoundError, match="run load_articles first"),
        open_warehouse(tmp_path / "warehouse.duckdb", read_only=True),
    ):
        pass
    assert not (tmp_path / "warehouse.duckdb").exists()

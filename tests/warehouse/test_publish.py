from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from include.contract import MARTS
from include.warehouse.database import open_warehouse
from include.warehouse.export import AuditError, audit, export_marts
from include.warehouse.files import sha256_of
from include.warehouse.manifest import ManifestError, changed_marts
from include.warehouse.publish import (
    Manifest,
    RollbackError,
    publish,
    read_manifest,
    read_previous_manifest,
    roll_back,
    same_rows,
)
from include.warehouse.releases import kept_releases, release_of
from tests.warehouse.samples import NIGHT, build_marts


def publish_run(
    folder: Path, run_id: str, *, releases_kept: int = 7, published_at: datetime = NIGHT
) -> Manifest:
    return publish(
        warehouse=folder / "warehouse.duckdb",
        data_dir=folder,
        run_id=run_id,
        releases_kept=releases_kept,
        published_at=published_at,
    )


def read(folder: Path, query: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(folder / "sotinh.duckdb"), read_only=True) as reader:
        return reader.execute(query).fetchall()


def folder_of(data_dir: Path, run_id: str) -> Path:
    release = release_of(data_dir / "releases", run_id)
    assert release is not None
    return release.folder


def present_run(folder: Path) -> str:
    manifest = read_manifest(folder)
    assert manifest is not None
    return manifest.run_id


def test_readers_find_every_mart_with_its_types_comments_and_order(tmp_path: Path) -> None:
    build_marts(tmp_path / "warehouse.duckdb")
    publish_run(tmp_path, "r1")
    assert [row[0] for row in read(tmp_path, "select table_name from duckdb_tables() order by all")] == list(
        MARTS
    )
    assert read(tmp_path, "select article_id, url from marts.dim_articles") == [
        ("a0", "https://benlau.example/0"),
        ("a1", "https://benlau.example/1"),
        ("a2", "https://benlau.example/2"),
    ]
    assert read(
        tmp_path,
        "select column_name, data_type, is_nullable, comment from duckdb_columns()"
        " where table_name = 'fct_indicators' and column_name in ('value', 'quote') order by column_index",
    ) == [("value", "DOUBLE", False, "Signed, never scaled."), ("quote", "VARCHAR", True, None)]
    assert read(tmp_path, "select distinct comment from duckdb_tables()") == [
        ("One row per thing; it's small.",)
    ]
    assert read(
        tmp_path,
        "select table_name, constraint_column_names from duckdb_constraints()"
        " where constraint_type = 'PRIMARY KEY'",
    ) == [("fct_meetings", ["meeting_id"])]


def test_a_mart_that_is_a_view_is_published_as_a_table_with_its_comments(tmp_path: Path) -> None:
    warehouse = tmp_path / "warehouse.duckdb"
    build_marts(warehouse)
    with open_warehouse(warehouse) as connection:
        connection.execute(
            "create table ops.verdicts as from (values ('v2', true), ('v1', false)) t (id, ok)"
        )
        # As dbt writes it, with the name of the database.
        connection.execute(
            "drop table marts.fct_directives;"
            " create view marts.fct_directives as select id, ok from warehouse.ops.verdicts;"
            " comment on view marts.fct_directives is 'One row per thing; it''s small.';"
            " comment on column marts.fct_directives.ok is 'Whether it is.'"
        )
    assert publish_run(tmp_path, "r1").rows["fct_directives"] == 2
    assert read(tmp_path, "select * from marts.fct_directives") == [("v1", False), ("v2", True)]
    assert read(
        tmp_path,
        "select c.column_name, c.data_type, c.comment, t.comment from duckdb_columns() as c"
        " join duckdb_tables() as t using (table_oid) where t.table_name = 'fct_directives' order by 1",
    ) == [
        ("id", "VARCHAR", None, "One row per thing; it's small."),
        ("ok", "BOOLEAN", "Whether it is.", "One row per thing; it's small."),
    ]


def test_views_and_macros_work_in_a_locked_file_and_under_any_name(tmp_path: Path) -> None:
    warehouse = tmp_path / "warehouse.duckdb"
    build_marts(warehouse)
    with open_warehouse(warehouse) as connection:
        connection.execute(
            "insert into marts.fct_indicator_observations values"
            " ('o1', '2026-03-01 12:00:00+00'), ('o2', '2026-03-05 12:00:00+00')"
        )
    publish_run(tmp_path, "r1")
    copied = tmp_path / "of_another_name.duckdb"
    copied.write_bytes((tmp_path / "sotinh.duckdb").read_bytes())
    locked = {"enable_external_access": False, "lock_configuration": True}
    with duckdb.connect(str(copied), read_only=True, config=locked) as reader:
        view = "select id from marts.observations_as_known order by id"
        assert reader.execute(view).fetchall() == []
        reader.execute("set variable known_on = date '2026-03-05'")
        assert reader.execute(view).fetchall() == [("o1",), ("o2",)]
        asked = "select id from marts.observations_as_known_on(date '2026-03-04')"
        assert reader.execute(asked).fetchall() == [("o1",)]
        comments = "select comment from duckdb_views() where not internal union all select comment from"
        comments += " duckdb_functions() where not internal"
        assert reader.execute(comments).fetchall() == [
            ("One row per thing; it's small.",),
            ("One row per thing known then.",),
        ]


def test_the_file_opens_in_lagging_drivers(tmp_path: Path) -> None:
    build_marts(tmp_path / "warehouse.duckdb")
    publish_run(tmp_path, "r1")
    version = read(
        tmp_path, "select tags['storage_version'] from duckdb_databases() where database_name = 'sotinh'"
    )
    assert str(version[0][0]).startswith("v1.2.0")
    assert not (tmp_path / "sotinh.duckdb.wal").exists()


def test_the_manifest_tells_of_the_file_beside_it_and_of_its_release(tmp_path: Path) -> None:
    build_marts(tmp_path / "warehouse.duckdb", articles=4)
    manifest = publish_run(tmp_path, "r1")
    assert manifest.sha256 == sha256_of(tmp_path / "sotinh.duckdb")
    assert manifest.byte_count == (tmp_path / "sotinh.duckdb").stat().st_size
    assert manifest.rows["fct_indicators"] == 4
    assert manifest.published_at == "2026-03-09T19:05:00+00:00"
    assert read_manifest(tmp_path) == manifest
    written = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))
    assert written == json.loads(
        (tmp_path / "releases" / "2026-03-10" / "manifest.json").read_text(encoding="utf-8")
    )
    assert written["rows"]["dim_articles"] == 4
    assert sha256_of(tmp_path / "releases" / "2026-03-10" / "sotinh.duckdb") == manifest.sha256


def test_the_same_rows_are_known_again_whatever_their_order(tmp_path: Path) -> None:
    warehouse = tmp_path / "warehouse.duckdb"
    build_marts(warehouse, articles=50)
    first = publish_run(tmp_path, "r1")
    with open_warehouse(warehouse) as connection:
        connection.execute(
            "create or replace table marts.fct_indicators as"
            " select quote, unit_code, value, article_id, statement_id from marts.fct_indicators"
            " order by value desc"
        )
    second = publish_run(tmp_path, "r2")
    assert first.sha256 != second.sha256
    assert same_rows(first, second)
    assert changed_marts(first, second) == []


def test_one_changed_figure_is_another_content(tmp_path: Path) -> None:
    warehouse = tmp_path / "warehouse.duckdb"
    build_marts(warehouse, articles=50)
    first = publish_run(tmp_path, "r1")
    with open_warehouse(warehouse) as connection:
        connection.execute("update marts.fct_indicators set value = value + 1e-9 where statement_id = 's7'")
    second = publish_run(tmp_path, "r2")
    assert changed_marts(first, second) == ["fct_indicators"]
    assert not same_rows(first, second)


def test_another_visit_and_another_log_row_are_the_same_rows(tmp_path: Path) -> None:
    warehouse = tmp_path / "warehouse.duckdb"
    build_marts(warehouse, visited_on=9)
    first = publish_run(tmp_path, "r1")
    build_marts(warehouse, visited_on=11)
    with open_warehouse(warehouse) as connection:
        connection.execute("insert into marts.fct_article_outcomes values ('o9', null)")
    second = publish_run(tmp_path, "r2")
    assert second.rows["fct_article_outcomes"] == 1
    assert same_rows(first, second)


def test_rows_stand_in_a_fixed_order_without_a_key(tmp_path: Path) -> None:
    warehouse = tmp_path / "warehouse.duckdb"
    orders = []
    for direction in ("asc", "desc"):
        build_marts(warehouse, articles=50)
        with open_warehouse(warehouse) as connection:
            connection.execute(
                "create or replace table marts.fct_indicators as"
                f" select * from marts.fct_indicators order by value {direction}"
            )
        publish_run(tmp_path, f"r-{direction}")
        orders.append(read(tmp_path, "select statement_id from marts.fct_indicators"))
    assert orders[0] == orders[1] == sorted(orders[0])


def test_a_mart_never_built_stops_the_publish(tmp_path: Path) -> None:
    warehouse = tmp_path / "warehouse.duckdb"
    build_marts(warehouse)
    before = publish_run(tmp_path, "r1")
    with open_warehouse(warehouse) as connection:
        connection.execute("drop table marts.dim_people")
        connection.execute("drop view marts.observations_as_known")
        connection.execute("drop macro table marts.observations_as_known_on")
    names = "dim_people, observations_as_known, observations_as_known_on"
    with pytest.raises(AuditError, match=f"holds no {names}: run dbt"):
        publish_run(tmp_path, "r2")
    assert read_manifest(tmp_path) == before


def exported(folder: Path) -> tuple[Path, dict[str, int]]:
    build_marts(folder / "warehouse.duckdb")
    target = folder / ".sotinh.r1.duckdb"
    return target, export_marts(folder / "warehouse.duckdb", target)


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        ("delete from marts.dim_dates; insert into marts.dim_dates values ('d', null)", "other row counts"),
        ("drop table marts.dim_dates", r"\('marts', 'dim_dates', 'BASE TABLE'\)"),
        ("create table marts.scratch (id integer)", r"of the contract alone: .*'scratch', 'BASE TABLE'"),
        ("drop table marts.dim_dates; create view marts.dim_dates as select 1 as id", "'dim_dates', 'VIEW'"),
        ("create view marts.scratch as select 1 as id", "'scratch', 'VIEW'"),
        ("create macro marts.scratch(day) as day", "'scratch', 'macro'"),
        ("create macro marts.scratch(day) as table select day", "'scratch', 'table_macro'"),
        ("drop view marts.observations_as_known", "'observations_as_known', 'VIEW'"),
        ("drop macro table marts.observations_as_known_on", "'observations_as_known_on', 'table_macro'"),
        (
            "create table marts.gone (id integer); create or replace macro"
            " marts.observations_as_known_on(day) as table from marts.gone; drop table marts.gone",
            "view observations_as_known cannot be read",
        ),
        (
            "update marts.fct_indicators set article_id = 'a99' where statement_id = 's1'",
            "1 claims whose article",
        ),
    ],
)
def test_the_audit_sees_a_file_that_is_not_what_was_copied(tmp_path: Path, spoil: str, message: str) -> None:
    target, rows = exported(tmp_path)
    audit(target, rows)
    with duckdb.connect(str(target)) as writer:
        writer.execute(spoil)
    with pytest.raises(AuditError, match=message):
        audit(target, rows)


def test_the_audit_sees_a_log_left_behind_and_another_format(tmp_path: Path) -> None:
    target, rows = exported(tmp_path)
    log = target.with_name(f"{target.name}.wal")
    log.touch()
    with pytest.raises(AuditError, match="left behind"):
        audit(target, rows)
    log.unlink()
    other = tmp_path / "other.duckdb"
    with duckdb.connect() as connection:
        connection.execute(f"attach '{target}' as sotinh (read_only)")
        connection.execute(f"attach '{other}' as copied (storage_version 'v1.5.0')")
        connection.execute("copy from database sotinh to copied")
    with pytest.raises(AuditError, match=r"not for DuckDB v1\.2\.0"):
        audit(other, rows)


def test_the_last_releases_are_kept(tmp_path: Path) -> None:
    build_marts(tmp_path / "warehouse.duckdb")
    for day in range(1, 6):
        publish_run(tmp_path, f"r{day}", releases_kept=3, published_at=NIGHT + timedelta(days=day))
    assert [one.manifest.run_id for one in kept_releases(tmp_path / "releases")] == ["r5", "r4", "r3"]
    assert sorted(path.name for path in (tmp_path / "releases").iterdir()) == [
        "2026-03-13",
        "2026-03-14",
        "2026-03-15",
    ]


def test_each_roll_back_goes_one_release_further(tmp_path: Path) -> None:
    for articles, run_id in ((1, "r1"), (2, "r2"), (3, "r3")):
        build_marts(tmp_path / "warehouse.duckdb", articles=articles)
        publish_run(tmp_path, run_id)
    previous = read_previous_manifest(tmp_path)
    assert previous is not None
    assert roll_back(tmp_path) == previous
    assert read(tmp_path, "select count(*) from marts.dim_articles") == [(2,)]
    assert roll_back(tmp_path).run_id == present_run(tmp_path) == "r1"
    assert read(tmp_path, "select count(*) from marts.dim_articles") == [(1,)]
    assert read_previous_manifest(tmp_path) is None
    with pytest.raises(RollbackError, match="r1 is the first release"):
        roll_back(tmp_path)


def test_after_a_roll_back_the_bad_release_is_never_come_back_to(tmp_path: Path) -> None:
    for articles, run_id in ((1, "good"), (2, "bad")):
        build_marts(tmp_path / "warehouse.duckdb", articles=articles)
        publish_run(tmp_path, run_id)
    roll_back(tmp_path)
    build_marts(tmp_path / "warehouse.duckdb", articles=3)
    assert publish_run(tmp_path, "mended").replaces == "good"
    assert {one.manifest.run_id for one in kept_releases(tmp_path / "releases")} == {"good", "mended"}
    # The name of the bad one is not given again.
    assert sorted(path.name for path in (tmp_path / "releases").iterdir()) == [
        "2026-03-10",
        "2026-03-10.3",
        "latest",
    ]
    assert roll_back(tmp_path).run_id == "good"


def test_a_release_no_longer_kept_or_changed_is_not_put_back(tmp_path: Path) -> None:
    for articles, run_id in ((1, "r1"), (2, "r2"), (3, "r3")):
        build_marts(tmp_path / "warehouse.duckdb", articles=articles)
        publish_run(tmp_path, run_id, releases_kept=2)
    with (folder_of(tmp_path, "r2") / "sotinh.duckdb").open("ab") as stream:
        stream.write(b"\0")
    with pytest.raises(RollbackError, match="was changed after it was published"):
        roll_back(tmp_path)
    assert present_run(tmp_path) == "r3"
    assert not list(tmp_path.glob(".sotinh.*"))
    publish_run(tmp_path, "r4", releases_kept=1)
    with pytest.raises(RollbackError, match="r3, the release before r4, is no longer in"):
        roll_back(tmp_path)


def test_nothing_published_and_a_file_changed_by_somebody(tmp_path: Path) -> None:
    assert read_manifest(tmp_path) is None
    with pytest.raises(RollbackError, match="nothing to roll back from"):
        roll_back(tmp_path)
    build_marts(tmp_path / "warehouse.duckdb")
    publish_run(tmp_path, "r1")
    with duckdb.connect(str(tmp_path / "sotinh.duckdb")) as writer:
        writer.execute("create table marts.notes (id integer)")
    assert read_manifest(tmp_path) is None
    assert publish_run(tmp_path, "r2").replaces == "r1"
    assert roll_back(tmp_path).run_id == "r1"


def test_a_removed_file_is_published_again_and_the_releases_stay(tmp_path: Path) -> None:
    build_marts(tmp_path / "warehouse.duckdb")
    publish_run(tmp_path, "r1")
    (tmp_path / "sotinh.duckdb").unlink()
    assert read_manifest(tmp_path) is None
    (tmp_path / "manifest.json").unlink()
    assert publish_run(tmp_path, "r2").replaces == "r1"
    assert present_run(tmp_path) == "r2"


def test_a_broken_manifest_says_which(tmp_path: Path) -> None:
    build_marts(tmp_path / "warehouse.duckdb")
    publish_run(tmp_path, "r1")
    (tmp_path / "manifest.json").write_text('{"run_id": "r1"}', encoding="utf-8")
    with pytest.raises(ManifestError, match=r"manifest.json is not a manifest"):
        read_manifest(tmp_path)


@pytest.mark.parametrize("run_id", ["", "../r1", "r 1", ".r1", "r1/../../x"])
def test_a_run_id_that_is_no_file_name_is_refused(tmp_path: Path, run_id: str) -> None:
    build_marts(tmp_path / "warehouse.duckdb")
    with pytest.raises(ValueError, match="run_id"):
        publish_run(tmp_path, run_id)


def test_keeping_no_release_or_a_time_without_zone_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="at least 1"):
        publish_run(tmp_path, "r1", releases_kept=0)
    with pytest.raises(ValueError, match="no time zone"):
        publish_run(tmp_path, "r1", published_at=NIGHT.replace(tzinfo=None))

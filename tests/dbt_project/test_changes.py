"""Nights that build what changed (int_changed_keys) leave the rows that one build of everything gives."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest

from benchmarks.queries.warehouse import BUILD_ALONE
from benchmarks.queries.warehouse import land as invent
from include.contract import MARTS, PUBLISHED_FILE, WAREHOUSE_FILE
from include.warehouse.content import content_hash
from include.warehouse.ledger import recorded_build
from include.warehouse.publish import publish, read_manifest
from tests.dbt_project import test_clustering as clustering
from tests.dbt_project.one_path import run_at_one_path
from tests.dbt_project.reports import land_articles
from tests.dbt_project.sample import FIRST_NIGHT, create_warehouse

pytestmark = pytest.mark.stack
LANDED = ("sources", "batches", "discovery_requests", "article_outcomes", "article_versions")
# Nights of batches, and so of builds: in the second articles are edited, meetings told again, estimates
# followed by results, and captures come that are older than what is known.
STEPS = (range(1, 2), range(2, 10))
GROWING = (
    "dim_articles", "dim_article_versions", "fct_indicators", "fct_indicator_observations", "fct_meetings",
    "bridge_meeting_articles",
)  # fmt: skip


# So many that figures of one quantity meet in both nights, and few enough for three builds.
INVENTED = 300


@dataclass(frozen=True, slots=True)
class Nights:
    """Folders of a warehouse that grew and of one built at once; rows of each mart after each build."""

    grown: Path
    whole: Path
    row_counts: list[dict[str, int]]


def build(data_dir: Path, *, run: int) -> None:
    """One build as the stage makes it, and its publication."""
    warehouse, at = data_dir / WAREHOUSE_FILE, FIRST_NIGHT + timedelta(days=run)
    with recorded_build(warehouse, f"build-{run}", lambda: at, "rules") as plan:
        assert plan.all_rows == (run == 1)
        run_at_one_path(BUILD_ALONE, data_dir, all_rows=plan.all_rows)
    publish(warehouse=warehouse, data_dir=data_dir, run_id=f"build-{run}", releases_kept=5, published_at=at)


def contents(file: Path) -> dict[str, str]:
    with duckdb.connect(str(file), read_only=True) as connection:
        connection.execute("set TimeZone = 'UTC'")
        return {mart: content_hash(connection, mart) for mart in MARTS}


def row_counts(data_dir: Path) -> dict[str, int]:
    with duckdb.connect(str(data_dir / WAREHOUSE_FILE), read_only=True) as connection:
        return {mart: len(connection.execute(f"select 1 from marts.{mart}").fetchall()) for mart in MARTS}


def everything(data_dir: Path) -> Path:
    """A warehouse of the sample, whose readings are known, and of the articles that are clustered."""
    path = create_warehouse(data_dir)
    land_articles(
        data_dir / "own",
        [*clustering.all_articles(), clustering.ANCHOR, clustering.CORRECTED, clustering.OF_THE_RIGHT_DAY,
         *clustering.DOUBLES, *clustering.MERGED],
    )  # fmt: skip
    with duckdb.connect(str(path)) as connection:
        connection.execute(f"attach '{data_dir / 'own' / WAREHOUSE_FILE}' as own (read_only)")
        # A night of theirs is a batch, in which the portals of its articles are registered.
        connection.execute(
            "insert into raw.article_versions by name select * replace ("
            " 'own-' || (1 + date_diff('day', ?, fetched_at)) as batch_id) from own.raw.article_versions",
            [FIRST_NIGHT],
        )
        connection.execute(
            "insert into raw.sources by name"
            " select distinct sources.* replace (versions.batch_id as batch_id)"
            " from own.raw.sources inner join raw.article_versions as versions using (source_id)"
        )
        connection.execute(
            "insert into raw.batches select batch_id, 'crawl', min(fetched_at), min(fetched_at), 0, 0"
            " from raw.article_versions where batch_id like 'own-%' group by batch_id"
        )
        land_invented(connection, data_dir / "invented")
    return data_dir


def land_invented(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Articles of few portals about the same quantities and plans, every fifth in the second night."""
    folder.mkdir()
    invent(folder / WAREHOUSE_FILE, INVENTED)
    connection.execute(f"attach '{folder / WAREHOUSE_FILE}' as invented (read_only)")
    connection.execute(
        "insert into intermediate.int_article_readings from invented.intermediate.int_article_readings"
    )
    connection.execute(
        "insert into raw.article_versions by name select * replace ("
        " if(warc_offset % 5 = 0 or version_no = 2, 'invented-2', 'invented-1') as batch_id)"
        " from invented.raw.article_versions"
    )
    connection.execute(
        "insert into raw.sources by name select distinct on (source_id, nights.batch_id)"
        " sources.* replace (nights.batch_id as batch_id) from invented.raw.sources"
        " cross join (values ('invented-1'), ('invented-2')) as nights (batch_id)"
    )
    connection.execute(
        "insert into raw.batches select batch_id, 'crawl', min(fetched_at), min(fetched_at), 0, 0"
        " from raw.article_versions where batch_id like 'invented-%' group by batch_id"
    )


def take(whole: Path, target: Path, batch_ids: list[str]) -> None:
    """Land batches of `whole` in the warehouse of `target`, which holds all readings that are known."""
    with duckdb.connect(str(target / WAREHOUSE_FILE)) as connection:
        connection.execute(f"attach '{whole / WAREHOUSE_FILE}' as whole (read_only)")
        for table in LANDED:
            connection.execute(
                f"insert into raw.{table} by name"
                f" select * from whole.raw.{table} where batch_id in (select unnest(?))",
                [batch_ids],
            )


@pytest.fixture(scope="module")
def nights(tmp_path_factory: pytest.TempPathFactory) -> Nights:
    folder = tmp_path_factory.mktemp("changes")
    whole, grown = everything(folder / "whole"), folder / "grown"
    shutil.copytree(whole, grown)
    with duckdb.connect(str(grown / WAREHOUSE_FILE)) as connection:
        batch_ids = [row[0] for row in connection.execute("select batch_id from raw.batches").fetchall()]
        for table in LANDED:
            connection.execute(f"delete from raw.{table}")
    counts = []
    for number, belongs in enumerate(STEPS, start=1):
        take(whole, grown, [one for one in batch_ids if int(one.split("-")[1]) in belongs])
        build(grown, run=number)
        counts.append(row_counts(grown))
    build(whole, run=1)
    return Nights(grown, whole, counts)


def test_nights_one_by_one_leave_the_rows_of_one_build_of_all(nights: Nights) -> None:
    assert contents(nights.grown / WAREHOUSE_FILE) == contents(nights.whole / WAREHOUSE_FILE)


def test_the_published_file_that_was_changed_holds_what_one_written_anew_holds(nights: Nights) -> None:
    changed, anew = read_manifest(nights.grown), read_manifest(nights.whole)
    assert changed is not None
    assert anew is not None
    assert (changed.rows_appended > 0, anew.rows_appended) == (True, 0)
    counted = row_counts(nights.grown)
    assert changed.rows == counted
    found = contents(nights.grown / PUBLISHED_FILE)
    assert changed.content == found
    assert found == contents(nights.whole / PUBLISHED_FILE)
    assert found == anew.content


def test_each_night_brought_rows_to_the_marts_that_grow(nights: Nights) -> None:
    """What is the same is not the same for having nothing to do."""
    for mart in GROWING:
        counts = [counted[mart] for counted in nights.row_counts]
        assert counts == sorted(set(counts)), mart


def test_only_rows_of_what_changed_are_written(nights: Nights) -> None:
    with duckdb.connect(str(nights.grown / WAREHOUSE_FILE), read_only=True) as connection:
        for model in ("int_versions_read", "int_claims_versioned", "int_observations_vintaged"):
            builds = connection.execute(
                f"select build_no, count(*) from intermediate.{model} group by all order by all"
            ).fetchall()
            assert [build_no for build_no, _ in builds] == [1, 2], model


def test_what_was_judged_again_and_is_as_it_was_is_told_to_nobody(nights: Nights) -> None:
    with duckdb.connect(str(nights.grown / WAREHOUSE_FILE), read_only=True) as connection:
        for model, key, kind in (
            ("int_targets_attained", "statement_id", "target"),
            ("int_consistency_plans", "article_id", "checked_article"),
            ("int_consistency_repeats", "article_id", "checked_article"),
        ):
            row = connection.execute(
                f"select count(*), count(*) filter (where {key} in ("
                f" select changed_key from intermediate.int_changed_keys where key_kind = '{kind}'))"
                f" from intermediate.{model} where build_no = 2"
            ).fetchone()
            assert row is not None
            judged, told = row
            assert 0 < told < judged, model

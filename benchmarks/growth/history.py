"""A data folder with a history of invented articles, built and published, and a night's articles that wait.

The articles are those of benchmarks.queries. The newest of them are the night's: they are taken out before
the history is built, their readings with them, so that the night reads them as it would any.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

import duckdb

from benchmarks.queries.warehouse import land
from include.contract import WAREHOUSE_FILE
from include.warehouse.build import build_marts
from include.warehouse.ledger import recorded_build
from include.warehouse.publish import publish

WAITING_FILE: Final = "night.duckdb"
NIGHT: Final = "crawl-night"
HISTORY_RUN: Final = "build-history"
RULES: Final = "those of the benchmark"
# Behind the last batch of benchmarks.queries, which is of March 2026.
STARTED_AT: Final = datetime(2026, 4, 20, 19, 0, tzinfo=UTC)
# Of the rows that belong to an article's address; batches and portals are made for the night.
# Nobody visits an article again that was never seen.
_OF_ARTICLES: Final = {"article_outcomes": " and outcome = 'loaded'", "article_versions": ""}


def make_history(folder: Path, project: Path, *, articles: int, tonight: int) -> None:
    """Make `folder`: `articles` of history, built and published, and `tonight` more set aside.

    project: the dbt project. The same numbers give the same rows. Raises FileExistsError where `folder` holds
    a warehouse already, BuildFailed where a model breaks.
    """
    warehouse = folder / WAREHOUSE_FILE
    if warehouse.exists():
        raise FileExistsError(f"{folder} holds a warehouse already: name an empty folder")
    folder.mkdir(parents=True, exist_ok=True)
    land(warehouse, articles + tonight)
    _set_aside(warehouse, folder / WAITING_FILE, tonight)
    with recorded_build(warehouse, HISTORY_RUN, lambda: STARTED_AT - timedelta(days=1), RULES) as plan:
        build_marts(project=project, data_dir=folder, all_rows=plan.all_rows)
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute("delete from ops.built_batches")
        connection.execute(
            "insert into ops.built_batches select batch_id, ?, ? from raw.batches", [HISTORY_RUN, STARTED_AT]
        )
    publish(
        warehouse=warehouse,
        data_dir=folder,
        run_id=HISTORY_RUN,
        releases_kept=1,
        published_at=STARTED_AT - timedelta(days=1),
    )


def land_night(folder: Path) -> None:
    """Put the articles that were set aside into the warehouse, as a batch of their own."""
    with duckdb.connect(str(folder / WAREHOUSE_FILE)) as connection:
        connection.execute("set TimeZone = 'UTC'")
        connection.execute(f"attach '{folder / WAITING_FILE}' as waiting (read_only)")
        for table in _OF_ARTICLES:
            connection.execute(f"insert into raw.{table} by name from waiting.{table}")
        connection.execute(
            "insert into raw.sources"
            " select distinct on (source_id) * replace (? as batch_id) from raw.sources",
            [NIGHT],
        )
        connection.execute(
            "insert into raw.batches select ?, 'crawl', ?, ?, count(*), 0 from waiting.article_outcomes",
            [NIGHT, STARTED_AT, STARTED_AT + timedelta(hours=1)],
        )


def _set_aside(warehouse: Path, waiting: Path, tonight: int) -> None:
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute("set TimeZone = 'UTC'")
        connection.execute(f"attach '{waiting}' as waiting")
        connection.execute(
            "create temp table newest as select article_id from raw.article_versions"
            " group by article_id having count(*) = 1 order by max(published_on) desc, article_id limit ?",
            [tonight],
        )
        belongs = "article_id in (select article_id from newest)"
        for table, only in _OF_ARTICLES.items():
            connection.execute(
                f"create table waiting.{table} as"  # noqa: S608 - constants
                f" select * replace ('{NIGHT}' as batch_id) from raw.{table} where {belongs}{only}"
            )
            connection.execute(f"delete from raw.{table} where {belongs}")  # noqa: S608 - constants
        connection.execute(
            "delete from intermediate.int_article_readings where article_version_id in"
            " (select article_version_id from waiting.article_versions)"
        )
        # A batch tells how many addresses it asked for.
        connection.execute(
            "update raw.batches set discovered = counted.outcomes from"
            " (select batch_id, count(*) as outcomes from raw.article_outcomes group by batch_id) as counted"
            " where batches.batch_id = counted.batch_id"
        )

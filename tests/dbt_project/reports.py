"""Landed articles that nobody has read yet, for tests that let the real models read and cluster them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import duckdb

from include.contract import WAREHOUSE_FILE
from tests.dbt_project.one_path import run_at_one_path
from tests.dbt_project.sample import FIRST_NIGHT, RAW_SQL

# With the seeds, without dbt's tests.
MEETING_MODELS = (
    "build --select +bridge_meeting_articles +fct_meetings"
    " --exclude-resource-type test --exclude-resource-type unit_test"
)


@dataclass(frozen=True, slots=True)
class Article:
    """One version of an article of a portal that speaks for a province.

    night (from 1): when it was fetched.
    """

    article_id: str
    body: str
    published_on: date | None
    province_id: str | None
    night: int = 1
    title: str | None = None
    version_no: int = 1


@dataclass(frozen=True, slots=True)
class Clustered:
    """Where the model put one report, and what joined it to which article's (null: the meeting's first)."""

    meeting_id: str
    joined_by: str | None
    joined_to: str | None


# By article and ordinal of the meeting in it.
Clusters = dict[tuple[str, int], Clustered]


def land_articles(data_dir: Path, articles: Iterable[Article]) -> Path:
    """Land `articles` in data_dir's warehouse, one portal a province; returns its file."""
    data_dir.mkdir(parents=True, exist_ok=True)
    path = data_dir / WAREHOUSE_FILE
    with duckdb.connect(str(path)) as connection:
        connection.execute(RAW_SQL.read_text(encoding="utf-8"))
        for article in articles:
            _land(connection, article)
        connection.execute("delete from raw.batches; delete from raw.sources")
        connection.execute("insert into raw.batches values ('b', 'crawl', ?, ?, 0, 0)", [FIRST_NIGHT] * 2)
        for (source,) in connection.execute("select distinct source_id from raw.article_versions").fetchall():
            connection.execute(
                "insert into raw.sources values ('b', ?, ?, ?, ?, null)",
                [source, source, _province(source), f"https://{source}.example/"],
            )
    return path


def cluster(data_dir: Path) -> Clusters:
    """Read and cluster what is landed."""
    run_at_one_path(MEETING_MODELS.split(), data_dir)
    with duckdb.connect(str(data_dir / WAREHOUSE_FILE), read_only=True) as connection:
        rows = connection.execute(
            "select article_id, meeting_ordinal, meeting_id, joined_by, joined_to_article_id"
            " from intermediate.int_meetings_clustered"
        ).fetchall()
    return {(row[0], row[1]): Clustered(*row[2:]) for row in rows}


def _source(province_id: str | None) -> str:
    return f"portal-{province_id or 'ca-nuoc'}"


def _province(source: str) -> str | None:
    province_id = source.removeprefix("portal-")
    return None if province_id == "ca-nuoc" else province_id


def _land(connection: duckdb.DuckDBPyConnection, article: Article) -> None:
    digest = hashlib.sha256(article.body.encode()).hexdigest()
    source = _source(article.province_id)
    url = f"https://{source}.example/{article.article_id}.html"
    fetched_at = FIRST_NIGHT + timedelta(days=article.night - 1)
    basis = "unknown" if article.published_on is None else "page"
    values = [
        f"{article.article_id}.{article.version_no}", article.article_id, article.version_no, "b", source,
        url, article.title, None, article.body, article.published_on, None, basis, "onecms", fetched_at,
        digest, digest, "1.warc.gz", 0, None,
    ]  # fmt: skip
    marks = ", ".join("?" for _ in values)
    connection.execute(f"insert into raw.article_versions values ({marks})", values)

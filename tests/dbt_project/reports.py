"""Landed articles that nobody has read yet, for tests that let the real models read and cluster them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import duckdb

from include.contract import WAREHOUSE_FILE
from include.settings import PROJECT_ROOT
from include.warehouse.build import run_dbt
from tests.dbt_project.sample import FIRST_NIGHT, RAW_SQL

MEETING_MODELS = ["run", "--select", "+bridge_meeting_articles", "+fct_meetings"]


@dataclass(frozen=True, slots=True)
class Article:
    """One article of a portal that speaks for a province; night (from 1): when it was first fetched."""

    article_id: str
    body: str
    published_on: date | None
    province_id: str | None
    night: int = 1
    title: str | None = None


def land_articles(data_dir: Path, articles: Iterable[Article]) -> Path:
    """Make data_dir's warehouse with `articles` landed, one portal a province; returns its file."""
    data_dir.mkdir(parents=True, exist_ok=True)
    path = data_dir / WAREHOUSE_FILE
    portals: set[str | None] = set()
    with duckdb.connect(str(path)) as connection:
        connection.execute(RAW_SQL.read_text(encoding="utf-8"))
        connection.execute("insert into raw.batches values ('b', 'crawl', ?, ?, 0, 0)", [FIRST_NIGHT] * 2)
        for article in articles:
            _land(connection, article)
            portals.add(article.province_id)
        for province_id in portals:
            source = _source(province_id)
            connection.execute(
                "insert into raw.sources values ('b', ?, ?, ?, ?, null)",
                [source, source, province_id, f"https://{source}.example/"],
            )
    return path


def cluster(data_dir: Path) -> dict[tuple[str, int], tuple[str, str | None, str | None]]:
    """Read and cluster what is landed: meeting_id, joined_by and joined_to_article_id by article and ordinal."""
    seeds = ["seed", "--select", "provinces", "province_iso_codes"]
    run_dbt(seeds, project=PROJECT_ROOT / "dbt_project", data_dir=data_dir)
    run_dbt(MEETING_MODELS, project=PROJECT_ROOT / "dbt_project", data_dir=data_dir)
    with duckdb.connect(str(data_dir / WAREHOUSE_FILE), read_only=True) as connection:
        rows = connection.execute(
            "select article_id, meeting_ordinal, meeting_id, joined_by, joined_to_article_id"
            " from intermediate.int_meetings_clustered"
        ).fetchall()
    return {(row[0], row[1]): (row[2], row[3], row[4]) for row in rows}


def _source(province_id: str | None) -> str:
    return f"portal-{province_id or 'ca-nuoc'}"


def _land(connection: duckdb.DuckDBPyConnection, article: Article) -> None:
    digest = hashlib.sha256(article.body.encode()).hexdigest()
    source = _source(article.province_id)
    url = f"https://{source}.example/{article.article_id}.html"
    fetched_at = FIRST_NIGHT + timedelta(days=article.night - 1)
    basis = "unknown" if article.published_on is None else "page"
    connection.execute(
        "insert into raw.article_versions values (?,?,1,'b',?,?,?,null,?,?,null,?,'onecms',?,?,?,'1.warc.gz',0)",
        [f"{article.article_id}.1", article.article_id, source, url, article.title, article.body,
         article.published_on, basis, fetched_at, digest, digest],
    )  # fmt: skip

"""Batches and marts for the tests, small and made by hand."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from include.contract import MACROS, MARTS, VIEWS
from include.landing import CLEANED_SCHEMA, BatchHeader, DiscoveredUrl, DiscoveryRequest, SourceRow
from include.warehouse.database import open_warehouse

NIGHT = datetime(2026, 3, 9, 19, 5, tzinfo=UTC)
BODY = "Sáng 9/3, thị trấn Bến Lau khánh thành trạm bơm mới, tưới cho 420 ha lúa của ba xã ven sông."


def landed_at() -> datetime:
    return datetime(2026, 3, 9, 20, 0, tzinfo=UTC)


def page(
    url: str,
    *,
    outcome: str = "cleaned",
    body: str = BODY,
    fetched_at: datetime | None = NIGHT,
    **columns: Any,
) -> dict[str, Any]:
    """One row of cleaned.parquet."""
    article_id = "a" + hashlib.sha256(url.encode()).hexdigest()[:16]
    row: dict[str, Any] = dict.fromkeys(CLEANED_SCHEMA.names)
    row |= {"source_id": "benlau", "url": url, "article_id": article_id, "outcome": outcome}
    row |= {"http_status": 200, "fetched_at": fetched_at}
    if outcome == "cleaned":
        row |= {
            "article_url": url,
            "title": "Bến Lau có trạm bơm mới",
            "body": body,
            "published_on": date(2026, 3, 9),
            "published_basis": "page",
            "family": "generic",
            "content_sha256": hashlib.sha256(f"trạm bơm|{body}".encode()).hexdigest(),
            "body_sha256": hashlib.sha256(body.encode()).hexdigest(),
        }
    return row | columns


def write_batch(
    landing: Path,
    batch_id: str,
    rows: Sequence[Mapping[str, Any]],
    *,
    discovered: Sequence[Mapping[str, Any]] | None = None,
    not_due: int = 0,
    batch_kind: str = "crawl",
) -> Path:
    """A batch folder as cleaning leaves it; discovered: rows to list there instead of `rows`."""
    folder = landing / batch_id
    folder.mkdir(parents=True)
    header = BatchHeader(batch_id, batch_kind, "2026-03-10T02:00:00+07:00", not_due)
    (folder / "batch.json").write_text(json.dumps(asdict(header)), encoding="utf-8")
    source = SourceRow("benlau", "Báo Bến Lau", "10-2008", "https://benlau.example", "generic")
    request = DiscoveryRequest(
        "benlau",
        "feed",
        "https://benlau.example/rss",
        "read",
        None,
        200,
        len(rows),
        "2026-03-10T02:00:01+07:00",
    )
    urls = [
        DiscoveredUrl(row["source_id"], row["url"], row["article_id"], "feed")
        for row in (rows if discovered is None else discovered)
    ]
    for name, records in (("sources", [source]), ("discovery", [request]), ("discovered", urls)):
        lines = "".join(json.dumps(asdict(record), ensure_ascii=False) + "\n" for record in records)
        (folder / f"{name}.jsonl").write_text(lines, encoding="utf-8")
    pq.write_table(pa.Table.from_pylist(list(rows), CLEANED_SCHEMA), folder / "cleaned.parquet")
    return folder


def rows_of(warehouse: Path, query: str) -> list[tuple[Any, ...]]:
    """The answer of a query on the warehouse."""
    with open_warehouse(warehouse, read_only=True) as connection:
        return connection.execute(query).fetchall()


MART_COLUMNS = {
    "dim_articles": "article_id varchar not null, url varchar, body varchar, published_on date,"
    " last_fetched_at timestamptz, source_id varchar",
    "dim_sources": "source_id varchar not null, source_name varchar, base_url varchar",
    "fct_indicators": "statement_id varchar not null, article_id varchar not null, value double not null,"
    " unit_code varchar, quote varchar",
    "fct_meetings": "meeting_id varchar not null primary key, meeting_date date, lead_name varchar",
}


def build_marts(warehouse: Path, *, articles: int = 3, value: float = 42.5, visited_on: int = 9) -> None:
    """Every mart of the contract, three of them with rows: `articles` articles with a claim each."""
    with open_warehouse(warehouse) as connection:
        connection.execute("create schema if not exists marts")
        for mart in MARTS:
            columns = MART_COLUMNS.get(mart, "id varchar not null, noted_at timestamptz")
            connection.execute(f"create or replace table marts.{mart} ({columns})")
            connection.execute(f"comment on table marts.{mart} is 'One row per thing; it''s small.'")
        connection.execute("comment on column marts.fct_indicators.value is 'Signed, never scaled.'")
        add_views_and_macros(connection)
        _fill(connection, articles, value, visited_on)


def add_views_and_macros(connection: duckdb.DuckDBPyConnection) -> None:
    """The views and table macros of the contract, each over the observations."""
    for macro in MACROS:
        connection.execute(
            f"create or replace macro marts.{macro}(day) as table select id, noted_at"
            " from marts.fct_indicator_observations where cast(noted_at as date) <= day"
        )
        connection.execute(f"comment on macro table marts.{macro} is 'One row per thing known then.'")
    for view in VIEWS:
        connection.execute(
            f"create or replace view marts.{view} as"
            " from marts.observations_as_known_on(cast(getvariable('known_on') as date))"
        )
        connection.execute(f"comment on view marts.{view} is 'One row per thing; it''s small.'")


def _fill(connection: duckdb.DuckDBPyConnection, articles: int, value: float, visited_on: int) -> None:
    connection.execute(
        "insert into marts.dim_articles select 'a' || n, 'https://benlau.example/' || n, 'Bến Lau ' || n,"
        " date '2026-03-09', make_timestamptz(2026, 3, ?, 1, 0, 0), 'benlau'"
        " from range(?) as t (n) order by n desc",
        [visited_on, articles],
    )
    connection.execute(
        "insert into marts.fct_indicators select 's' || n, 'a' || n, ? + n, 'HECTARE', '420 ha'"
        " from range(?) as t (n)",
        [value, articles],
    )
    connection.execute(
        "insert into marts.dim_sources values ('benlau', 'Báo Bến Lau', 'https://benlau.example')"
    )
    connection.execute("insert into marts.fct_meetings values ('m1', date '2026-03-08', 'Lý Thị Mận')")

"""The warehouse that mutations are made on: six nights of four portals over an archive of saved pages.

The archive are the sample portals' own pages, read by the cleaner as a backfill would. All of it is landed,
built by dbt and published once; the last night waits, as it does when the gates judge it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq
import yaml

from include.clean.article import CleanedArticle
from include.clean.page import clean_page
from include.clean.rows import content_digest
from include.contract import WAREHOUSE_FILE
from include.landing import CLEANED_SCHEMA, BatchHeader, DiscoveredUrl, DiscoveryRequest, SourceRow
from include.portals.identity import article_id_of
from include.settings import PROJECT_ROOT
from include.warehouse.database import open_warehouse
from include.warehouse.land import land_open_batches
from include.warehouse.ledger import mark_built, pending_batches
from include.warehouse.publish import publish
from tests.dbt_project.one_path import BUILD, run_at_one_path
from tests.quality.mutations.stories import PORTALS, Portal, Told, stories

SAMPLES: Final = PROJECT_ROOT / "tests" / "sample_portals"
LAST_NIGHT: Final = date(2026, 11, 5)
EARLIER_NIGHTS: Final = 5
STORIES: Final = 3
STORIES_LAST_NIGHT: Final = 6
LAST_BATCH: Final = f"crawl-{LAST_NIGHT:%Y%m%d}T020000Z"


def build_base(data_dir: Path) -> Path:
    """Land, build and publish the base in `data_dir`; its warehouse, in which the last night waits."""
    landing, warehouse = data_dir / "landing", data_dir / WAREHOUSE_FILE
    _write_archive(landing)
    for back in range(EARLIER_NIGHTS, -1, -1):
        _write_night(landing, LAST_NIGHT - timedelta(days=back))
    land_open_batches(landing=landing, warehouse=warehouse, landed_at=lambda: _moment(LAST_NIGHT))
    run_at_one_path(BUILD, data_dir)
    publish(
        warehouse=warehouse,
        data_dir=data_dir,
        run_id="before",
        releases_kept=1,
        published_at=_moment(LAST_NIGHT),
    )
    earlier = [batch_id for batch_id in pending_batches(warehouse) if batch_id != LAST_BATCH]
    mark_built(warehouse, earlier, "before", _moment(LAST_NIGHT))
    # As after a build by other rules: the mistakes are made in any row, so the gate has to judge each.
    with open_warehouse(warehouse) as connection:
        connection.execute(
            "insert into ops.builds (run_id, started_at, finished_at, build_no, all_rows_because) values"
            " ('before', $1, $1, 1, 'first'), ('now', $1, $1, 2, 'other rules')",
            [_moment(LAST_NIGHT)],
        )
    return warehouse


def _moment(night: date) -> datetime:
    """02:00 in Vietnam on that day."""
    return datetime(night.year, night.month, night.day, tzinfo=UTC) - timedelta(hours=5)


def _write_night(landing: Path, night: date) -> None:
    count = STORIES_LAST_NIGHT if night == LAST_NIGHT else STORIES
    rows = []
    for portal in PORTALS:
        told = stories(portal, night, count)
        if night > LAST_NIGHT - timedelta(days=EARLIER_NIGHTS):
            told += stories(portal, night - timedelta(days=1), STORIES)[:1]
        rows += [_row(portal, story, night) for story in told]
        rows.append(_gone(portal, night))
    _write_batch(landing, f"crawl-{night:%Y%m%d}T020000Z", "crawl", night, PORTALS, rows)


def _write_archive(landing: Path) -> None:
    night = LAST_NIGHT - timedelta(days=EARLIER_NIGHTS + 1)
    rows, portals = [], []
    for entry in yaml.safe_load((SAMPLES / "portals.yml").read_text(encoding="utf-8"))["portals"]:
        golden = json.loads((SAMPLES / "golden" / f"{entry['id']}.json").read_text(encoding="utf-8"))
        vintage = {"46": "46-2025"}.get(entry["province"], f"{entry['province'][:2]}-2008")
        portal = Portal(
            entry["id"], entry["name"], vintage, "", f"https://{entry['id']}.example", entry.get("family", "")
        )
        portals.append(portal)
        for page in golden["pages"]:
            read = _read_page(portal, page["path"])
            rows += [read | {"fetched_at": _moment(night)}] if read else []
    _write_batch(landing, f"backfill-{night:%Y%m%d}T020000Z", "backfill", night, portals, rows)


def _read_page(portal: Portal, path: str) -> dict[str, Any] | None:
    file = SAMPLES / "pages" / portal.id / path.lstrip("/").replace("?", "__q__")
    if file.is_dir():
        file /= "index.html"
    url = f"{portal.base_url}{path}"
    article = clean_page(file.read_bytes(), url=url, content_type=None, family=portal.family or None)
    return _cleaned(portal.id, url, article) if isinstance(article, CleanedArticle) else None


def _row(portal: Portal, story: Told, night: date) -> dict[str, Any]:
    article = CleanedArticle(
        story.title, story.byline, story.body, story.published_on, None, "page", portal.family
    )
    return _cleaned(portal.id, story.url, article) | {"fetched_at": _moment(night)}


def _cleaned(source_id: str, url: str, article: CleanedArticle) -> dict[str, Any]:
    return {
        **dict.fromkeys(CLEANED_SCHEMA.names),
        "source_id": source_id,
        "url": url,
        "article_url": url,
        "article_id": article_id_of(url),
        "outcome": "cleaned",
        "http_status": 200,
        "title": article.title,
        "byline": article.byline,
        "body": article.body,
        "published_on": article.published_on,
        "published_at": article.published_at,
        "published_basis": article.published_basis,
        "published_conflict": article.published_conflict,
        "family": article.family,
        "content_sha256": content_digest(article),
        "body_sha256": hashlib.sha256(article.body.encode()).hexdigest(),
    }


def _gone(portal: Portal, night: date) -> dict[str, Any]:
    url = f"{portal.base_url}/kinh-te/da-go-{night:%d%m}.html"
    return {
        **dict.fromkeys(CLEANED_SCHEMA.names),
        "source_id": portal.id,
        "url": url,
        "article_id": article_id_of(url),
        "outcome": "failed",
        "reason": "not_found",
        "http_status": 404,
    }


def _write_batch(
    landing: Path,
    batch_id: str,
    kind: str,
    night: date,
    portals: Iterable[Portal],
    rows: Sequence[dict[str, Any]],
) -> None:
    folder = landing / batch_id
    folder.mkdir(parents=True)
    at = _moment(night).isoformat()
    header = BatchHeader(batch_id, kind, at, 0)
    (folder / "batch.json").write_text(json.dumps(asdict(header)), encoding="utf-8")
    sources = [SourceRow(p.id, p.name, p.province_id, p.base_url, p.family or None) for p in portals]
    requests = [
        DiscoveryRequest(p.id, "feed", f"{p.base_url}/rss/home.rss", "read", None, 200, 20, at)
        for p in portals
    ]
    urls = [DiscoveredUrl(row["source_id"], row["url"], row["article_id"], "feed") for row in rows]
    for name, records in (("sources", sources), ("discovery", requests), ("discovered", urls)):
        lines = "".join(json.dumps(asdict(record), ensure_ascii=False) + "\n" for record in records)
        (folder / f"{name}.jsonl").write_text(lines, encoding="utf-8")
    pq.write_table(pa.Table.from_pylist(list(rows), CLEANED_SCHEMA), folder / "cleaned.parquet")

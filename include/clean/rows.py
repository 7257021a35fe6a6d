"""Cleaning as a function over Arrow batches: what a worker process, or a cluster, runs."""

from __future__ import annotations

import hashlib
import json
from typing import Any, Final
from urllib.parse import urljoin

import pyarrow as pa

from include.clean.archive import UnreadableRecordError, read_archived
from include.clean.article import CleanedArticle, NoArticle
from include.clean.guards import MAX_PAGE_BYTES
from include.clean.page import clean_page
from include.landing import CLEANED_SCHEMA
from include.portals.story_urls import settled_url

PAGE_SCHEMA: Final = pa.schema(
    [
        ("url", pa.string()),
        ("final_url", pa.string()),
        ("base_url", pa.string()),
        ("content_type", pa.string()),
        ("family", pa.string()),
        ("warc_path", pa.string()),
        ("warc_offset", pa.int64()),
    ]
)
_RESULT_NAMES: Final = (
    "outcome", "reason", "detail", "article_url", "title", "byline", "body", "published_on", "published_at",
    "published_basis", "published_conflict", "family", "content_sha256", "body_sha256",
)  # fmt: skip
RESULT_SCHEMA: Final = pa.schema([CLEANED_SCHEMA.field(name) for name in _RESULT_NAMES])


def clean_rows(pages: pa.RecordBatch) -> pa.RecordBatch:
    """Rows of PAGE_SCHEMA (where a page's bytes lie) to rows of RESULT_SCHEMA, in order.

    The bytes are read here, in the worker, so that a batch of any size costs the parent no memory.
    """
    return pa.RecordBatch.from_pylist([_clean(page) for page in pages.to_pylist()], schema=RESULT_SCHEMA)


def content_digest(article: CleanedArticle) -> str:
    """SHA-256 over title, byline, body and publication: the same for two fetches of an unchanged story.

    Encoded as a JSON array in UTF-8 without spaces, so that no two different articles share an encoding.
    """
    published_at = article.published_at.isoformat() if article.published_at else None
    published_on = article.published_on.isoformat() if article.published_on else None
    values = [article.title, article.byline, article.body, published_on, published_at]
    encoded = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(encoded.encode("utf-8")).hexdigest()


def _address(page: dict[str, Any], reached: str, article: CleanedArticle) -> str:
    try:
        declared = urljoin(reached, article.canonical) if article.canonical else None
    except ValueError:  # a torn address ("http://[") says nothing
        declared = None
    return settled_url(page["url"], page["final_url"], declared, page["base_url"])


def _clean(page: dict[str, Any]) -> dict[str, Any]:
    try:
        content = read_archived(page["warc_path"], page["warc_offset"], limit=MAX_PAGE_BYTES + 1)
    except UnreadableRecordError as error:
        return {"outcome": "quarantined", "reason": "archive_unreadable", "detail": str(error)}
    reached = page["final_url"] or page["url"]
    answer = clean_page(content, url=reached, content_type=page["content_type"], family=page["family"])
    if isinstance(answer, NoArticle):
        return {"outcome": answer.outcome, "reason": answer.reason}
    return {
        "outcome": "cleaned",
        "article_url": _address(page, reached, answer),
        "title": answer.title,
        "byline": answer.byline,
        "body": answer.body,
        "published_on": answer.published_on,
        "published_at": answer.published_at,
        "published_basis": answer.published_basis,
        "published_conflict": answer.published_conflict,
        "family": answer.family,
        "content_sha256": content_digest(answer),
        "body_sha256": hashlib.sha256(answer.body.encode("utf-8")).hexdigest(),
    }

"""The files of a batch, the contract between crawling, cleaning and the warehouse.

A batch is a folder `landing/<batch_id>/`. Its files appear in this order, each whole or not at
all, except `fetched.jsonl`, which grows line by line (a torn last line is ignored and its URL
fetched again):

    batch.json            BatchHeader
    sources.jsonl         SourceRow a portal
    discovery.jsonl       DiscoveryRequest a document
    discovered.jsonl      DiscoveredUrl a URL to attempt; its presence means: discovery is done
    warc/*.warc.gz        bytes as fetched; a replay has none, its lines name the files of other batches
    fetched.jsonl         FetchedUrl a URL
    fetched.done          every discovered URL has its line
    cleaned.parquet       one row a discovered URL (CLEANED_SCHEMA)
    landed                the warehouse holds the batch
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import pyarrow as pa

# One row per discovered URL, in the order of fetched.jsonl. outcome: `cleaned`, or the final
# outcome of the contract with its reason; the article's columns are null unless `cleaned`. url: as it
# was asked for; article_url: the address that names the story, from which its article_id comes.
CLEANED_SCHEMA = pa.schema(
    [
        ("source_id", pa.string()),
        ("url", pa.string()),
        ("article_id", pa.string()),
        ("outcome", pa.string()),
        ("reason", pa.string()),
        ("detail", pa.string()),
        ("http_status", pa.int32()),
        ("fetched_at", pa.timestamp("us", tz="UTC")),
        ("byte_count", pa.int64()),
        ("warc_file", pa.string()),
        ("warc_offset", pa.int64()),
        ("article_url", pa.string()),
        ("title", pa.string()),
        ("byline", pa.string()),
        ("body", pa.string()),
        ("published_on", pa.date32()),
        ("published_at", pa.timestamp("us", tz="UTC")),
        ("published_basis", pa.string()),
        ("published_conflict", pa.string()),
        ("family", pa.string()),
        ("content_sha256", pa.string()),
        ("body_sha256", pa.string()),
    ]
)


@dataclass(frozen=True, slots=True)
class Visit:
    """What the warehouse knows of a URL: how often it was fetched, and when last."""

    visits: int
    last_fetched_at: datetime


@dataclass(frozen=True, slots=True)
class ArchivedCapture:
    """A page whose bytes an earlier batch archived. warc_file, warc_offset: as in FetchedUrl."""

    source_id: str
    url: str
    warc_file: str
    warc_offset: int


@dataclass(frozen=True, slots=True)
class BatchHeader:
    """batch_kind: of contract.BATCH_KINDS; started_at: ISO 8601 with zone; not_due: known URLs left alone."""

    batch_id: str
    batch_kind: str
    started_at: str
    not_due: int


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A portal of the registry as this batch used it."""

    source_id: str
    source_name: str
    province_id: str | None
    base_url: str
    family: str | None


@dataclass(frozen=True, slots=True)
class DiscoveryRequest:
    """One document that leads to articles; outcome from contract.DISCOVERY_OUTCOMES."""

    source_id: str
    document_kind: str
    url: str
    outcome: str
    reason: str | None
    http_status: int | None
    links_found: int
    requested_at: str


@dataclass(frozen=True, slots=True)
class DiscoveredUrl:
    """One URL to attempt; url is canonical, article_id comes from it (`article_id_of`)."""

    source_id: str
    url: str
    article_id: str
    found_in: str


@dataclass(frozen=True, slots=True)
class FetchedUrl:
    """How the attempt ended: `fetched` (bytes are in the WARC), or a final outcome of the contract.

    warc_file is relative to the data folder; warc_offset is where the response record starts.
    """

    source_id: str
    url: str
    article_id: str
    outcome: str
    reason: str | None
    detail: str | None
    http_status: int | None
    fetched_at: str | None
    byte_count: int | None
    final_url: str | None
    content_type: str | None
    warc_file: str | None
    warc_offset: int | None

"""One document that leads to articles, asked for with its validators."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from include.crawl.answers import Answer, Trouble
from include.crawl.clock import Clock
from include.crawl.http import PortalClient, Refusal
from include.crawl.patience import get_patiently
from include.crawl.validators import StoredDocument, ValidatorCache

BLOCKING_STATUSES: Final = (401, 403, 429, 451)
# robots.txt's own words, in the outcomes of documents and of pages.
ROBOTS_REASONS: Final = ("robots_disallowed", "robots_unreachable", "crawl_delay_too_long")
# Sitemaps may have 50 MB by their protocol; 10 MiB hold some 60,000 entries, far more than are taken.
MAX_DOCUMENT_BYTES: Final = 10 * 1024 * 1024


class MalformedDocumentError(ValueError):
    """The document cannot be read as what it should be; `reason` is a code."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Document:
    """How a document was answered (contract.DISCOVERY_OUTCOMES); body is null unless it can be read.

    is_end_sure: nothing suggests that the body may stop before its end.
    """

    kind: str
    url: str
    outcome: str
    reason: str | None
    http_status: int | None
    requested_at: str
    body: bytes | None = None
    content_type: str | None = None
    is_end_sure: bool = True


@dataclass(frozen=True, slots=True)
class DocumentReader:
    """Asks for the documents of one portal."""

    client: PortalClient
    cache: ValidatorCache
    clock: Clock

    def read(
        self,
        kind: str,
        url: str,
        *,
        refusal: Refusal = lambda _: None,
        max_bytes: int = MAX_DOCUMENT_BYTES,
        cut: bool = False,
    ) -> Document:
        """The document at `url`, unless `refusal` forbids it; a 304 gives the stored body again."""
        requested_at = self.clock.stamp()
        forbidden = refusal(url)
        if forbidden:
            return Document(kind, url, "not_allowed", forbidden, None, requested_at)
        stored = self.cache.load(url)
        answer = get_patiently(
            self.client,
            self.clock,
            url,
            headers=stored.condition() if stored else {},
            max_bytes=max_bytes,
            cut=cut,
            refusal=refusal,
        )
        if isinstance(answer, Trouble):
            outcome = _outcome_of_trouble(answer)
            return Document(kind, url, outcome, answer.reason, answer.http_status, requested_at)
        return self._judge(kind, url, answer, stored, requested_at)

    def forget(self, url: str) -> None:
        """Keep nothing of `url`: a 304 would bring back what is not what it should be."""
        self.cache.drop(url)

    def _judge(
        self, kind: str, url: str, answer: Answer, stored: StoredDocument | None, requested_at: str
    ) -> Document:
        status = answer.status
        if status == 304 and stored:
            return Document(
                kind, url, "not_modified", None, status, requested_at, stored.body, stored.content_type
            )
        if status in (200, 203):
            content_type = answer.header("content-type")
            etag, last_modified = answer.header("etag"), answer.header("last-modified")
            if answer.is_end_sure:  # what is torn must not come back with every 304
                self.cache.save(StoredDocument(url, etag, last_modified, content_type, answer.body))
            return Document(
                kind, url, "read", None, status, requested_at, answer.body, content_type, answer.is_end_sure
            )
        outcome = "blocked" if status in BLOCKING_STATUSES else "failed"
        return Document(kind, url, outcome, f"http_{status}", status, requested_at)


def _outcome_of_trouble(trouble: Trouble) -> str:
    if trouble.reason in ROBOTS_REASONS:
        return "not_allowed"
    if trouble.reason in ("cookie_gate", "host_asks_to_wait"):
        return "blocked"
    return "malformed" if trouble.reason == "bad_encoding" else "failed"

"""How an attempt at a page ended, judged from the answer alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from include.crawl.answers import Answer, Trouble
from include.crawl.documents import BLOCKING_STATUSES, ROBOTS_REASONS

_QUARANTINING: Final = ("too_large", "compression_ratio", "bad_encoding")
_HTML_TYPES: Final = ("text/html", "application/xhtml+xml")
_UNSURE_TYPES: Final = ("", "text/plain", "application/octet-stream", "text/xml", "application/xml")
# Files that servers send as text/html, by their first bytes (PDF, PNG, JPEG, GIF, ZIP and Office, RIFF).
_FILE_MAGIC: Final = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0",
    b"RIFF",
)
_HTML_START: Final = re.compile(
    rb"<(?:!doctype html|html|head|body|title|meta|script|div|p)\b", re.IGNORECASE
)
_FRONT_PAGE: Final = re.compile(r"/(?:vi|en|home|trang-chu|index|default)?(?:\.\w{2,5})?/?", re.IGNORECASE)
_ERROR_PAGE: Final = re.compile(r"/(?:404|error|not-?found|khong-tim-thay)[^/]*/?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Verdict:
    """outcome: `fetched`, or a final outcome of the contract with its reason (a code)."""

    outcome: str
    reason: str | None = None
    detail: str | None = None


def judge_trouble(trouble: Trouble) -> Verdict:
    """The outcome of an attempt that got no usable answer."""
    if trouble.reason in ROBOTS_REASONS:
        return Verdict("not_allowed", trouble.reason, trouble.detail)
    if trouble.reason in ("cookie_gate", "host_asks_to_wait"):
        return Verdict("blocked", trouble.reason, trouble.detail)
    outcome = "quarantined" if trouble.reason in _QUARANTINING else "failed"
    return Verdict(outcome, trouble.reason, trouble.detail)


def judge_answer(answer: Answer, url: str) -> Verdict:
    """The outcome of an answer to `url` (canonical)."""
    if answer.status in BLOCKING_STATUSES:
        return Verdict("blocked", f"http_{answer.status}")
    # 206 is a part of the page, and nobody asked for one.
    if not 200 <= answer.status < 300 or answer.status == 206:
        return Verdict("failed", f"http_{answer.status}")
    if answer.final_url != url:
        if _is_front_page(answer.final_url) and not _is_front_page(url):
            return Verdict("failed", "redirect_to_front_page", answer.final_url)
        if _ERROR_PAGE.search(urlsplit(answer.final_url).path):
            return Verdict("failed", "redirect_to_error_page", answer.final_url)
    if not _is_html(answer):
        return Verdict("quarantined", "not_html", answer.header("content-type"))
    return Verdict("fetched")


def _is_front_page(url: str) -> bool:
    parts = urlsplit(url)
    return not parts.query and _FRONT_PAGE.fullmatch(parts.path) is not None


def _is_html(answer: Answer) -> bool:
    """By type and by the first bytes; an empty page passes, the cleaner says that it is empty."""
    kind = (answer.header("content-type") or "").partition(";")[0].strip().lower()
    start = answer.body[:2048].lstrip(b"\xef\xbb\xbf \t\r\n")
    if kind in _HTML_TYPES:
        return not start.startswith(_FILE_MAGIC)
    if kind not in _UNSURE_TYPES:
        return False
    return not start or _HTML_START.search(start) is not None or _is_utf16_html(start)


def _is_utf16_html(start: bytes) -> bool:
    return start.startswith((b"\xff\xfe", b"\xfe\xff")) and b"h\x00t\x00m\x00l" in start.lower() + b"\x00"

"""robots.txt by RFC 9309: what may be asked for, and how fast."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlsplit

from protego import Protego

from include.crawl.documents import Document, DocumentReader
from include.crawl.http import ROBOTS_NAME

# RFC 9309, 2.5: a crawler parses at least the first 500 KiB.
_MAX_ROBOTS_BYTES: Final = 500 * 1024
# At one request in five minutes a night reads some sixty pages; a portal that asks for more time
# does not want a crawler, and its pages are left alone.
MAX_CRAWL_DELAY_S: Final = 300.0
_HTML: Final = re.compile(r"\s*(?:<!doctype|<html|<head|<\?xml)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class RobotsRules:
    """What one origin's robots.txt says to us. forbids_all: the code why nothing may be asked for."""

    document: Document
    parser: Protego | None
    forbids_all: str | None = None

    @property
    def delay_s(self) -> float:
        """Crawl-delay in seconds; 0 where there is none."""
        delay = self.parser.crawl_delay(ROBOTS_NAME) if self.parser else None
        return max(0.0, float(delay)) if delay is not None else 0.0

    def refusal(self, url: str) -> str | None:
        """Why `url` may not be asked for (a code), or None."""
        if self.forbids_all:
            return self.forbids_all
        if self.parser is not None and not self.parser.can_fetch(url, ROBOTS_NAME):
            return "robots_disallowed"
        return "crawl_delay_too_long" if self.delay_s > MAX_CRAWL_DELAY_S else None


class RobotsBook:
    """The rules of every origin that one portal's client comes to, each asked for once a stage."""

    def __init__(self, reader: DocumentReader) -> None:
        self._reader = reader
        self._rules: dict[str, RobotsRules] = {}

    def rules_for(self, url: str) -> RobotsRules:
        """The rules of `url`'s origin; its Crawl-delay slows the client from then on."""
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._rules:
            document = self._reader.read(
                "robots", origin + "/robots.txt", max_bytes=_MAX_ROBOTS_BYTES, cut=True
            )
            rules = rules_of(document)
            self._reader.client.slow_down(parts.netloc, min(rules.delay_s, MAX_CRAWL_DELAY_S))
            self._rules[origin] = rules
        return self._rules[origin]

    def refusal(self, url: str) -> str | None:
        """Why robots.txt forbids `url` (a code), or None."""
        return self.rules_for(url).refusal(url)


def rules_of(document: Document) -> RobotsRules:
    """The rules that an answer to /robots.txt means (RFC 9309, 2.3.1).

    A 4xx means no restriction. A 5xx, no answer, redirects that lead nowhere and 429 (a server that
    cannot cope) mean that nothing may be asked for. HTML in its place has no rules in it, and so
    restricts nothing. Returns the document with the outcome this has for it.
    """
    if document.body is not None:
        text = _decode(document.body)
        if _HTML.match(text):
            malformed = replace(document, outcome="malformed", reason="html_instead_of_robots")
            return RobotsRules(malformed, None)
        return RobotsRules(document, Protego.parse(text))
    status = document.http_status
    if status is not None and 400 <= status < 500 and status != 429:
        return RobotsRules(replace(document, outcome="read", reason="absent"), None)
    return RobotsRules(document, None, "robots_unreachable")


def _decode(body: bytes) -> str:
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        return body.decode("utf-16", "replace")
    return body.decode("utf-8-sig", "replace")

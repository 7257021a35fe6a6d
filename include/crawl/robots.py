"""robots.txt by RFC 9309: what may be asked for, and how fast."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlsplit

from protego import Protego

from include.crawl.documents import Document, DocumentReader
from include.crawl.http import ROBOTS_NAME

# RFC 9309, 2.5: a crawler parses at least the first 500 KiB. The line that the cut goes through is
# dropped (half of `Allow: /tin/` allows all), so there is some room beyond them.
_MAX_ROBOTS_BYTES: Final = 512 * 1024
# RFC 9309, 2.4: rules are not used for longer than that.
_MAX_AGE: Final = timedelta(hours=24)
# At one request in five minutes a night reads some sixty pages; a portal that asks for more time
# does not want a crawler, and its pages are left alone.
MAX_CRAWL_DELAY_S: Final = 300.0
_HTML: Final = re.compile(r"\s*(?:<!doctype|<html|<head|<\?xml)", re.IGNORECASE)
# The spellings that Protego takes.
_AGENT_LINE: Final = re.compile(r"\s*user[- ]?agent\s*[:\s](?P<named>[^#]*)", re.IGNORECASE)
_RULE_LINE: Final = re.compile(
    r"\s*(?:allow|disallow|dissallow|dissalow|disalow|diasllow|disallaw)\s*[:\s]", re.IGNORECASE
)
_TOKEN: Final = re.compile(r"[\w-]+")
_SOMEBODY_ELSE: Final = "somebody-else"


@dataclass(frozen=True, slots=True)
class RobotsRules:
    """What one origin's robots.txt says to us.

    delay_s: its Crawl-delay in seconds, 0 where there is none. forbids_all: the code why nothing may be
    asked for.
    """

    document: Document
    parser: Protego | None = None
    delay_s: float = 0.0
    forbids_all: str | None = None

    def refusal(self, url: str) -> str | None:
        """Why `url` may not be asked for (a code), or None."""
        if self.forbids_all:
            return self.forbids_all
        if self.parser is not None and not self.parser.can_fetch(url, ROBOTS_NAME):
            return "robots_disallowed"
        return "crawl_delay_too_long" if self.delay_s > MAX_CRAWL_DELAY_S else None


class RobotsBook:
    """The rules of every origin that one portal's client comes to, asked for once a stage and a day.

    Where they cannot be had, what was stored of them is not used instead, though RFC 9309 (2.3.1.4, 2.4)
    would allow it after a while: a server that fails on its robots.txt is in no state to be crawled, and
    the next night asks again.
    """

    def __init__(self, reader: DocumentReader) -> None:
        self._reader = reader
        self._rules: dict[str, tuple[datetime, RobotsRules]] = {}

    def rules_for(self, url: str) -> RobotsRules:
        """The rules of `url`'s origin; its Crawl-delay slows the client from then on."""
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        now = self._reader.clock.now()
        if origin not in self._rules or now - self._rules[origin][0] >= _MAX_AGE:
            rules = rules_of(self._read(origin + "/robots.txt"))
            if rules.document.outcome == "malformed":
                self._reader.forget(rules.document.url)
            self._reader.client.slow_down(parts.netloc, min(rules.delay_s, MAX_CRAWL_DELAY_S))
            self._rules[origin] = now, rules
        return self._rules[origin][1]

    def _read(self, url: str) -> Document:
        """robots.txt; one that may be torn has to be the same twice, since no last tag tells its end."""
        document = self._reader.read("robots", url, max_bytes=_MAX_ROBOTS_BYTES, cut=True)
        if document.is_end_sure:
            return document
        second = self._reader.read("robots", url, max_bytes=_MAX_ROBOTS_BYTES, cut=True)
        if second.body is None or second.is_end_sure or second.body == document.body:
            return second
        return replace(second, outcome="failed", reason="cut_short", body=None)

    def refusal(self, url: str) -> str | None:
        """Why robots.txt forbids `url` (a code), or None."""
        return self.rules_for(url).refusal(url)


def rules_of(document: Document) -> RobotsRules:
    """The rules that an answer to /robots.txt means (RFC 9309, 2.3.1).

    A 4xx means no restriction, and so does 204. A 5xx, no answer, redirects that lead nowhere (or off the
    portal's site, where this crawler does not go) and 429 (a server that cannot cope) mean that nothing
    may be asked for. HTML in its place has no rules in it, and so restricts nothing. Returns the document
    with the outcome this has for it.
    """
    if document.body is not None:
        text = _decode(document.body)
        if _HTML.match(text):
            return RobotsRules(replace(document, outcome="malformed", reason="html_instead_of_robots"))
        rules, everything = _as_it_concerns_us(text)
        delay_s = Protego.parse(everything).crawl_delay(ROBOTS_NAME) or 0.0
        return RobotsRules(document, Protego.parse(rules), delay_s)
    status = document.http_status
    if status == 204 or (status is not None and 400 <= status < 500 and status != 429):
        return RobotsRules(replace(document, outcome="read", reason="absent"))
    return RobotsRules(document, forbids_all="robots_unreachable")


def _decode(body: bytes) -> str:
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = body.decode("utf-16", "replace")
    else:
        text = body.decode("utf-8-sig", "replace")
    if len(body) >= _MAX_ROBOTS_BYTES:
        return text[: max(text.rfind("\n"), text.rfind("\r")) + 1]
    return text


def _as_it_concerns_us(text: str) -> tuple[str, str]:
    """robots.txt with agents told apart as RFC 9309 does: its agents and rules alone, and all of it.

    Protego takes other records (2.2.4), such as Crawl-delay, for the end of a group's agents, which they
    are not; and it takes the beginning of a token for the token.
    """
    lines = [_with_agent_settled(line) for line in text.splitlines()]
    rules = [line for line in lines if _AGENT_LINE.match(line) or _RULE_LINE.match(line)]
    return "\n".join(rules), "\n".join(lines)


def _with_agent_settled(line: str) -> str:
    """A user-agent line naming us, everybody or somebody else (2.2.1: product tokens, in any case)."""
    agent = _AGENT_LINE.match(line)
    named = agent["named"].strip() if agent else ""
    if not named or named == "*":
        return line
    token = _TOKEN.match(named.lstrip("*"))
    is_us = token is not None and token[0].lower() == ROBOTS_NAME.lower()
    return f"User-agent: {ROBOTS_NAME if is_us else _SOMEBODY_ELSE}"

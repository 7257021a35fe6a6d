"""What the operator should do with a registry entry after its check, one sentence a finding."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit

from include.clean.article import CleanedArticle, NoArticle
from include.landing import DiscoveryRequest
from include.operations.page_reading import PageReading
from include.operations.portal_check import KEY_OF_KIND, PortalCheck, is_read

GUIDE: Final = "docs/add_a_portal.md"
_GONE: Final = (404, 410)
_HARD_TO_REACH: Final = ("tls", "redirect_to_plain_http")


def is_guessed(check: PortalCheck, request: DiscoveryRequest) -> bool:
    """Whether the registry marks the document's key as guessed."""
    return KEY_OF_KIND.get(request.document_kind) in check.portal.guessed


def advice_for(check: PortalCheck) -> list[str]:
    """What to do, in the order of the check; empty where the entry holds as it is."""
    if check.is_not_allowed:
        return ["robots.txt forbids all that the entry names: nothing will be fetched; leave it or remove it"]
    return [
        *_on_robots(check),
        *(text for request in check.documents for text in _on_document(check, request)),
        *_on_guesses(check),
        *_on_article(check),
    ]


def path_of(url: str) -> str:
    """The address without its origin."""
    parts = urlsplit(url)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def _on_robots(check: PortalCheck) -> Iterator[str]:
    for request in filter(_is_broken_robots, check.requests):
        host, why = urlsplit(request.url).netloc, request.reason or ""
        if why.startswith("crawler_error"):
            yield f"the crawler itself failed ({why}): the log has the details, please report it"
        elif why in _HARD_TO_REACH:
            yield f"{host} cannot be asked ({why}): see “Hosts that are hard to reach” in {GUIDE}"
        else:
            yield f"{host} gave no robots.txt ({why}), so nothing was asked: check base_url, try again"


def _is_broken_robots(request: DiscoveryRequest) -> bool:
    """Whether robots.txt did not come, which forbids everything; HTML in its place (malformed) does not."""
    return request.document_kind == "robots" and request.outcome not in ("read", "not_modified", "malformed")


def _on_document(check: PortalCheck, request: DiscoveryRequest) -> Iterator[str]:
    key, path, why = KEY_OF_KIND[request.document_kind], path_of(request.url), request.reason
    if is_read(request):
        if not request.links_found:
            rightly = " (a news sitemap may be empty for days)" if key == "sitemaps" else ""
            yield f"{path} was read and holds no article link{rightly}: correct it or remove it from {key}"
    elif why != "robots_unreachable":
        yield f"{path} {_failing(request)}, or remove it from {key}"


def _failing(request: DiscoveryRequest) -> str:
    """What is wrong with a document that was not read, and what may be done."""
    why = request.reason
    if request.outcome == "not_allowed":
        return f"is forbidden by robots.txt ({why}): leave it"
    if why == "host_asks_to_wait":
        return f"was not asked for, since its host asks to be left alone for now ({why}): try again later"
    if request.outcome == "blocked":
        return f"is refused to crawlers ({why}): ask the operator for access"
    if request.outcome == "malformed":
        return f"is no {request.document_kind} ({why}): correct it"
    if request.http_status in _GONE:
        return f"answers {request.http_status}: correct it"
    return f"gave no answer ({why}): try again later, then correct it"


def _on_guesses(check: PortalCheck) -> Iterator[str]:
    """A key holds when every document of it led to something."""
    for kind, key in KEY_OF_KIND.items():
        requests = [request for request in check.documents if request.document_kind == kind]
        holds = bool(requests) and all(is_read(request) and request.links_found for request in requests)
        if holds and key in check.portal.guessed:
            yield f"{key} are right: take `{key}` out of `guessed`"


def _on_article(check: PortalCheck) -> Iterator[str]:
    article = check.article
    if article is None or any(map(_is_broken_robots, check.requests)):
        return
    if article.reading is None:
        verdict = article.verdict
        yield f"the article {article.url} was not read: {verdict.outcome} ({verdict.reason})"
    else:
        yield from _on_family(check, article.reading)
        yield from _on_reading(article.reading, article.url)


def _on_family(check: PortalCheck, reading: PageReading) -> Iterator[str]:
    declared, detected = check.family, reading.detected
    if detected is None:
        if (
            declared is not None
            and isinstance(reading.read, CleanedArticle)
            and reading.read.family != declared
        ):
            yield f"the page bears no mark of `family: {declared}`: leave the key out, or see {GUIDE}"
    elif declared is None:
        yield f"the page is of the family {detected}: write `family: {detected}`"
    elif declared != detected:
        yield f"the page is of the family {detected}, not {declared}: correct `family`"
    elif "family" in check.portal.guessed:
        yield "family is right: take `family` out of `guessed`"


def _on_reading(reading: PageReading, url: str) -> Iterator[str]:
    read = reading.read
    if isinstance(read, NoArticle):
        why = f"{read.outcome} ({read.reason})"
        yield f"no story was read from {url}: {why}; see “A family of its own” in {GUIDE}"
        return
    missing = [
        what
        for what, is_missing in (("title", read.title is None), ("date", read.published_on is None))
        if is_missing
    ]
    if missing:
        yield f"no {' and no '.join(missing)} was read from {url}: compare the page, see {GUIDE}"

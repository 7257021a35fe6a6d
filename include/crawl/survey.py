"""What one portal offers tonight: every document that leads to articles, and the links in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final

from include.crawl.article_links import may_be_article
from include.crawl.documents import Document, MalformedDocumentError
from include.crawl.feeds import feed_links
from include.crawl.listings import parse_listing
from include.crawl.sitemaps import Sitemap, SitemapEntry, newest_first, parse_sitemap
from include.crawl.stage import PortalDesk
from include.landing import DiscoveryRequest
from include.portals.identity import canonical_url
from include.portals.story_urls import article_url

# An index leads to maps; an index of indexes exists; deeper ones are mistakes or traps.
MAX_SITEMAP_DEPTH: Final = 3
# Enough for one map a module or a month over two years; the newest are read first.
MAX_SITEMAPS: Final = 30
# Real listings and feeds hold 10 to 200; a page with more is a trap, and each link costs a request.
MAX_LINKS: Final = 1_000
ChooseMaps = Callable[[tuple[SitemapEntry, ...]], list[str]]


@dataclass(slots=True)
class Survey:
    """Requests made, and canonical article URLs with the document that led to each, first come first."""

    requests: list[DiscoveryRequest] = field(default_factory=list)
    found_in: dict[str, str] = field(default_factory=dict)


def newest_maps(entries: tuple[SitemapEntry, ...]) -> list[str]:
    """Every map of an index, the newest first."""
    return [entry.url for entry in newest_first(entries)]


def survey_portal(desk: PortalDesk, survey: Survey, choose_maps: ChooseMaps = newest_maps) -> None:
    """Read the portal's robots.txt, feeds, sitemaps and listings into `survey`; add its single URLs."""
    portal = desk.portal
    rules = desk.robots.rules_for(portal.base_url)
    survey.requests.append(request_row(portal.id, rules.document, 0))
    for url in portal.feeds:
        _read_feed(desk, url, survey)
    if portal.sitemaps:
        _read_sitemaps(desk, survey, choose_maps)
    for url in portal.listings:
        _read_listing(desk, url, survey)
    for url in portal.urls:
        survey.found_in.setdefault(article_url(url, portal.base_url), "registry")


def request_row(portal_id: str, document: Document, links_found: int) -> DiscoveryRequest:
    """A document's line in discovery.jsonl."""
    return DiscoveryRequest(
        source_id=portal_id,
        document_kind=document.kind,
        url=document.url,
        outcome=document.outcome,
        reason=document.reason,
        http_status=document.http_status,
        links_found=links_found,
        requested_at=document.requested_at,
    )


def malformed_row(portal_id: str, document: Document, error: MalformedDocumentError) -> DiscoveryRequest:
    """The line of a document that was answered, but not with what it should be."""
    return DiscoveryRequest(
        source_id=portal_id,
        document_kind=document.kind,
        url=document.url,
        outcome="malformed",
        reason=error.reason,
        http_status=document.http_status,
        links_found=0,
        requested_at=document.requested_at,
    )


def _note_malformed(
    desk: PortalDesk, document: Document, error: MalformedDocumentError, survey: Survey
) -> None:
    desk.reader.forget(document.url)
    survey.requests.append(malformed_row(desk.portal.id, document, error))


def _read_feed(desk: PortalDesk, url: str, survey: Survey) -> None:
    document = desk.reader.read("feed", url, refusal=desk.robots.refusal)
    links: list[str] = []
    if document.body is not None:
        try:
            links = own_articles(desk, feed_links(document.body, url))[:MAX_LINKS]
        except MalformedDocumentError as error:
            _note_malformed(desk, document, error, survey)
            return
    _add(links, url, survey)
    survey.requests.append(request_row(desk.portal.id, document, len(links)))


def read_maps(
    desk: PortalDesk, survey: Survey, choose: ChooseMaps
) -> list[tuple[str, tuple[SitemapEntry, ...]]]:
    """The portal's urlsets with their entries; `choose` names the maps of an index to follow, in order.

    Bounded in depth and number, and no map is read twice.
    """
    waiting = [(url, 1) for url in desk.portal.sitemaps]
    seen: set[str] = set()
    urlsets: list[tuple[str, tuple[SitemapEntry, ...]]] = []
    while waiting and len(seen) < MAX_SITEMAPS:
        url, depth = waiting.pop(0)
        if url in seen:
            continue
        seen.add(url)
        sitemap = _read_map(desk, url, survey)
        if sitemap is None:
            continue
        if not sitemap.is_index:
            urlsets.append((url, sitemap.entries))
        elif depth < MAX_SITEMAP_DEPTH:
            waiting += [(child, depth + 1) for child in _own(desk, choose(sitemap.entries))]
    return urlsets


def _read_map(desk: PortalDesk, url: str, survey: Survey) -> Sitemap | None:
    document = desk.reader.read("sitemap", url, refusal=desk.robots.refusal)
    try:
        sitemap = parse_sitemap(document.body, url) if document.body is not None else None
    except MalformedDocumentError as error:
        _note_malformed(desk, document, error, survey)
        return None
    links_found = len(sitemap.entries) if sitemap else 0
    survey.requests.append(request_row(desk.portal.id, document, links_found))
    return sitemap


def _read_sitemaps(desk: PortalDesk, survey: Survey, choose_maps: ChooseMaps) -> None:
    """Take the newest pages of the maps, up to the portal's limit."""
    pages: dict[SitemapEntry, str] = {}
    for map_url, entries in read_maps(desk, survey, choose_maps):
        for entry in entries:
            if may_be_article(entry.url):
                pages.setdefault(entry, map_url)
    for entry in newest_first(tuple(pages))[: desk.portal.max_sitemap_urls]:
        _add(own_articles(desk, [entry.url]), pages[entry], survey)


def _read_listing(desk: PortalDesk, url: str, survey: Survey) -> None:
    """Read a listing and the pages after it, until one brings nothing new, or the limit is reached."""
    seen_pages: set[str] = set()
    seen_links: set[str] = set()
    page_url: str | None = url
    while page_url and canonical_url(page_url) not in seen_pages and len(seen_pages) < desk.portal.max_pages:
        seen_pages.add(canonical_url(page_url))
        document = desk.reader.read(
            "listing", page_url, refusal=desk.robots.refusal, max_bytes=desk.client.limits.max_bytes
        )
        if document.body is None:
            survey.requests.append(request_row(desk.portal.id, document, 0))
            return
        try:
            page = parse_listing(document.body, page_url, document.content_type, desk.portal.owns)
        except MalformedDocumentError as error:
            _note_malformed(desk, document, error, survey)
            return
        articles = page.articles[:MAX_LINKS]
        survey.requests.append(request_row(desk.portal.id, document, len(articles)))
        _add(own_articles(desk, articles), page_url, survey)
        if seen_links.issuperset(articles):
            return
        seen_links.update(articles)
        page_url = article_url(page.next_url, desk.portal.base_url) if page.next_url else None


def own_articles(desk: PortalDesk, links: Iterable[str]) -> list[str]:
    """Canonical URLs of the links that may be articles of this portal, each once."""
    return [url for url in _own(desk, links) if may_be_article(url)]


def _own(desk: PortalDesk, links: Iterable[str]) -> list[str]:
    own: dict[str, None] = {}
    for link in links:
        try:
            url = article_url(link, desk.portal.base_url)
        except ValueError:  # a feed's mailto: or a torn address leads nowhere
            continue
        if desk.portal.owns(url):
            own[url] = None
    return list(own)


def _add(links: Iterable[str], document_url: str, survey: Survey) -> None:
    for url in links:
        survey.found_in.setdefault(url, document_url)

"""Asks one portal what its registry entry says, as a night would, and keeps nothing of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from include.clean.article import CleanedArticle
from include.clean.dates import LOCAL
from include.crawl.answers import Trouble
from include.crawl.discover import broken_survey
from include.crawl.patience import get_patiently
from include.crawl.sitemaps import SitemapEntry, newest_first
from include.crawl.stage import CrawlStage, PortalDesk
from include.crawl.survey import Survey, survey_portal
from include.crawl.verdict import Verdict, judge_answer, judge_trouble
from include.landing import DiscoveryRequest
from include.operations.page_reading import PageReading, read_page
from include.portals.portal import Portal

# Enough to see that an index leads somewhere; a night reads more of them.
_MAPS_OF_AN_INDEX: Final = 2
KEY_OF_KIND: Final[Mapping[str, str]] = MappingProxyType(
    {"feed": "feeds", "sitemap": "sitemaps", "listing": "listings"}
)


@dataclass(frozen=True, slots=True)
class ArticleCheck:
    """One article page: how the attempt ended, and what was read from it (null unless it was fetched)."""

    url: str
    verdict: Verdict
    reading: PageReading | None = None


@dataclass(frozen=True, slots=True)
class PortalCheck:
    """Every document asked for, robots.txt first; links: how many article URLs they led to, each once.

    family: what the registry says of pages of today. robots_delay_s: Crawl-delay in seconds, 0 for none.
    article: null where no document led to a page that robots.txt allows.
    """

    portal: Portal
    family: str | None
    requests: tuple[DiscoveryRequest, ...]
    links: int
    robots_delay_s: float = 0
    article: ArticleCheck | None = None

    @property
    def documents(self) -> tuple[DiscoveryRequest, ...]:
        """All but robots.txt."""
        return tuple(request for request in self.requests if request.document_kind != "robots")

    @property
    def has_answered(self) -> bool:
        """Whether a document led to articles, or an article of the entry's own was there."""
        fetched = self.article is not None and self.article.verdict.outcome == "fetched"
        return fetched or self.links > 0

    @property
    def is_not_allowed(self) -> bool:
        """Whether robots.txt was there and forbids all that the entry names."""
        asked = [(request.outcome, request.reason) for request in self.documents]
        if self.article is not None:
            asked.append((self.article.verdict.outcome, self.article.verdict.reason))
        is_silent = any(reason == "robots_unreachable" for _, reason in asked)
        return bool(asked) and {outcome for outcome, _ in asked} == {"not_allowed"} and not is_silent

    @property
    def article_read(self) -> CleanedArticle | None:
        """The article, where there is one."""
        reading = self.article.reading if self.article else None
        return reading.read if reading and isinstance(reading.read, CleanedArticle) else None


def is_read(request: DiscoveryRequest) -> bool:
    """Whether the document came."""
    return request.outcome in ("read", "not_modified")


def check_portal(stage: CrawlStage, portal: Portal) -> PortalCheck:
    """Ask for robots.txt, each feed, sitemap and listing (one page), and one article.

    What a portal provokes in the crawler is an outcome of its check; raises OSError where our own disk fails.
    """
    survey = Survey()
    one_page = portal.model_copy(update={"max_pages": 1})
    family = portal.family_on(stage.options.clock.now().astimezone(LOCAL).date())
    with stage.desk(one_page) as desk:
        try:
            survey_portal(desk, survey, _first_maps)
            article = _check_article(stage, desk, survey, family)
            delay_s = desk.robots.rules_for(portal.base_url).delay_s
        except OSError:
            raise
        except Exception as error:  # noqa: BLE001 - one portal's trouble must not end the others' check
            survey.requests.append(broken_survey(portal, error, stage.options.clock.stamp()))
            article, delay_s = None, 0.0
    links = sum(document != "registry" for document in survey.found_in.values())
    return PortalCheck(portal, family, tuple(survey.requests), links, delay_s, article)


def _first_maps(entries: tuple[SitemapEntry, ...]) -> list[str]:
    return [entry.url for entry in newest_first(entries)[:_MAPS_OF_AN_INDEX]]


def _check_article(
    stage: CrawlStage, desk: PortalDesk, survey: Survey, family: str | None
) -> ArticleCheck | None:
    """The first page of the survey that robots.txt allows; where it allows none, the first one's refusal."""
    refusals = ((url, desk.robots.refusal(url)) for url in survey.found_in)
    first_refused: ArticleCheck | None = None
    for url, refusal in refusals:
        if refusal is None:
            return _fetch_article(stage, desk, url, family)
        first_refused = first_refused or ArticleCheck(url, Verdict("not_allowed", refusal))
    return first_refused


def _fetch_article(stage: CrawlStage, desk: PortalDesk, url: str, family: str | None) -> ArticleCheck:
    answered = get_patiently(desk.client, stage.options.clock, url, refusal=desk.robots.refusal)
    if isinstance(answered, Trouble):
        return ArticleCheck(url, judge_trouble(answered))
    check = ArticleCheck(url, judge_answer(answered, url))
    if check.verdict.outcome != "fetched":
        return check
    reading = read_page(answered.body, answered.final_url, answered.header("content-type"), family)
    return replace(check, reading=reading)

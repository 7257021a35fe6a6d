"""Opens tonight's batch: which URLs to attempt, and how each document that led to them answered."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

from include.crawl.batch_files import batches_without, opening_batch, read_discovered
from include.crawl.revisit import is_due
from include.crawl.stage import HOSTS_AT_ONCE, CrawlOptions, CrawlStage, stage_of
from include.crawl.survey import Survey, survey_portal
from include.landing import DiscoveredUrl, DiscoveryRequest, Visit
from include.portals.identity import article_id_of
from include.portals.portal import Portal
from include.portals.registry import Registry
from include.progress import report

log = logging.getLogger("sotinh")


def discover(
    registry: Registry,
    *,
    landing: Path,
    http_cache: Path,
    frontier: Mapping[str, Visit],
    started_at: datetime,
    options: CrawlOptions | None = None,
) -> str:
    """Read every portal's robots.txt, feeds, sitemaps and listings and open a batch of what is due.

    frontier: fetches so far by canonical URL; started_at: aware. A portal that cannot be read leaves
    its reason in discovery.jsonl, and the others go on. A URL that robots.txt forbids is in the
    batch: its refusal is its outcome. A URL waiting in a batch not yet landed is not due. Killed, it
    leaves no batch. Returns the batch id.
    """
    stage = stage_of(registry, http_cache, options or CrawlOptions())
    waiting = _waiting_urls(landing)
    with opening_batch(landing, "crawl", started_at) as draft:
        with ThreadPoolExecutor(HOSTS_AT_ONCE) as pool:
            surveys = list(pool.map(lambda portal: _survey(stage, portal), registry.portals))
        due, not_due = _sort_out(registry, surveys, frontier, waiting, started_at)
        draft.write(
            portals=registry.portals,
            requests=[request for survey in surveys for request in survey.requests],
            discovered=due,
            not_due=not_due,
        )
    report("discover", f"{len(registry.portals)} portals, {len(due)} URLs to attempt, {not_due} not due")
    return draft.batch_id


def _survey(stage: CrawlStage, portal: Portal) -> Survey:
    survey = Survey()
    with stage.desk(portal) as desk:
        try:
            survey_portal(desk, survey)
        except OSError:  # our own disk: no outcome of the portal's
            raise
        except Exception as error:  # noqa: BLE001 - what a portal provokes in the crawler is its own outcome
            survey.requests.append(broken_survey(portal, error, stage.options.clock.stamp()))
    answered = sum(request.outcome in ("read", "not_modified") for request in survey.requests)
    report(
        "discover",
        f"{portal.id}: {len(survey.found_in)} URLs in {answered} of {len(survey.requests)} documents",
    )
    return survey


def broken_survey(portal: Portal, error: Exception, at: str) -> DiscoveryRequest:
    """The row that tells of a survey which ended in an error of the crawler's own."""
    log.error("survey of %s broke off", portal.id, exc_info=error)
    reason = f"crawler_error_{type(error).__name__}"
    return DiscoveryRequest(portal.id, "robots", portal.base_url, "failed", reason, None, 0, at)


def _sort_out(
    registry: Registry,
    surveys: list[Survey],
    frontier: Mapping[str, Visit],
    waiting: set[str],
    now: datetime,
) -> tuple[list[DiscoveredUrl], int]:
    """The URLs to attempt, each once, in the order of the registry; and how many are known and not due."""
    due: dict[str, DiscoveredUrl] = {}
    not_due: set[str] = set()
    for portal, survey in zip(registry.portals, surveys, strict=True):
        for url, found_in in survey.found_in.items():
            if url in waiting or not is_due(frontier.get(url), now):
                not_due.add(url)
            else:
                due.setdefault(url, DiscoveredUrl(portal.id, url, article_id_of(url), found_in))
    return list(due.values()), len(not_due)


def _waiting_urls(landing: Path) -> set[str]:
    """URLs that an earlier batch holds and the warehouse does not know yet."""
    return {row.url for batch in batches_without(landing, "landed") for row in read_discovered(batch)}

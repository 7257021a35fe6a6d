"""The stages of a night as functions of the settings: what the DAGs' tasks call.

Each stage takes up whatever the stage before it left, tonight's and any earlier batch's, and
does nothing twice: killed anywhere, the next run goes on from there.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from include.clean.stage import BrokenBatchError, clean_open_batches
from include.crawl.backfill import (
    discover_sitemap_range,
    open_backfill_from_folder,
    open_backfill_from_warc,
)
from include.crawl.discover import discover
from include.crawl.fetch import fetch_open_batches
from include.crawl.replay import open_replay
from include.extract.read import extractor_version
from include.operations import stage_tallies
from include.operations.stage_ledger import recorded, take_in
from include.portals.registry import Registry, load_registry
from include.progress import report
from include.quality.gates import GATES, GateFailed, gate_landed, gate_marts
from include.settings import PROJECT_ROOT, Settings
from include.shards.give_out import is_begun_here
from include.site.build import build_site
from include.site.render import SiteError
from include.vocabulary import load_vocabulary
from include.warehouse.build import build_marts
from include.warehouse.captures import captures_left_out, captures_of_articles
from include.warehouse.database import WarehouseDamagedError, is_there
from include.warehouse.docs import DOCS_FILE, DocsError, write_docs
from include.warehouse.frontier import read_frontier
from include.warehouse.lake_upkeep import keep_up
from include.warehouse.land import land_open_batches, lost_batches
from include.warehouse.ledger import (
    NotJudgedError,
    mark_built,
    pending_batches,
    recorded_build,
    require_judged,
)
from include.warehouse.modelled import rules_digest
from include.warehouse.open_data.cells import OpenDataError
from include.warehouse.open_data.write import export_release
from include.warehouse.publish import publish, read_manifest, same_rows

DBT_PROJECT = PROJECT_ROOT / "dbt_project"
# What a second try of the same stage would meet again: wrong arguments or registry (both ValueErrors), files
# that contradict each other, a verdict. Everything else may pass: a lock, a full disk, a machine in trouble.
MISTAKES = (
    ValueError,
    KeyError,
    BrokenBatchError,
    GateFailed,
    NotJudgedError,
    OpenDataError,
    SiteError,
    WarehouseDamagedError,
)


def registry_of(settings: Settings) -> Registry:
    """The validated portal registry of this installation; raises RegistryError."""
    return load_registry(settings.registry, load_vocabulary().provinces)


def _now() -> datetime:
    return datetime.now(UTC)


@recorded("discover", stage_tallies.opened)
def discover_tonight(settings: Settings) -> str:
    """Open tonight's batch: which URLs to attempt. Returns the batch id."""
    return discover(
        registry_of(settings),
        landing=settings.landing,
        http_cache=settings.http_cache,
        frontier=read_frontier(settings.warehouse),
        started_at=_now(),
    )


@recorded("fetch", stage_tallies.fetched)
def fetch(settings: Settings) -> list[str]:
    """Fetch and archive every URL of the open batches. Returns their ids.

    Where workers share a store, only what this machine has begun: the rest is given out to them.
    """
    return fetch_open_batches(
        registry_of(settings),
        landing=settings.landing,
        data_dir=settings.data_dir,
        http_cache=settings.http_cache,
        is_wanted=is_begun_here if settings.store else Path.is_dir,
    )


@recorded("clean", stage_tallies.cleaned)
def clean(settings: Settings) -> list[str]:
    """Turn the fetched pages of the open batches into articles. Returns the batch ids."""
    portals = {portal.id: portal for portal in registry_of(settings).portals}
    return clean_open_batches(
        landing=settings.landing, data_dir=settings.data_dir, portals=portals, workers=settings.workers
    )


@recorded("land", stage_tallies.landed)
def land(settings: Settings) -> list[str]:
    """Write the cleaned batches into the warehouse. Returns the ids of those landed now."""
    # One time for all that one task lands, so that they can be shown together.
    now = _now()
    landed = land_open_batches(landing=settings.landing, warehouse=settings.warehouse, landed_at=lambda: now)
    take_in(settings)
    return [batch.batch_id for batch in landed]


def open_build(settings: Settings, *, full_refresh: bool) -> dict[str, object] | None:
    """Which batches a build has to take up: {"run_id", "batch_ids", "full_refresh"}, or None.

    None where nothing is to do. A published file that somebody removed or changed is a reason to build, too.
    Batches that landed and are gone from the warehouse land again first. Raises WarehouseDamagedError and
    WarehouseLockedError.
    """
    if not is_there(settings.warehouse):
        return None
    _land_what_was_lost(settings)
    batch_ids = pending_batches(settings.warehouse)
    if not batch_ids and read_manifest(settings.data_dir) is not None and not full_refresh:
        return None
    return {
        "run_id": f"build-{_now():%Y%m%dT%H%M%SZ}",
        "batch_ids": batch_ids,
        "full_refresh": full_refresh,
    }


def _land_what_was_lost(settings: Settings) -> None:
    """Batches that bear the marker and are gone from the warehouse land again, before marts lack them."""
    lost = lost_batches(landing=settings.landing, warehouse=settings.warehouse)
    if lost:
        report("build", f"gone from the warehouse, and landed again from landing/: {', '.join(lost)}")
        land_open_batches(
            landing=settings.landing, warehouse=settings.warehouse, landed_at=_now, only_again=True
        )


@recorded("judge_landed", stage_tallies.judged(GATES[0]))
def judge_landed(settings: Settings, run_id: str) -> None:
    """The gate on what was landed; raises GateFailed."""
    gate_landed(settings.warehouse, run_id, _now())


@recorded("build", stage_tallies.built)
def build(settings: Settings, run_id: str, *, full_refresh: bool) -> None:
    """Extract and build the models, all or what changed, with dbt's tests; raises BuildFailed."""
    rules = rules_digest(DBT_PROJECT, extractor_version(load_vocabulary()))
    asked = "every landed article is read again" if full_refresh else None
    with recorded_build(settings.warehouse, run_id, _now, rules, all_rows_because=asked) as plan:
        what = f"every model anew: {plan.reason}" if plan.all_rows else "what changed since the build before"
        report("build", what)
        build_marts(
            project=DBT_PROJECT,
            data_dir=settings.data_dir,
            full_refresh=full_refresh,
            all_rows=plan.all_rows,
        )


@recorded("judge_marts", stage_tallies.judged(GATES[1]))
def judge_marts(settings: Settings, run_id: str) -> None:
    """The gate on the built marts; raises GateFailed."""
    gate_marts(settings.warehouse, run_id, _now())


@recorded("publish", stage_tallies.published)
def publish_marts(settings: Settings, run_id: str, batch_ids: Sequence[str]) -> None:
    """Put the built marts in place for readers and close the batches they hold.

    Raises NotJudgedError where they are not the ones that this run built and both gates passed.
    """
    require_judged(settings.warehouse, run_id, GATES)
    # Before the copy, so that the published ledger has every stage of this run up to its gates.
    take_in(settings)
    before = read_manifest(settings.data_dir)
    manifest = publish(
        warehouse=settings.warehouse,
        data_dir=settings.data_dir,
        run_id=run_id,
        releases_kept=settings.releases_kept,
        published_at=_now(),
    )
    mark_built(settings.warehouse, batch_ids, run_id, _now())
    if settings.lake is not None:
        keep_up(settings.lake)
    if before is not None and same_rows(before, manifest):
        report("publish", "the same articles, claims and meetings as in the release before")


@recorded("export", stage_tallies.exported)
def export(settings: Settings) -> None:
    """Write the open data of the release in place, point `latest` to it, and add dbt's documentation.

    Raises OpenDataError or DiskFullError; readers keep the published file. Documentation that cannot be
    written is told: the data are whole without it.
    """
    release = export_release(settings.data_dir, project=DBT_PROJECT, releases_kept=settings.releases_kept)
    try:
        write_docs(project=DBT_PROJECT, data_dir=settings.data_dir, target_file=release.folder / DOCS_FILE)
    except DocsError as problem:
        report("export", f"the release has no {DOCS_FILE}: {problem}")


@recorded("site", stage_tallies.drawn)
def site(settings: Settings) -> int:
    """Draw the pages about the release in place; returns how many.

    Raises SiteError, ManifestError, FileNotFoundError or DiskFullError; the site before stays.
    """
    count = build_site(settings.data_dir, full_text_of=settings.full_text_of)
    report("site", f"{settings.site / 'index.html'}: {count} pages")
    return count


@recorded("replay", stage_tallies.opened)
def replay(settings: Settings, outcomes: Sequence[str], *, articles: bool) -> list[str]:
    """Open batches of archived pages to clean with the present rules; returns their ids.

    outcomes: of contract.REPLAYABLE_OUTCOMES, the pages whose last reading ended so; articles: the newest
    capture of every article besides, in a batch of its own and the first to land: a page that was an
    article and is empty now is in both. Raises ValueError for another outcome.
    """
    registry = registry_of(settings)
    found = [captures_of_articles(settings.warehouse)] if articles else []
    found.append(captures_left_out(settings.warehouse, outcomes))
    opened = [
        open_replay(
            captures, registry, landing=settings.landing, data_dir=settings.data_dir, started_at=_now()
        )
        for captures in found
    ]
    return [batch_id for batch_id in opened if batch_id is not None]


@recorded("backfill", stage_tallies.opened)
def backfill(
    settings: Settings,
    portal_id: str | None,
    *,
    folder: Path | None = None,
    warc: Path | None = None,
    start: date | None = None,
    end: date | None = None,
) -> str:
    """Open a batch of old pages from exactly one origin; returns its id.

    folder: saved pages of `portal_id`; warc: a WARC or WACZ file, or a folder of them, of any registered
    portals; start and end: the date range of `portal_id`'s sitemaps. Raises ValueError when the origin is
    not clear.
    """
    registry = registry_of(settings)
    if warc is not None and folder is None and start is None:
        return open_backfill_from_warc(
            warc, registry, landing=settings.landing, data_dir=settings.data_dir, started_at=_now()
        )
    if portal_id is None:
        raise ValueError("backfill: name the portal (Param portal_id); only WARC and WACZ files need none")
    portal = registry.portal(portal_id)
    if folder is not None and start is None:
        return open_backfill_from_folder(
            folder, portal, landing=settings.landing, data_dir=settings.data_dir, started_at=_now()
        )
    if start is not None and end is not None and folder is None:
        return discover_sitemap_range(
            portal,
            start,
            end,
            landing=settings.landing,
            http_cache=settings.http_cache,
            started_at=_now(),
        )
    raise ValueError("backfill: give exactly one of folder, warc_file, or start_on with end_on")

"""Old pages by the same road: a folder, web archives or a stretch of sitemaps becomes a batch."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from include.crawl.answers import Answer
from include.crawl.archive import BatchArchive, Capture
from include.crawl.attempt import captured_line, unanswered_line
from include.crawl.batch_files import BatchDraft, mark_done, opening_batch
from include.crawl.http import Limits
from include.crawl.saved_pages import PAGE_SUFFIXES, SavedPage, page_files, read_saved_page
from include.crawl.sitemap_range import DayRange, maps_worth_reading, pages_in_range
from include.crawl.stage import CrawlOptions, CrawlStage
from include.crawl.survey import Survey, own_articles, read_maps, request_row
from include.crawl.verdict import Verdict, judge_answer
from include.crawl.warc_files import ARCHIVE_SUFFIXES, archive_files, warc_parts
from include.crawl.warc_import import ImportedPage, WarcImport
from include.crawl.warc_part import UnreadableArchiveError
from include.landing import DiscoveredUrl, FetchedUrl
from include.portals.identity import article_id_of
from include.portals.portal import Portal
from include.portals.registry import Registry
from include.portals.story_urls import article_url
from include.progress import report


class BackfillError(ValueError):
    """The origin of a backfill cannot be used; the message says what is wrong with it and what to do."""


@dataclass(slots=True)
class _Row:
    discovered: DiscoveredUrl
    fetched: FetchedUrl


def open_backfill_from_folder(
    folder: Path, portal: Portal, *, landing: Path, data_dir: Path, started_at: datetime
) -> str:
    """Make a fetched batch of the saved pages of `portal` in `folder`; returns its id.

    Of two files of one URL the later one counts. Raises BackfillError naming every page whose URL
    nothing tells or whose URL belongs to another portal.
    """
    pages = _read_folder(folder, portal)
    rows: dict[str, _Row] = {}
    with (
        opening_batch(landing, "backfill", started_at) as draft,
        _archive(draft, landing, data_dir) as archive,
    ):
        for page in sorted(pages, key=lambda page: (page.saved_at, page.path)):
            rows[page.url] = _saved_row(page, portal, folder, archive)
        _write_fetched(draft, [portal], rows)
    return _finish(landing / draft.batch_id, f"{len(rows)} pages of {portal.id} from {folder.name}")


def open_backfill_from_warc(
    path: Path, registry: Registry, *, landing: Path, data_dir: Path, started_at: datetime
) -> str:
    """Make a fetched batch of the registered portals' HTML pages in web archives; returns its id.

    path: a WARC file, a WACZ file, or a folder in which some of either lie. Of several captures of a URL
    the latest counts. What is damaged gives what is whole, and the rest is reported. Raises BackfillError
    where there is nothing to read.
    """
    files = archive_files(path) if path.exists() else []
    if not files:
        raise BackfillError(
            f"backfill: no WARC or WACZ file at {path} ({', '.join(ARCHIVE_SUFFIXES)});"
            " give the path as the machine of the task sees it"
        )
    source = WarcImport(registry, Limits().max_bytes)
    with (
        opening_batch(landing, "backfill", started_at) as draft,
        _archive(draft, landing, data_dir) as archive,
    ):
        rows = _latest_rows(files, source, archive)
        told = (
            ", ".join(f"{count} {reason}" for reason, count in sorted(source.left_out.items())) or "nothing"
        )
        if not rows:
            raise BackfillError(
                f"backfill: no page of a registered portal in {path}; left out: {told}"
                + "".join(f"\n{damage}" for damage in source.damage)
            )
        used = {row.discovered.source_id for row in rows.values()}
        _write_fetched(draft, [portal for portal in registry.portals if portal.id in used], rows)
    for damage in source.damage:
        report("backfill", f"{damage}; what is whole is kept")
    return _finish(landing / draft.batch_id, f"{len(rows)} pages from {path.name}; left out: {told}")


def _latest_rows(files: Iterable[Path], source: WarcImport, archive: BatchArchive) -> dict[str, _Row]:
    """The latest capture of each URL, by URL; a file that cannot be read at all is damage."""
    rows: dict[str, _Row] = {}
    for file in files:
        try:
            for part in warc_parts(file):
                for page in source.pages(part):
                    row = _imported_row(page, part.label, archive)
                    if page.url not in rows or _captured_at(rows[page.url]) <= _captured_at(row):
                        rows[page.url] = row
        except UnreadableArchiveError as error:
            source.damage.append(str(error))
    return rows


def discover_sitemap_range(
    portal: Portal,
    start: date,
    end: date,
    *,
    landing: Path,
    http_cache: Path,
    started_at: datetime,
    options: CrawlOptions | None = None,
) -> str:
    """Open a batch of the pages that the portal's sitemaps date from `start` to `end`, both included.

    The fetch stage does the rest. Raises BackfillError where the range or the portal's sitemaps
    cannot serve.
    """
    if not portal.sitemaps:
        raise BackfillError(f"backfill: portal {portal.id} has no sitemaps; add them to its registry entry")
    if end < start:
        raise BackfillError(f"backfill: the range ends ({end}) before it starts ({start}); swap the two")
    stage = CrawlStage((portal,), http_cache, options or CrawlOptions())
    days = DayRange(start, end)
    survey = Survey()
    with opening_batch(landing, "backfill", started_at) as draft:
        with stage.desk(portal) as desk:
            rules = desk.robots.rules_for(portal.base_url)
            survey.requests.append(request_row(portal.id, rules.document, 0))
            maps = read_maps(desk, survey, lambda entries: maps_worth_reading(entries, days))
            for map_url, entries in maps:
                for url in own_articles(desk, pages_in_range(entries, map_url, days)):
                    survey.found_in.setdefault(url, map_url)
        discovered = [
            DiscoveredUrl(portal.id, url, article_id_of(url), found_in)
            for url, found_in in survey.found_in.items()
        ]
        draft.write(portals=[portal], requests=survey.requests, discovered=discovered, not_due=0)
    report("backfill", f"{portal.id}: {len(discovered)} URLs from {start} to {end}")
    return draft.batch_id


def _archive(draft: BatchDraft, landing: Path, data_dir: Path) -> BatchArchive:
    final = landing.resolve() / draft.batch_id
    return BatchArchive(draft.folder, final.relative_to(data_dir.resolve()).as_posix())


def _read_folder(folder: Path, portal: Portal) -> list[SavedPage]:
    if not folder.is_dir():
        raise BackfillError(
            f"backfill: no folder at {folder}; give the path as the machine of the task sees it"
        )
    pages: list[SavedPage] = []
    faults: list[str] = []
    for path in page_files(folder):
        page = read_saved_page(path)
        if page is None:
            faults.append(f"{path}: nothing tells its URL; write it into {path.name}.url beside it")
        elif not portal.owns(page.url):
            faults.append(f"{path}: its URL {page.url} is not of portal {portal.id}; correct {path.name}.url")
        else:
            pages.append(replace(page, url=article_url(page.url, portal.base_url)))
    if faults:
        raise BackfillError("backfill: " + "\n".join(faults))
    if not pages:
        raise BackfillError(f"backfill: no page in {folder}; pages end in {', '.join(PAGE_SUFFIXES)}")
    return pages


def _saved_row(page: SavedPage, portal: Portal, folder: Path, archive: BatchArchive) -> _Row:
    found_in = page.path.relative_to(folder).as_posix()
    discovered = DiscoveredUrl(portal.id, page.url, article_id_of(page.url), found_in)
    capture = Capture(
        url=page.url,
        captured_at=page.saved_at,
        http_version="HTTP/1.1",
        status=200,
        reason_phrase="OK",
        headers=(("Content-Type", "text/html"),),  # the charset is the page's own to tell
        payload=page.body,
    )
    is_too_large = len(page.body) > Limits().max_bytes
    return _Row(discovered, _line(discovered, capture, is_too_large, archive))


def _imported_row(page: ImportedPage, found_in: str, archive: BatchArchive) -> _Row:
    discovered = DiscoveredUrl(page.portal.id, page.url, article_id_of(page.url), found_in)
    return _Row(discovered, _line(discovered, page.capture, page.is_too_large, archive))


def _line(
    discovered: DiscoveredUrl, capture: Capture, is_too_large: bool, archive: BatchArchive
) -> FetchedUrl:
    at = capture.captured_at.isoformat(timespec="seconds")
    if is_too_large:
        verdict = Verdict("quarantined", "too_large", f"more than {Limits().max_bytes} bytes")
        return unanswered_line(discovered, verdict, capture.status, at)
    answer = Answer(
        status=capture.status,
        http_version=capture.http_version,
        reason_phrase=capture.reason_phrase,
        headers=capture.headers,
        wire=capture.payload,
        body=capture.payload,
        final_url=capture.url,
    )
    verdict = judge_answer(answer, discovered.url)
    if verdict.outcome not in ("fetched", "quarantined"):
        return unanswered_line(discovered, verdict, capture.status, at)
    return captured_line(discovered, verdict, capture, len(capture.payload), archive)


def _captured_at(row: _Row) -> datetime:
    return datetime.fromisoformat(row.fetched.fetched_at or "0001-01-01T00:00:00+00:00")


def _write_fetched(draft: BatchDraft, portals: Iterable[Portal], rows: dict[str, _Row]) -> None:
    draft.write(
        portals=portals,
        requests=[],
        discovered=[row.discovered for row in rows.values()],
        not_due=0,
        fetched=[replace(row.fetched) for row in rows.values()],
    )


def _finish(batch: Path, told: str) -> str:
    """Say that the batch is fetched. Killed just before, the fetch stage finds nothing left to ask for."""
    mark_done(batch, "fetched.done")
    report("backfill", f"{batch.name}: {told}")
    return batch.name

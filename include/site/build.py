"""Builds the site of the file in place: aside, then put in place of the one before."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Final

from include.contract import PUBLISHED_FILE, SITE_FOLDER
from include.crash_points import crash_point
from include.folder_lock import waiting_lock
from include.site.charts.draw import Drawings
from include.site.marts import Marts
from include.site.page import Page
from include.site.pages.articles import article_pages
from include.site.pages.coverage import coverage_pages
from include.site.pages.indicators import indicator_pages
from include.site.pages.meeting import meeting_pages
from include.site.pages.meetings import meetings_pages
from include.site.pages.people import people_pages
from include.site.pages.provinces import province_pages
from include.site.pages.search import search_pages
from include.site.pages.tonight import tonight_pages
from include.site.render import Renderer
from include.site.search import INDEX_FILE, search_index
from include.site.words import LANGUAGES
from include.warehouse.disk import full_disk_told
from include.warehouse.publish import read_manifest
from include.warehouse.reading import open_published

# Drawings of charts, from which the next build takes those that did not change.
CHARTS_FOLDER: Final = ".site-charts"
ASSETS: Final = Path(__file__).with_name("assets")
# More than a person pages through. Older articles stay in the marts, and their figures lead to the source.
ARTICLE_LIMIT: Final = 2000
# As with articles: older meetings stay in the calendar, without a page of their own.
MEETING_LIMIT: Final = 2000
ENTRY: Final = """<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta http-equiv="refresh" content="0; url=vi/index.html">
<link rel="icon" href="data:,">
<title>Số tỉnh · Sotinh</title>
</head>
<body><p><a href="vi/index.html">Tiếng Việt</a> · <a href="en/index.html" lang="en">English</a></p></body>
</html>
"""


def build_site(
    data_dir: Path, *, full_text_of: Collection[str] = (), article_limit: int = ARTICLE_LIMIT
) -> int:
    """Write `data_dir`/site about the file that readers open now; returns how many pages it has.

    full_text_of: portals (source_id) whose texts may be shown whole; the others' are quoted by the sentence.
    Readers see the site before until the new one is whole; a second build of the same folder waits for the
    first. Raises FileNotFoundError where nothing is published or the file is not one that was, SiteError
    where a page cannot be drawn, and DiskFullError.
    """
    with waiting_lock(data_dir / CHARTS_FOLDER):
        return _build(data_dir, full_text_of, article_limit)


def _build(data_dir: Path, full_text_of: Collection[str], article_limit: int) -> int:
    site = data_dir / SITE_FOLDER
    aside, before = data_dir / f".{SITE_FOLDER}.new", data_dir / f".{SITE_FOLDER}.old"
    if before.exists() and not site.exists():
        # A build was killed between its two renames. This one may fail, and readers must have a site then.
        before.rename(site)
    manifest = read_manifest(data_dir)
    if manifest is None:
        raise FileNotFoundError(f"{data_dir / PUBLISHED_FILE} is not a published file: no site to make of it")
    for left in (aside, before):
        shutil.rmtree(left, ignore_errors=True)
    with (
        full_disk_told(data_dir, "writing the site"),
        open_published(data_dir / PUBLISHED_FILE) as connection,
    ):
        count = _write(aside, Marts(connection, manifest), full_text_of, article_limit)
    _put_in_place(aside, site, before)
    return count


def _put_in_place(aside: Path, site: Path, before: Path) -> None:
    """Two renames: a folder cannot take the place of one that is not empty."""
    crash_point("site_before_rename")
    if site.exists():
        site.rename(before)
    crash_point("site_between_renames")
    aside.rename(site)
    crash_point("site_before_prune")
    shutil.rmtree(before, ignore_errors=True)


def all_pages(marts: Marts, full_text_of: Collection[str], article_limit: int) -> Iterator[Page]:
    """Every page of the site."""
    yield from tonight_pages(marts)
    yield from meetings_pages(marts)
    yield from meeting_pages(marts, limit=MEETING_LIMIT)
    yield from people_pages(marts)
    yield from coverage_pages(marts)
    yield from province_pages(marts)
    yield from indicator_pages(marts)
    yield from article_pages(marts, limit=article_limit, full_text_of=full_text_of)
    yield from search_pages()


def _write(folder: Path, marts: Marts, full_text_of: Collection[str], article_limit: int) -> int:
    pages = list(all_pages(marts, full_text_of, article_limit))
    paths = frozenset(page.path for page in pages)
    drawings = Drawings(folder.parent / CHARTS_FOLDER)
    renderer = Renderer(marts, paths, drawings)
    drawings.prepare(chart.spec() for page in pages for chart in page.charts)
    shutil.copytree(ASSETS, folder / "assets")
    (folder / "index.html").write_text(ENTRY, encoding="utf-8")
    for language in LANGUAGES:
        for page in pages:
            target = folder / language / page.path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(renderer.render(page, language), encoding="utf-8")
        (folder / language / INDEX_FILE).write_text(search_index(marts, paths, language), encoding="utf-8")
    drawings.prune()
    return len(pages) * len(LANGUAGES)

"""Builds a site as a night does and takes its measure."""

from __future__ import annotations

import json
import resource
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb

from include.contract import MARTS, MARTS_SCHEMA, PUBLISHED_FILE, SITE_FOLDER, STORAGE_VERSION
from include.settings import PROJECT_ROOT
from include.site.build import CHARTS_FOLDER, build_site
from include.site.search import INDEX_FILE
from include.warehouse.files import sha256_of
from include.warehouse.manifest import Manifest

# What a page may weigh without what all pages share.
HEAVIEST: Final = 500_000


@dataclass(frozen=True, slots=True)
class Built:
    """One build. wall, processor: seconds, of all its processes; peak_mib: of the largest of them."""

    pages: int
    wall: float
    processor: float
    peak_mib: float


@dataclass(frozen=True, slots=True)
class Weighed:
    """What a site weighs in bytes. index: the larger of the search's."""

    total: int
    heaviest: int
    heaviest_page: str
    index: int


@dataclass(frozen=True, slots=True)
class Measured:
    """The site of one warehouse. first: built from nothing; again: with the drawings of the first.

    article_pages: of one language; charts: drawings, each of which serves both languages.
    """

    claims: int
    articles: int
    article_pages: int
    charts: int
    first: Built
    again: Built
    weight: Weighed


def sign(folder: Path) -> None:
    """Write the manifest of `folder`/sotinh.duckdb, without which there is no site to make of it."""
    published = folder / PUBLISHED_FILE
    with duckdb.connect(str(published), read_only=True) as connection:
        rows = {
            mart: connection.execute(f"select count(*) from {MARTS_SCHEMA}.{mart}").fetchall()[0][0]  # noqa: S608 - names of the contract
            for mart in MARTS
        }
    Manifest(
        run_id="bench",
        published_at="2026-03-10T00:00:00+00:00",
        replaces=None,
        storage_version=STORAGE_VERSION,
        sha256=sha256_of(published),
        byte_count=published.stat().st_size,
        rows=rows,
        content={},
    ).write(folder)


def built(data_dir: Path) -> Built:
    """Build the site of `data_dir` in a process of its own, from the start of Python to the last page."""
    command = [sys.executable, "-m", "benchmarks.site.measure", str(data_dir)]
    begun = time.perf_counter()
    done = subprocess.run(command, cwd=PROJECT_ROOT, check=True, capture_output=True, text=True)  # noqa: S603 - our own interpreter and code
    wall = time.perf_counter() - begun
    told = json.loads(done.stdout.splitlines()[-1])
    return Built(wall=wall, **told)


def measured(claims: int, data_dir: Path) -> Measured:
    """Build the site of `data_dir` from nothing, then again over it, and weigh it."""
    charts, site = data_dir / CHARTS_FOLDER, data_dir / SITE_FOLDER
    for left in (charts, site):
        shutil.rmtree(left, ignore_errors=True)
    first, again = built(data_dir), built(data_dir)
    with duckdb.connect(str(data_dir / PUBLISHED_FILE), read_only=True) as connection:
        articles = connection.execute("select count(*) from marts.dim_articles").fetchall()[0][0]
    return Measured(
        claims=claims,
        articles=articles,
        article_pages=sum(1 for _ in (site / "vi" / "articles").iterdir()),
        charts=sum(1 for _ in charts.iterdir()),
        first=first,
        again=again,
        weight=weighed(site),
    )


def weighed(site: Path) -> Weighed:
    """The bytes of a built site."""
    size, heaviest = max((path.stat().st_size, path) for path in site.rglob("*.html"))
    return Weighed(
        total=sum(path.stat().st_size for path in site.rglob("*") if path.is_file()),
        heaviest=size,
        heaviest_page=heaviest.relative_to(site).as_posix(),
        index=max(path.stat().st_size for path in site.rglob(INDEX_FILE)),
    )


def main(data_dir: Path) -> int:
    """Build, and print a line of JSON with the fields of Built but `wall`."""
    pages = build_site(data_dir)
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    told = {
        "pages": pages,
        "processor": sum(one.ru_utime + one.ru_stime for one in used),
        "peak_mib": max(one.ru_maxrss for one in used) / 1024,
    }
    print(json.dumps(told))
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))

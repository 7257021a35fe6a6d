"""Loads of several sizes, each from archived bytes to published marts, stage by stage."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb

from benchmarks.load.archive import archive_pages, settings_of
from benchmarks.load.slope import dbt_parts
from benchmarks.load.stage import AFTER_MARTS, PARSE, TO_MARTS
from benchmarks.load.usage import Usage, used_by
from include.settings import PROJECT_ROOT, Settings
from include.warehouse.build import artifacts

# The model in whose time dbt waits for the processes that read articles.
_READINGS: Final = "int_article_readings"
_KINDS: Final = {"model": "models", "seed": "models", "test": "tests"}


class PagesLostError(RuntimeError):
    """Not every page became an article: what was measured is no load of so many pages."""


@dataclass(frozen=True, slots=True)
class Load:
    """One load. bare: processor seconds of trafilatura.extract on its pages; build: seconds by part."""

    pages: int
    body_bytes: int
    claims: int
    bare: float
    stages: Mapping[str, Usage]
    build: Mapping[str, float]


def load(
    folder: Path, pages: int, seed: int, workers: int, tell: Callable[[str], None], *, to_marts: bool = False
) -> Load:
    """Archive `pages` invented pages in the new folder `folder`, bring them to the marts, measure each stage.

    to_marts: leave out export and site; tell: hears of each stage when it is done. trafilatura reads half of
    the pages before the stages and half after, as the machine's speed changes. Raises PagesLostError and
    CommandError.
    """
    settings, log = settings_of(folder, workers), folder.with_name(f"{folder.name}.log")
    archive_pages(settings, pages, seed)
    bare = bare_seconds(settings, 0)
    used: dict[str, Usage] = {}
    for name in (PARSE, *TO_MARTS, *(() if to_marts else AFTER_MARTS)):
        used[name] = used_by(_words(name, settings), {}, log)
        tell(f"{pages:,} pages, {name}: {used[name]}")
        if name == TO_MARTS[-1]:
            bare += bare_seconds(settings, 1)
            tell(f"{pages:,} pages, trafilatura alone: {bare:.2f} s")
    parts = dbt_parts(
        own=used["build"].processor - used["build"].workers,
        workers=used["build"].workers,
        start=used[PARSE].processor,
        nodes=node_seconds(folder),
    )
    body_bytes, claims = _published(settings, pages)
    return Load(pages, body_bytes, claims, bare, used, parts)


def _words(stage: str, settings: Settings) -> list[str]:
    return ["-m", "benchmarks.load.stage", stage, str(settings.data_dir), str(settings.workers)]


def bare_seconds(settings: Settings, half: int) -> float:
    """Processor seconds of trafilatura.extract on the archived pages of even (half 0) or odd (1) number."""
    words = [sys.executable, "-m", "benchmarks.load.baseline", str(settings.data_dir), str(half)]
    done = subprocess.run(words, cwd=PROJECT_ROOT, check=True, capture_output=True, text=True)  # noqa: S603 - our own interpreter and code
    return float(json.loads(done.stdout.splitlines()[-1])["seconds"])


def node_seconds(data_dir: Path) -> dict[str, float]:
    """Seconds on the clock of the last build by kind of node, less the model that waits for the workers."""
    seconds = {"models": 0.0, "tests": 0.0}
    for node in json.loads((artifacts(data_dir) / "run_results.json").read_text(encoding="utf-8"))["results"]:
        kind, _, name = str(node["unique_id"]).split(".")[:3]
        if kind in _KINDS and name != _READINGS:
            seconds[_KINDS[kind]] += node["execution_time"]
    return seconds


def _published(settings: Settings, pages: int) -> tuple[int, int]:
    with duckdb.connect(str(settings.published), read_only=True) as connection:
        articles, body_bytes = connection.execute(
            "select count(*), sum(octet_length(encode(body))) from marts.dim_articles"
        ).fetchall()[0]
        claims = connection.execute("select count(*) from marts.fct_indicators").fetchall()[0][0]
    if articles != pages:
        raise PagesLostError(f"{settings.published} has {articles} articles of {pages} pages")
    return int(body_bytes), int(claims)

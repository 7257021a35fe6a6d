"""Processor time of several readers on the same articles, one after another in every round.

Processor time, since on a busy machine a short pass fits between two turns of its neighbours and a long one
does not. Clock speed and caches change all the same, and fall on all readers of one round alike: the
ratio of two times of one round says more than either time.
"""

from __future__ import annotations

import gc
import re
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import trafilatura

from benchmarks.extraction.caches import empty_caches
from benchmarks.extraction.corpus import ARTICLE_BYTES, Page, body_bytes, varied
from benchmarks.extraction.ours import PACKAGE, Ours
from benchmarks.extraction.peers import Peer

FLOOR = "regex floor"
PAGE_FLOOR = "trafilatura.extract"

# The least that a reader of quantities can do in the standard library: find digits, then match the unit
# where they end. It resolves no period, indicator or status.
_NUMBER = re.compile(r"\d[\d.,]*")
_UNIT_AFTER = re.compile(
    r"\s*(?:(?:nghìn|ngàn|vạn|triệu|tỷ|tỉ)\s*)*"
    r"(?:%|đồng|USD|ha\b|km2?\b|m[23]?\b|kg\b|tấn|tạ|lần|điểm|người|hộ|xã|dự án|doanh nghiệp)"
)


@dataclass(frozen=True, slots=True)
class Contender:
    """One reader; run reads all pages once."""

    name: str
    run: Callable[[Sequence[Page]], None]


@dataclass(frozen=True, slots=True)
class Timing:
    """Processor milliseconds for 8 KB of body, and how many times a baseline's (null where that did not run).

    best, median: over the rounds. articles_per_second: of 8 KB, one thread, at best. The ratios are medians
    of the ratios inside each round.
    """

    name: str
    best: float
    median: float
    articles_per_second: float
    to_floor: float | None
    to_page_floor: float | None


def _floor(pages: Sequence[Page]) -> None:
    for page in pages:
        text = page.article.body
        for number in _NUMBER.finditer(text):
            _UNIT_AFTER.match(text, number.end())


def _page_floor(pages: Sequence[Page]) -> None:
    for page in pages:
        if page.html is not None:
            trafilatura.extract(page.html)


def _each(read: Callable[[Page], object]) -> Callable[[Sequence[Page]], None]:
    def run(pages: Sequence[Page]) -> None:
        for page in pages:
            read(page)

    return run


def _peer(peer: Peer) -> Contender:
    return Contender(
        peer.name,
        _each(
            lambda page: peer.read_body(page.article.body, page.article.published_on or date(2024, 10, 10))
        ),
    )


def contenders(ours: Ours, peers: Sequence[Peer], pages: Sequence[Page]) -> list[Contender]:
    """Everything to be timed on `pages`; trafilatura only where every page has its HTML."""
    with_html = [Contender(PAGE_FLOOR, _page_floor)] if all(page.html for page in pages) else []
    return [
        Contender(FLOOR, _floor),
        *with_html,
        Contender("find_quantities", _each(lambda page: ours.find_quantities(page.article))),
        Contender("read_claims", _each(lambda page: ours.read_claims(page.article))),
        Contender("read_meetings", _each(lambda page: ours.read_meetings(page.article))),
        Contender("read_article", _each(lambda page: ours.read_article(page.article))),
        *(_peer(peer) for peer in peers),
    ]


def _seconds(contender: Contender, pages: Sequence[Page]) -> float:
    empty_caches(PACKAGE)
    gc.collect()
    begin = time.process_time()
    contender.run(pages)
    return time.process_time() - begin


def run_rounds(those: Sequence[Contender], pages: Sequence[Page], rounds: int) -> dict[str, list[float]]:
    """Processor seconds of every contender in every round.

    Each round has other numbers in the articles and begins with another contender; caches of ours are
    emptied before each pass. A first round, with imports and lazy set-up in it, is thrown away.
    """
    seconds: dict[str, list[float]] = {one.name: [] for one in those}
    for number in range(rounds + 1):
        articles = varied(pages, number)
        first = number % len(those)
        for one in [*those[first:], *those[:first]]:
            took = _seconds(one, articles)
            if number:
                seconds[one.name].append(took)
    return seconds


def ratio(seconds: Sequence[float], baseline: Sequence[float]) -> float:
    """The median of the ratios of the same round."""
    return statistics.median(one / other for one, other in zip(seconds, baseline, strict=True))


def timings_of(seconds: dict[str, list[float]], size: int) -> list[Timing]:
    """Tell times as for 8 KB articles. size: bytes of all bodies that were read in a round."""
    share = ARTICLE_BYTES / size
    floor, page_floor = seconds[FLOOR], seconds.get(PAGE_FLOOR)
    return [
        Timing(
            name=name,
            best=1000 * share * min(rounds),
            median=1000 * share * statistics.median(rounds),
            articles_per_second=1 / (share * min(rounds)),
            to_floor=ratio(rounds, floor),
            to_page_floor=ratio(rounds, page_floor) if page_floor else None,
        )
        for name, rounds in seconds.items()
    ]


def measure(ours: Ours, peers: Sequence[Peer], pages: Sequence[Page], rounds: int) -> list[Timing]:
    """Time ours, the floors and the peers on `pages`."""
    return timings_of(run_rounds(contenders(ours, peers, pages), pages, rounds), body_bytes(pages))

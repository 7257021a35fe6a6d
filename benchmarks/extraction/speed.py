"""Processor time of several readers on the same articles, told as for 8 KB of body."""

from __future__ import annotations

import re
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import trafilatura

from benchmarks.extraction.caches import empty_caches
from benchmarks.extraction.corpus import ARTICLE_BYTES, Page, body_bytes, varied
from benchmarks.extraction.ours import PACKAGE, Ours
from benchmarks.extraction.peers import Peer
from benchmarks.timing import Contender, each, interleaved, ratio

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


def _peer(peer: Peer) -> Contender[Page]:
    return Contender(
        peer.name,
        each(lambda page: peer.read_body(page.article.body, page.article.published_on or date(2024, 10, 10))),
    )


def contenders(ours: Ours, peers: Sequence[Peer], pages: Sequence[Page]) -> list[Contender[Page]]:
    """Everything to be timed on `pages`; trafilatura only where every page has its HTML."""
    with_html = [Contender(PAGE_FLOOR, _page_floor)] if all(page.html for page in pages) else []
    return [
        Contender(FLOOR, _floor),
        *with_html,
        Contender("find_quantities", each(lambda page: ours.find_quantities(page.article))),
        Contender("read_claims", each(lambda page: ours.read_claims(page.article))),
        Contender("read_meetings", each(lambda page: ours.read_meetings(page.article))),
        Contender("read_article", each(lambda page: ours.read_article(page.article))),
        *(_peer(peer) for peer in peers),
    ]


def run_rounds(
    those: Sequence[Contender[Page]], pages: Sequence[Page], rounds: int
) -> dict[str, list[float]]:
    """Processor seconds of every contender in every round.

    Each round has other numbers in the articles; caches of ours are emptied before each pass.
    """
    return interleaved(those, lambda number: varied(pages, number), rounds, lambda: empty_caches(PACKAGE))


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

"""Resident memory of one process while it reads many articles."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count, islice

import psutil

from benchmarks.extraction.caches import Cache, caches_of, container_sizes
from benchmarks.extraction.corpus import Page, varied
from benchmarks.extraction.ours import PACKAGE, Article, Ours

TENTHS = 10
# Growth from the first tenth to the last that the allocator's own ups and downs explain.
_FLAT = 1.02


@dataclass(frozen=True, slots=True)
class Memory:
    """What a long run took.

    megabytes: resident, after each tenth of the articles. found: claims and meetings, to show that the work
    was done. unbounded: caches without a maximum. grown: module-level containers that hold more than
    before, with by how many items.
    """

    articles: int
    megabytes: tuple[float, ...]
    found: int
    caches: tuple[Cache, ...]
    grown: dict[str, int]

    @property
    def ratio(self) -> float:
        """Last tenth to first tenth."""
        return self.megabytes[-1] / self.megabytes[0]

    @property
    def is_flat(self) -> bool:
        """Whether the last tenth stands within 2 % of the first."""
        return self.ratio <= _FLAT

    @property
    def unbounded(self) -> tuple[str, ...]:
        """Names of the caches that may grow for ever."""
        return tuple(cache.name for cache in self.caches if cache.maxsize is None)


def endless(pages: Sequence[Page]) -> Iterator[Article]:
    """The articles over and over, each time with other numbers."""
    for seed in count():
        for page in varied(pages, seed):
            yield page.article


def _resident() -> float:
    return float(psutil.Process().memory_info().rss) / 2**20


def measure_memory(
    ours: Ours, pages: Sequence[Page], articles: int, tell: Callable[[int, float], None]
) -> Memory:
    """Read `articles` articles whole. tell: called after each tenth with articles read and megabytes."""
    stream = endless(pages)
    before = container_sizes(PACKAGE)
    megabytes: list[float] = []
    found = read = 0
    for tenth in range(1, TENTHS + 1):
        for article in islice(stream, articles * tenth // TENTHS - read):
            found += ours.read_article(article)
        read = articles * tenth // TENTHS
        megabytes.append(_resident())
        tell(read, megabytes[-1])
    after = container_sizes(PACKAGE)
    grown = {name: size - before.get(name, 0) for name, size in after.items() if size > before.get(name, 0)}
    return Memory(articles, tuple(megabytes), found, tuple(caches_of(PACKAGE)), grown)

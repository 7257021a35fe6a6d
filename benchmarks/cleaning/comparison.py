"""Every tool on one set of pages: how right, and how fast beside trafilatura."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from benchmarks.cleaning.pages import Page, PageSet
from benchmarks.cleaning.scoring import SetScore, faults, score_page, total
from benchmarks.cleaning.tools import Tool, Trafilatura, answer_of, forget
from benchmarks.timing import Contender, each, interleaved, ratio


@dataclass(frozen=True, slots=True)
class Row:
    """One tool on one set. milliseconds: of processor time a page, the median of the rounds.

    to_trafilatura: how many times its time, the median of the rounds' ratios.
    """

    tool: str
    score: SetScore
    milliseconds: float
    to_trafilatura: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """The rows of one set; stretches: how many captions and other stretches could have leaked."""

    page_set: str
    pages: int
    captions: int
    others: int
    rounds: int
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Miss:
    """What ours has wrong on one page, one line a fault."""

    page_set: str
    page: str
    faults: tuple[str, ...]


def _timed(tools: Sequence[Tool], pages: Sequence[Page], rounds: int) -> dict[str, list[float]]:
    contenders = [Contender(tool.name, each(partial(answer_of, tool))) for tool in tools]
    return interleaved(contenders, lambda _: pages, rounds, forget)


def _score(tool: Tool, pages: Sequence[Page]) -> SetScore:
    scores = [score_page(page, answer_of(tool, page)) for page in pages]
    return total(scores, reads_dates=tool.reads_dates)


def compare(tools: Sequence[Tool], those: PageSet, rounds: int) -> Comparison:
    """One row a tool, in their order. Raises ValueError where trafilatura is not among them."""
    baseline = next((tool.name for tool in tools if isinstance(tool, Trafilatura)), None)
    if baseline is None:
        raise ValueError("times are told beside trafilatura: put it among the tools")
    seconds = _timed(tools, those.pages, rounds)
    rows = [
        Row(
            tool=tool.name,
            score=_score(tool, those.pages),
            milliseconds=1000 * statistics.median(seconds[tool.name]) / len(those.pages),
            to_trafilatura=ratio(seconds[tool.name], seconds[baseline]),
        )
        for tool in tools
    ]
    return Comparison(
        page_set=those.name,
        pages=len(those.pages),
        captions=sum(len(page.truth.captions) for page in those.pages),
        others=sum(len(page.truth.others) for page in those.pages),
        rounds=rounds,
        rows=tuple(rows),
    )


def misses_of(tool: Tool, those: PageSet) -> list[Miss]:
    """The pages that the tool has something wrong on."""
    found = [Miss(those.name, page.name, tuple(faults(page, answer_of(tool, page)))) for page in those.pages]
    return [miss for miss in found if miss.faults]

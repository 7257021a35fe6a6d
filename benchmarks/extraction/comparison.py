"""Ours and the peers on the labelled sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add

from benchmarks.extraction.labels import Sentence
from benchmarks.extraction.ours import Ours
from benchmarks.extraction.peers import Peer
from benchmarks.extraction.scoring import PeriodScore, QuantityScore, score_periods, score_quantities


@dataclass(frozen=True, slots=True)
class Comparison:
    """What one tool got of the sentences; quantities: null for a tool that reads dates only."""

    name: str
    quantities: QuantityScore | None
    periods: PeriodScore


def _of_ours(ours: Ours, sentences: Sequence[Sentence]) -> Comparison:
    return Comparison(
        ours.name,
        reduce(
            add,
            (score_quantities(one.quantities, ours.quantities(one.text), ours.counted) for one in sentences),
        ),
        reduce(
            add,
            (
                score_periods(one, ours.periods(one.text, one.published_on), tells_where=False)
                for one in sentences
            ),
        ),
    )


def _of_peer(peer: Peer, sentences: Sequence[Sentence], counted: frozenset[str]) -> Comparison:
    answers = [(one, peer.quantities(one.text, one.published_on)) for one in sentences]
    scores = [score_quantities(one.quantities, got, counted) for one, got in answers if got is not None]
    periods = [
        score_periods(one, peer.periods(one.text, one.published_on), tells_where=True) for one in sentences
    ]
    return Comparison(peer.name, reduce(add, scores) if scores else None, reduce(add, periods))


def compare(ours: Ours, peers: Sequence[Peer], sentences: Sequence[Sentence]) -> list[Comparison]:
    """One comparison per tool, ours first."""
    return [_of_ours(ours, sentences), *(_of_peer(peer, sentences, ours.counted) for peer in peers)]

"""Processor time of several contenders on the same items, one after another in every round.

Processor time, since on a busy machine a short pass fits between two turns of its neighbours and a long one
does not. Clock speed and caches change all the same, and fall on all contenders of one round alike: the
ratio of two times of one round says more than either time.
"""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Contender(Generic[Item]):
    """One reader; run reads all items once."""

    name: str
    run: Callable[[Sequence[Item]], None]


def each(read: Callable[[Item], object]) -> Callable[[Sequence[Item]], None]:
    """A run that reads the items one by one."""

    def run(items: Sequence[Item]) -> None:
        for item in items:
            read(item)

    return run


def interleaved(
    those: Sequence[Contender[Item]],
    items_of: Callable[[int], Sequence[Item]],
    rounds: int,
    forget: Callable[[], None],
) -> dict[str, list[float]]:
    """Processor seconds of every contender in every round.

    items_of: the items of a round, by its number. forget: empties caches, before each pass. Each round
    begins with another contender; a first one (number 0), with imports and lazy set-up in it, is thrown
    away.
    """
    seconds: dict[str, list[float]] = {one.name: [] for one in those}
    for number in range(rounds + 1):
        items = items_of(number)
        first = number % len(those)
        for one in [*those[first:], *those[:first]]:
            forget()
            took = _seconds(one, items)
            if number:
                seconds[one.name].append(took)
    return seconds


def _seconds(contender: Contender[Item], items: Sequence[Item]) -> float:
    gc.collect()
    begin = time.process_time()
    contender.run(items)
    return time.process_time() - begin


def ratio(seconds: Sequence[float], baseline: Sequence[float]) -> float:
    """The median of the ratios of the same round."""
    return statistics.median(one / other for one, other in zip(seconds, baseline, strict=True))

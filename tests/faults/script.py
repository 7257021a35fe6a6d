"""When which fault is injected: by script, or by a seeded dice that no order of threads can sway."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol


class Script(Protocol):
    """Says which fault meets request `number` (from 1) for `place` of `host` in a night (from 1), if any.

    place: robots, feed, sitemap, listing, the path of a story, `name` (a look-up) or `tls` (a handshake).
    """

    def __call__(self, night: int, host: str, place: str, number: int) -> Any: ...


def once(number: int) -> bool:
    return number == 1


def always(_: int) -> bool:
    return True


def after_first(number: int) -> bool:
    return number > 1


def every_other(number: int) -> bool:
    return number % 2 == 0


When = Callable[[int], bool]


@dataclass(frozen=True, slots=True)
class Planned:
    """A fault at a place of a host, and which of the night's requests meet it."""

    fault: Any
    when: When


def planned(plan: Mapping[tuple[int, str, str], Planned]) -> Script:
    """The faults of `plan`, by night, host and place."""

    def script(night: int, host: str, place: str, number: int) -> Any:
        found = plan.get((night, host, place))
        return found.fault if found and found.when(number) else None

    return script


def chaos(faults: Mapping[str, Sequence[Any]], rates: Mapping[str, float], seed: int, nights: int) -> Script:
    """A fault at each request with the rate of its host, in the first `nights`.

    faults: those to choose from, by room (page, robots, feed, sitemap, listing, name, tls). A look-up or a
    handshake fails half as often, since it takes every page of its portal with it.
    """

    def script(night: int, host: str, place: str, number: int) -> Any:
        room = place if place in faults else "page"
        dice = random.Random(f"{seed}:{night}:{host}:{place}:{number}")  # noqa: S311 - the same night again
        rate = rates.get(host, 0.0) * (0.5 if room in ("name", "tls") else 1.0)
        if night > nights or dice.random() >= rate or not faults[room]:
            return None
        return dice.choice(faults[room])

    return script


def calm(_: int, __: str, ___: str, ____: int) -> Any:
    """No fault at all."""
    return None

"""Libraries to compare with that may not be installed: a benchmark goes on without them and says so."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

Peer = TypeVar("Peer")


class PeerMissingError(RuntimeError):
    """A library is not installed; the message says why that may be and what to do."""


def installed(makers: Iterable[Callable[[], Peer]]) -> tuple[list[Peer], list[str]]:
    """The peers that can be made, and for each other one why it is missing."""
    peers: list[Peer] = []
    missing: list[str] = []
    for make in makers:
        try:
            peers.append(make())
        except PeerMissingError as error:
            missing.append(str(error))
    return peers, missing

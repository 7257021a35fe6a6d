"""Faults below HTTP: of names and of TLS."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from include.crawl.network import NameNotResolvedError

_METADATA: Final = "169.254.169.254"
_RESOLVER_GIVES_UP_S: Final = 10.0


@dataclass(frozen=True, slots=True)
class NameFault:
    """One way for a name not to lead where it should.

    answer: addresses in place of the right one (given), or NameNotResolvedError; the second argument lets
    time pass. reason: of a robots.txt that meets it, null where it does no harm.
    """

    name: str
    answer: Callable[[str, Callable[[float], None]], list[str]]
    reason: str | None


def _unknown(_: str, __: Callable[[float], None]) -> list[str]:
    raise NameNotResolvedError("[Errno -2] Name or service not known")


def _silent(_: str, sleep: Callable[[float], None]) -> list[str]:
    sleep(_RESOLVER_GIVES_UP_S)
    raise NameNotResolvedError("[Errno -3] Temporary failure in name resolution")


NAME_FAULTS: Final = (
    NameFault("name: private address", lambda _, __: ["10.0.0.7"], "private_address"),
    NameFault("name: loopback and metadata", lambda _, __: ["127.0.0.1", _METADATA], "private_address"),
    NameFault("name: private beside public", lambda address, _: ["10.0.0.7", address], None),
    NameFault("name: NXDOMAIN", _unknown, "dns"),
    NameFault("name: resolver times out", _silent, "dns"),
    NameFault("name: no address at all", lambda _, __: [], "dns"),
)


@dataclass(frozen=True, slots=True)
class TlsFault:
    """One way for a handshake to fail. way: what tests.faults.tls does to it; reason: as above."""

    name: str
    way: str
    reason: str


TLS_FAULTS: Final = (
    TlsFault("TLS: reset in the handshake", "reset", "connection_failed"),
    TlsFault("TLS: closed in the handshake", "close", "connection_failed"),
    TlsFault("TLS: stall in the handshake", "stall", "timeout"),
    TlsFault("TLS: plain HTTP in its place", "plain", "tls"),
    TlsFault("TLS: certificate of another host", "wrong_name", "tls"),
    TlsFault("TLS: certificate that nobody vouches for", "self_signed", "tls"),
)

"""Connections that go only where they may, and end when their time is over.

The name is resolved once, every address is judged, and the socket connects to the address that was
judged: a name that answers differently a moment later (DNS rebinding) gains nothing.
"""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable, Iterable
from ipaddress import ip_address
from typing import Any, Protocol

import httpcore

from include.portals.hosts import is_public_address

Resolve = Callable[[str, int], list[str]]


class Dial(Protocol):
    """Opens a TCP connection to an address, as httpcore.SyncBackend.connect_tcp does."""

    def __call__(
        self, host: str, port: int, timeout: float | None, local_address: str | None, socket_options: Any
    ) -> httpcore.NetworkStream:
        """Raises httpcore.ConnectError or ConnectTimeout."""


class PrivateAddressError(Exception):
    """The host has no address that a crawler of public portals may connect to."""


class NameNotResolvedError(Exception):
    """The host's name has no address."""


def resolve_name(host: str, port: int) -> list[str]:
    """The addresses of `host`, in the system's order. Raises NameNotResolvedError."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise NameNotResolvedError(f"{host}: {error}") from error
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class Deadline:
    """When the present request has to be over, on time.monotonic."""

    def __init__(self) -> None:
        self._at = float("inf")

    def start(self, seconds: float) -> None:
        """Let the present request run for `seconds` from now."""
        self._at = time.monotonic() + seconds

    def cap(self, timeout: float | None) -> float:
        """`timeout`, or what is left of the request if that is less; raises httpcore.ReadTimeout at zero."""
        left = self._at - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the request passed its deadline")
        return left if timeout is None else min(timeout, left)


class _DeadlineStream(httpcore.NetworkStream):
    """A stream whose every wait is bounded by the deadline, so that a slow drip ends, too."""

    def __init__(self, inner: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._inner = inner
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self._deadline.cap(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._deadline.cap(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        inner = self._inner.start_tls(ssl_context, server_hostname, self._deadline.cap(timeout))
        return _DeadlineStream(inner, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


class VettedBackend(httpcore.NetworkBackend):
    """Opens TCP connections to vetted addresses only."""

    def __init__(
        self,
        *,
        allow_private: bool,
        deadline: Deadline,
        resolve: Resolve = resolve_name,
        dial: Dial | None = None,
    ) -> None:
        self._allow_private = allow_private
        self._deadline = deadline
        self._resolve = resolve
        self._dial: Dial = dial or httpcore.SyncBackend().connect_tcp

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to the first allowed address that answers. Raises PrivateAddressError if none is allowed,
        NameNotResolvedError if there is none.
        """
        addresses = self._resolve(host, port)
        if not addresses:
            raise NameNotResolvedError(f"{host} has no address")
        allowed = [text for text in addresses if self._allow_private or _is_public(text)]
        if not allowed:
            raise PrivateAddressError(f"{host} is {', '.join(addresses[:3])}")
        failure: Exception | None = None
        for address in allowed:
            try:
                stream = self._dial(address, port, self._deadline.cap(timeout), local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = failure or error
            else:
                return _DeadlineStream(stream, self._deadline)
        raise failure or httpcore.ConnectError(f"{host} did not answer")


def _is_public(address: str) -> bool:
    return is_public_address(ip_address(address.partition("%")[0]))

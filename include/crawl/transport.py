"""HTTP/1.1 and HTTP/2 over a vetted connection, with answers that are whole and well-formed."""

from __future__ import annotations

import re
import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

import httpcore
import httpx
from h2.exceptions import H2Error

from include.crawl.network import VettedBackend

# RFC 9113, 8.2.1: what makes a field's name or value malformed. Over HTTP/1.1 none of it gets through.
_BAD_NAME: Final = re.compile(rb"^$|[^!#$%&'*+\-.^_`|~0-9A-Za-z]")
_BAD_VALUE: Final = re.compile(rb"[\x00\r\n]")


@contextmanager
def _broken_by_the_server() -> Iterator[None]:
    """Errors that httpcore lets through from HTTP/2's frames and pseudo-headers, as one of its own."""
    try:
        yield
    except (H2Error, ValueError) as error:
        raise httpcore.RemoteProtocolError(f"{type(error).__name__}: {error}") from error


@dataclass(slots=True)
class Ending:
    """What is known of a body's end. is_told: by a length, by chunks or by frames, and not by the end of the
    connection alone. is_followed: bytes other than blanks stood behind it that nobody had asked for.
    """

    is_told: bool
    is_followed: bool = False


class _Body(httpx.SyncByteStream):
    """A response's body. abandon: what to do where it was not read to its end, or was not alone."""

    def __init__(self, answer: httpcore.Response, ending: Ending, abandon: Callable[[], None]) -> None:
        self._answer = answer
        self._stream: Any = answer.stream
        self._ending = ending
        self._abandon = abandon
        self._is_spent = False

    def __iter__(self) -> Iterator[bytes]:
        with _broken_by_the_server():
            yield from self._stream
        behind = _what_follows(self._answer)
        self._ending.is_followed = bool(behind.strip())
        self._is_spent = not behind

    def close(self) -> None:
        self._stream.close()
        if not self._is_spent:
            self._abandon()


class VettedTransport(httpx.BaseTransport):
    """An httpx transport over one vetted connection; httpcore's errors pass through as they are.

    HTTP/2 is spoken where the server chooses it in the TLS handshake (ALPN), else HTTP/1.1. Over both, a
    body left unread ends the connection: an HTTP/2 server would go on sending it, into the flow-control
    window that the next page needs. So does what stands behind a body: it would be taken for the answer to
    the next request. Responses have an `Ending` in extensions["ending"].
    """

    def __init__(self, backend: VettedBackend, tls: ssl.SSLContext) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=tls,
            http2=True,
            max_connections=1,
            max_keepalive_connections=1,
            keepalive_expiry=30,
            network_backend=backend,
        )
        self._spoken_over: Any = None

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request; the response's stream is read by the caller."""
        asked = httpcore.Request(
            method=request.method,
            url=httpcore.URL(
                scheme=request.url.raw_scheme,
                host=request.url.raw_host,
                port=request.url.port,
                target=request.url.raw_path,
            ),
            headers=request.headers.raw,
            content=request.stream,
            extensions=request.extensions,
        )
        self._hang_up_if_left()
        try:
            with _broken_by_the_server():
                answer = self._pool.handle_request(asked)
        except httpcore.ProtocolError:
            self._pool.close()
            raise
        self._spoken_over = answer.extensions.get("network_stream")
        ending = Ending(_is_end_told(answer))
        body = _Body(answer, ending, self._pool.close)
        fault = _fault_of(answer)
        if fault:
            body.close()
            raise httpcore.RemoteProtocolError(fault)
        return httpx.Response(
            status_code=answer.status,
            headers=answer.headers,
            stream=body,
            extensions={**answer.extensions, "ending": ending},
        )

    def close(self) -> None:
        """Close the connection."""
        self._pool.close()

    def _hang_up_if_left(self) -> None:
        """Close an idle connection on which the server has said something, be it that it hung up.

        httpcore looks for this over HTTP/1.1 only. Between two pages servers have nothing else to say
        that would be missed.
        """
        if self._spoken_over is not None and self._spoken_over.get_extra_info("is_readable"):
            self._pool.close()
            self._spoken_over = None


def _is_http2(answer: httpcore.Response) -> bool:
    return bool(answer.extensions.get("http_version") == b"HTTP/2")


def _is_end_told(answer: httpcore.Response) -> bool:
    """RFC 9112, 6.3: without a length or chunks a body lasts until the connection closes, for any reason."""
    names = {name.lower() for name, _ in answer.headers}
    return _is_http2(answer) or bool(names & {b"content-length", b"transfer-encoding"})


def _what_follows(answer: httpcore.Response) -> bytes:
    """Some of what stands behind the body that was read to its end: in the parser, or on the socket.

    httpcore keeps its parser to itself, and hands what is left in it to the next answer.
    """
    if _is_http2(answer):
        return b""
    stream: Any = answer.stream
    parsed: bytes = stream._stream._connection._h11_state.trailing_data[0]
    if parsed:
        return parsed
    network = answer.extensions["network_stream"]
    if network.get_extra_info("ssl_object") is not None or not network.get_extra_info("is_readable"):
        return b""
    try:
        waiting: bytes = network.get_extra_info("socket").recv(64, socket.MSG_PEEK)
    except OSError:  # reset in the meantime: nothing follows
        return b""
    return waiting


def _fault_of(answer: httpcore.Response) -> str | None:
    """What is malformed in the head of an answer: httpcore does not look at HTTP/2's."""
    if not 100 <= answer.status <= 999:
        return f"status {answer.status}"
    for name, value in answer.headers:
        if _BAD_NAME.search(name) or _BAD_VALUE.search(value):
            return f"malformed header {name[:60]!r}"
    return None

"""What came back from a server, read within bounds, or why nothing usable did."""

from __future__ import annotations

import re
import ssl
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

import httpcore
import httpx

from include.crawl.decoding import (
    BadEncodingError,
    CompressionRatioError,
    TooLargeError,
    TornEncodingError,
    unpack,
)
from include.crawl.network import NameNotResolvedError, PrivateAddressError
from include.crawl.tls import tls_advice
from include.crawl.transport import Ending

REDIRECTS: Final = (301, 302, 303, 307, 308)
# Where documents of these kinds end; scripts and counters may follow it.
_LAST_TAG: Final = re.compile(rb"</(?:html|rss|feed|urlset|sitemapindex|\w+:rdf)\s*>", re.IGNORECASE)
_TAIL_BYTES: Final = 8192


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered, whatever the status.

    wire: the body as it came (still compressed); body: the same, unpacked. is_cut: the caller asked
    to stop reading at a number of bytes, and there was more. is_followed: other bytes stood behind the body
    than blanks. is_end_sure: nothing did, and its end was told apart from that of the connection; or it was
    packed, which has the end checked.
    """

    status: int
    http_version: str
    reason_phrase: str
    headers: tuple[tuple[str, str], ...]
    wire: bytes
    body: bytes
    final_url: str
    is_cut: bool = False
    is_followed: bool = False
    is_end_sure: bool = True

    def header(self, name: str) -> str | None:
        """The first header of that name."""
        return next((value for key, value in self.headers if key.lower() == name), None)


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why there is no usable answer: `reason` is a code.

    answer: what came, where bytes are worth keeping. is_torn: it began well and is damaged.
    """

    reason: str
    detail: str
    http_status: int | None = None
    answer: Answer | None = None
    is_torn: bool = False


def read_answer(response: httpx.Response, url: str, max_bytes: int, cut: bool) -> Answer | Trouble:
    """Read a streamed response to its end, or to `max_bytes`.

    cut: a longer body is cut there instead of being the trouble `too_large`. The body of a redirect
    is not read.
    """
    announced = response.headers.get("content-length", "")
    if announced.isdigit() and int(announced) > max_bytes and not cut:
        detail = f"{announced} bytes announced, {max_bytes} allowed"
        return Trouble("too_large", detail, response.status_code)
    wire, is_cut = (b"", False) if response.status_code in REDIRECTS else _read_wire(response, max_bytes)
    if is_cut and not cut:
        return Trouble("too_large", f"more than {max_bytes} bytes", response.status_code)
    encoding = response.headers.get("content-encoding", "")
    try:
        body = unpack(wire, encoding, max_bytes)
    except TooLargeError as error:
        if not cut:
            return Trouble("too_large", f"unpacks to {error}", response.status_code)
        body, is_cut = error.so_far, True
    except CompressionRatioError as error:
        return Trouble("compression_ratio", str(error), response.status_code)
    except BadEncodingError as error:
        answer = _answer(response, url, wire, b"", is_cut)
        is_torn = isinstance(error, TornEncodingError)
        return Trouble("bad_encoding", str(error), response.status_code, answer, is_torn)
    return _answer(response, url, wire, body, is_cut)


def _read_wire(response: httpx.Response, max_bytes: int) -> tuple[bytes, bool]:
    wire = bytearray()
    for chunk in response.iter_raw():
        wire += chunk
        if len(wire) > max_bytes:
            return bytes(wire[:max_bytes]), True
    return bytes(wire), False


def _answer(response: httpx.Response, url: str, wire: bytes, body: bytes, is_cut: bool) -> Answer:
    ending: Ending = response.extensions["ending"]
    is_packed = response.headers.get("content-encoding", "").strip().lower() not in ("", "identity")
    return Answer(
        status=response.status_code,
        http_version=response.extensions.get("http_version", b"HTTP/1.1").decode("ascii", "replace"),
        reason_phrase=response.extensions.get("reason_phrase", b"").decode("latin-1"),
        headers=tuple(
            (key.decode("latin-1"), value.decode("latin-1")) for key, value in response.headers.raw
        ),
        wire=wire,
        body=body,
        final_url=url,
        is_cut=is_cut,
        is_followed=ending.is_followed,
        is_end_sure=is_cut or is_packed or (ending.is_told and not ending.is_followed),
    )


def is_cut_short(answer: Answer) -> bool:
    """Whether a page or document (status 200) may stop before its end, as far as can be seen.

    What came without a length ends where the connection closed, and a length that was counted short is
    followed by the rest: then only its last tag tells that markup is whole. Other text has no such tag, so
    that it counts as cut only where something followed it.
    """
    if answer.is_end_sure or answer.status != 200:
        return False
    start = answer.body[:64].lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n")
    if start and not start.startswith(b"<"):
        return answer.is_followed
    # UTF-16 has a null byte beside every letter of a tag.
    return _LAST_TAG.search(answer.body[-_TAIL_BYTES:].replace(b"\x00", b"")) is None


def retry_after_s(answer: Answer, now: datetime) -> float | None:
    """Seconds that a 429 or 503 asks to wait (RFC 9110, 10.2.3), or None where it does not say.

    Infinite where the number of seconds is beyond any float. What is neither digits nor a date, a
    negative number among it, says nothing.
    """
    written = answer.header("retry-after")
    if answer.status not in (429, 503) or written is None:
        return None
    if re.fullmatch(r"[0-9]+", written.strip()):
        return float(written.strip())
    try:
        moment = parsedate_to_datetime(written)
    except (ValueError, OverflowError):
        return None
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (aware - now).total_seconds())


def trouble_of(error: Exception) -> Trouble:
    """The trouble that an exception of the network means."""
    detail = f"{type(error).__name__}: {error}"[:300]
    causes = _causes(error)
    if _hung_up(error, causes):
        return Trouble("connection_broken", detail)
    for kind, reason in _REASONS:
        if any(isinstance(cause, kind) for cause in causes):
            return Trouble(reason, _advised(detail, causes))
    return Trouble("connection_broken", detail)


def _hung_up(error: Exception, causes: list[BaseException]) -> bool:
    """Whether the server went away after the handshake: OpenSSL calls that a violation of its protocol."""
    is_after_handshake = isinstance(error, (httpcore.ReadError, httpcore.WriteError))
    return is_after_handshake and any(isinstance(cause, ssl.SSLEOFError) for cause in causes)


def _advised(detail: str, causes: list[BaseException]) -> str:
    advice = next((tls_advice(cause) for cause in causes if isinstance(cause, ssl.SSLError)), None)
    return f"{detail} ({advice})" if advice else detail


# The first that fits, looking through what caused the error.
_REASONS: Final[tuple[tuple[type[BaseException], str], ...]] = (
    (PrivateAddressError, "private_address"),
    (NameNotResolvedError, "dns"),
    (httpx.InvalidURL, "invalid_url"),
    (httpcore.TimeoutException, "timeout"),
    (ssl.SSLError, "tls"),
    (ConnectionRefusedError, "connection_refused"),
    (httpcore.ConnectError, "connection_failed"),
)


def _causes(error: BaseException | None) -> list[BaseException]:
    chain: list[BaseException] = []
    while error is not None and error not in chain:
        chain.append(error)
        error = error.__cause__ or error.__context__
    return chain

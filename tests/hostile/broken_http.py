"""Kinds that break HTTP itself: framing, encodings, sizes, time."""

from __future__ import annotations

import gzip
import io
import random
import zipfile
import zlib
from typing import Final

from tests.hostile.kinds import HTML, Kind, article, head, says, sends, whole
from tests.hostile.server import Wire

MIB: Final = 2**20
_PAGE: Final = article(900).encode()


def _packed(content: bytes, encoding: str = "gzip") -> bytes:
    return whole(content, {"Content-Encoding": encoding})


def _member_bomb(_: int) -> bytes:
    return _packed(gzip.compress(bytes(MIB)) * 60)


def _large_at_modest_ratio(_: int) -> bytes:
    """Hexadecimal digits: 2:1, and beyond the cap unpacked."""
    return _packed(gzip.compress(random.Random(7).randbytes(3 * MIB).hex().encode(), 1))  # noqa: S311 - the same bytes each time


def _slow(wire: Wire) -> None:
    wire.send(head({"Content-Type": HTML}))
    wire.drip(b"<", 1.0)


def _slow_head(wire: Wire) -> None:
    wire.send(b"HTTP/1.1 200 OK\r\n")
    wire.drip(b"X-A: b\r\n", 0.2)


def _endless_chunks(wire: Wire) -> None:
    wire.send(head({"Content-Type": HTML, "Transfer-Encoding": "chunked"}))
    piece = b"10000\r\n" + b"<p>a</p>" * 8192 + b"\r\n"
    while True:
        wire.send(piece)


def _endless_extension(wire: Wire) -> None:
    """A chunk whose extension never ends."""
    wire.send(head({"Content-Type": HTML, "Transfer-Encoding": "chunked"}) + b"5;")
    while True:
        wire.send(b"a" * 65536)


def _endless_informational(wire: Wire) -> None:
    while True:
        wire.send(b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" * 500)


def _reset_in_head(wire: Wire) -> None:
    wire.send(b"HTTP/1.1 200 OK\r\nContent-Ty")
    wire.reset()


def _reset_in_body(wire: Wire) -> None:
    wire.send(head({"Content-Type": HTML, "Content-Length": "5000"}) + _PAGE[:200])
    wire.reset()


def _more_than_announced(wire: Wire) -> None:
    """What is left over stands where the answer to the next request should begin."""
    wire.send(whole(_PAGE) + _PAGE)
    wire.stays_open = True


def _archive(_: int) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        made.writestr("a.html", "<p>a</p>")
    return stream.getvalue()


TRANSPORT: Final = (
    Kind("silence", lambda wire: wire.hang(), "failed", "timeout"),
    Kind("drip of one byte a second", _slow, "failed", "timeout"),
    Kind("drip of headers", _slow_head, "failed", "timeout"),
    Kind("endless chunks", _endless_chunks, "quarantined", "too_large"),
    Kind("endless chunk extension", _endless_extension, "failed", "connection_broken"),
    Kind("endless informational answers", _endless_informational, "failed", "timeout"),
    Kind("closed before an answer", sends(b""), "failed", "connection_broken"),
    Kind("reset in the head", _reset_in_head, "failed", "connection_broken"),
    Kind("reset in the body", _reset_in_body, "failed", "connection_broken"),
    Kind("body shorter than announced",
         sends(head({"Content-Type": HTML, "Content-Length": "99999"}) + _PAGE),
         "failed", "connection_broken"),
    Kind("chunked body cut short",
         sends(head({"Content-Type": HTML, "Transfer-Encoding": "chunked"}) + b"1000\r\n<p>"),
         "failed", "connection_broken"),
    Kind("chunk size that is no number",
         sends(head({"Content-Type": HTML, "Transfer-Encoding": "chunked"}) + b"-5\r\n<p>\r\n"),
         "failed", "connection_broken"),
    Kind("body longer than announced", _more_than_announced, "loaded"),
    Kind("garbage in place of HTTP",
         sends(b"\x16\x03\x01\x02\x00\x01\x00" * 50), "failed", "connection_broken"),
    Kind("HTTP/0.9", sends(_PAGE), "failed", "connection_broken"),
    Kind("status of nine digits", sends(b"HTTP/1.1 200000000 OK\r\n\r\n"), "failed", "connection_broken"),
    Kind("status 600", sends(whole(_PAGE, status="600 Strange")), "failed", "http_600"),
    Kind("status 204 for a page", sends(b"HTTP/1.1 204 No Content\r\n\r\n"), "empty", "no_content"),
    Kind("header of 1 MB", sends(head({"X-A": "a" * MIB}) + _PAGE), "failed", "connection_broken"),
    Kind("10 000 headers",
         sends(head({f"X-{number}": "a" * 8 for number in range(10_000)}) + _PAGE),
         "failed", "connection_broken"),
    Kind("null byte in a header", sends(head({"X-A": "a\x00b"}) + _PAGE), "failed", "connection_broken"),
    Kind("two lengths that differ",
         sends(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n<p>abc"),
         "failed", "connection_broken"),
    Kind("length of 5 000 digits",
         sends(head({"Content-Length": "9" * 5000})), "failed", "connection_broken"),
    Kind("length that is negative", sends(head({"Content-Length": "-1"})), "failed", "connection_broken"),
    Kind("50 MB announced", sends(head({"Content-Type": HTML, "Content-Length": str(50 * MIB)})),
         "quarantined", "too_large"),
    Kind("50 MB paragraph", says(lambda _: "<p>" + "chè búp " * (5 * MIB)), "quarantined", "too_large"),
    Kind("Retry-After that is no number",
         sends(whole(b"", {"Retry-After": "\xb2"}, "429 Too Many Requests")), "blocked", "http_429"),
    Kind("Retry-After in the year 99999999999",
         sends(whole(b"", {"Retry-After": "Sat, 11 Jul 99999999999 19:01:00 GMT"}, "429 Too Many Requests")),
         "blocked", "http_429"),
)  # fmt: skip

ENCODINGS: Final = (
    Kind("gzip bomb", sends(lambda _: _packed(gzip.compress(bytes(50 * MIB)))), "quarantined", "too_large"),
    Kind("gzip bomb below the size cap", sends(lambda _: _packed(gzip.compress(bytes(4 * MIB)))),
         "quarantined", "compression_ratio"),
    Kind("gzip bomb of many members", sends(_member_bomb), "quarantined", "too_large"),
    Kind("100 000 empty gzip members",
         sends(lambda _: _packed(gzip.compress(b"") * 100_000)), "empty", "no_content"),
    Kind("large at a modest ratio", sends(_large_at_modest_ratio), "quarantined", "too_large"),
    Kind("gzip cut short", sends(_packed(gzip.compress(_PAGE)[:-30])), "quarantined", "bad_encoding"),
    Kind("gzip with a wrong checksum", sends(_packed(gzip.compress(_PAGE)[:-8] + bytes(8))),
         "quarantined", "bad_encoding"),
    Kind("plain text labelled gzip", sends(_packed(_PAGE)), "quarantined", "bad_encoding"),
    Kind("gzip labelled deflate", sends(_packed(gzip.compress(_PAGE), "deflate")),
         "quarantined", "not_html_compressed"),
    Kind("deflate without its wrapper",
         sends(_packed(zlib.compress(_PAGE, wbits=-15), "deflate")), "loaded"),
    Kind("gzip without a label", sends(whole(gzip.compress(_PAGE))), "quarantined", "not_html_compressed"),
    Kind("brotli that was not asked for", sends(_packed(b"\x0b\x02\x80<p>\x03", "br")),
         "quarantined", "bad_encoding"),
    Kind("gzip twice, told once", sends(_packed(gzip.compress(gzip.compress(_PAGE)))),
         "quarantined", "not_html_compressed"),
    Kind("gzip twice, told twice", sends(_packed(gzip.compress(gzip.compress(_PAGE)), "gzip, gzip")),
         "quarantined", "bad_encoding"),
    Kind("encoding of 60 KB", sends(_packed(_PAGE, "x" * 60_000)), "quarantined", "bad_encoding"),
    Kind("PDF labelled HTML", says(lambda _: b"%PDF-1.7\n1 0 obj"), "quarantined", "not_html"),
    Kind("PNG labelled HTML", says(lambda _: b"\x89PNG\r\n\x1a\n" + bytes(500)), "quarantined", "not_html"),
    Kind("ZIP labelled HTML", says(_archive), "quarantined", "not_html"),
    Kind("JSON labelled JSON", says(lambda _: '{"a": 1}', {"Content-Type": "application/json"}),
         "quarantined", "not_html"),
)  # fmt: skip

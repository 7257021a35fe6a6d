"""Faults of connections, time, lengths and encodings."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from typing import Final

from tests.faults.fault import DOCUMENTS, Exchange, Fault, Play
from tests.faults.sites import STORIES, story_html
from tests.hostile.kinds import whole

_BROKEN: Final = ("failed", "connection_broken")
_CUT: Final = ("failed", "cut_short")
_SILENT: Final = ("failed", "timeout")
_UNPACKED: Final = ("quarantined", "bad_encoding")


def _nothing(exchange: Exchange) -> None:
    exchange.wire.stays_open = False


def _reset(exchange: Exchange) -> None:
    exchange.wire.reset()


def _reset_in_head(exchange: Exchange) -> None:
    exchange.wire.send(b"HTTP/1.1 200 OK\r\nContent-Ty")
    exchange.wire.reset()


def _then(end: str, headers: Mapping[str, str] | None = None) -> Play:
    """Half of a body that was announced whole, and then a reset, silence or the end."""

    def play(exchange: Exchange) -> None:
        length = {"Content-Length": str(len(exchange.page.body))}
        exchange.wire.send(exchange.head(length if headers is None else headers))
        exchange.wire.send(exchange.page.body[: exchange.cut])
        if end == "reset":
            exchange.wire.reset()
        elif end == "silence":
            exchange.wire.hang()

    return play


def _drip(exchange: Exchange) -> None:
    exchange.wire.send(exchange.head({"Content-Length": str(len(exchange.page.body))}))
    exchange.wire.drip(b"<", 0.25)


def _drip_head(exchange: Exchange) -> None:
    exchange.wire.send(b"HTTP/1.1 200 OK\r\n")
    exchange.wire.drip(b"X-A: b\r\n", 0.25)


def _chunks(exchange: Exchange) -> None:
    body = exchange.page.body[: exchange.cut]
    exchange.wire.send(exchange.head({"Transfer-Encoding": "chunked"}) + b"%x\r\n%b\r\n" % (len(body), body))


def _old_http(exchange: Exchange) -> None:
    answer = exchange.head() + exchange.page.body[: exchange.cut]
    exchange.wire.send(answer.replace(b"HTTP/1.1", b"HTTP/1.0", 1))


def _too_long(exchange: Exchange) -> None:
    exchange.wire.send(exchange.head({"Content-Length": str(len(exchange.page.body) + 500)}))
    exchange.wire.send(exchange.page.body)


def _characters(exchange: Exchange) -> None:
    """A length in characters where bytes are meant; the rest of the page follows all the same."""
    length = min(len(exchange.page.body.decode()), len(exchange.page.body) * 3 // 4)
    exchange.wire.send(exchange.head({"Content-Length": str(length)}) + exchange.page.body)
    exchange.wire.stays_open = True


def _two_answers(exchange: Exchange) -> None:
    """The page, and behind it another story as the answer to a question that nobody has asked yet."""
    length = {"Content-Length": str(len(exchange.page.body))}
    exchange.wire.send(exchange.head(length) + exchange.page.body + whole(story_html(STORIES[-1])))
    exchange.wire.stays_open = True


def _packed(pack: bytes | None, spoil: slice, headers: Mapping[str, str]) -> Play:
    """The page under gzip, spoilt: `spoil` is what is sent of it. pack: sent in its place."""

    def play(exchange: Exchange) -> None:
        body = (gzip.compress(exchange.page.body) if pack is None else pack)[spoil]
        length = {"Content-Length": str(len(body)), "Content-Encoding": "gzip"}
        exchange.wire.send(exchange.head(length | dict(headers)) + body)
        exchange.wire.stays_open = "Content-Length" not in headers

    return play


def _wrong_checksum(exchange: Exchange) -> None:
    body = gzip.compress(exchange.page.body)[:-8] + bytes(8)
    headers = {"Content-Length": str(len(body)), "Content-Encoding": "gzip"}
    exchange.wire.send(exchange.head(headers) + body)
    exchange.wire.stays_open = True


def _labelled(charset: str) -> Play:
    def play(exchange: Exchange) -> None:
        kind = exchange.page.content_type.partition(";")[0]
        headers = {
            "Content-Type": f"{kind}; charset={charset}",
            "Content-Length": str(len(exchange.page.body)),
        }
        exchange.wire.send(exchange.head(headers) + exchange.page.body)
        exchange.wire.stays_open = True

    return play


def _half(status: str) -> Play:
    def play(exchange: Exchange) -> None:
        body = exchange.page.body[: exchange.cut]
        span = {"Content-Range": f"bytes 0-{len(body) - 1}/{len(exchange.page.body)}"}
        exchange.wire.send(exchange.head({"Content-Length": str(len(body))} | span, status) + body)
        exchange.wire.stays_open = True

    return play


def _good_and_gone(exchange: Exchange) -> None:
    """A good answer, and the end of a connection that was to be kept."""
    length = {"Content-Length": str(len(exchange.page.body))}
    exchange.wire.send(exchange.head(length) + exchange.page.body)


def _not_modified(exchange: Exchange) -> None:
    exchange.wire.send(exchange.head(status="304 Not Modified"))
    exchange.wire.stays_open = True


def _empty(exchange: Exchange) -> None:
    exchange.wire.send(exchange.head({"Content-Length": "0"}))
    exchange.wire.stays_open = True


CONNECTION: Final = (
    Fault("closed before an answer", _nothing, "loaded", _BROKEN),
    Fault("reset before an answer", _reset, "loaded", _BROKEN),
    Fault("reset in the head", _reset_in_head, "loaded", _BROKEN),
    Fault("reset in the body", _then("reset"), "loaded", _BROKEN),
    Fault("closed without a word after an answer", _good_and_gone, "loaded", ("loaded", None), readable=True),
    Fault("stall before the head", lambda exchange: exchange.wire.hang(), "failed", _SILENT),
    Fault("stall in the body", _then("silence"), "failed", _SILENT),
    Fault("slow drip of the head", _drip_head, "failed", _SILENT, ("page", "feed")),
    Fault("slow drip of the body", _drip, "failed", _SILENT, ("page", "robots", "listing")),
)

LENGTHS: Final = (
    Fault("body cut short of its length", _then("end"), "loaded", _BROKEN),
    Fault("chunks without their end", _chunks, "loaded", _BROKEN),
    Fault("no length, and cut", _then("end", {}), "loaded", _CUT),
    Fault("no length, and reset", _then("reset", {}), "loaded", _BROKEN),
    Fault("HTTP/1.0, and cut", _old_http, "loaded", _CUT),
    Fault("Content-Length too long", _too_long, "loaded", _BROKEN),
    Fault("Content-Length too short", _characters, "loaded", _CUT),
    Fault("a second answer behind the first", _two_answers, "loaded", ("loaded", None), readable=True),
    Fault("half of it as 206", _half("206 Partial Content"), "failed", ("failed", "http_206")),
    Fault("304 that nobody asked for", _not_modified, "failed", ("failed", "http_304"), ("page",)),
    Fault("empty body", _empty, "empty", ("empty", "no_content"), ("page", "feed", "sitemap", "listing")),
)

ENCODINGS: Final = (
    Fault("gzip cut short", _packed(None, slice(-40), {}), "loaded", _UNPACKED),
    Fault("gzip cut short, no length",
          _packed(None, slice(-40), {"Content-Length": ""}), "loaded", _UNPACKED),
    Fault("gzip with a wrong checksum", _wrong_checksum, "loaded", _UNPACKED),
    Fault("text labelled gzip", _packed(b"<p>", slice(None), {}), "quarantined", _UNPACKED, ("page", "feed")),
    Fault("charset: ISO-8859-1 declared", _labelled("iso-8859-1"), "loaded", ("loaded", None), readable=True),
    Fault("charset: UTF-16 declared", _labelled("utf-16"), "loaded", ("loaded", None), readable=True),
    Fault("charset: windows-1258 declared", _labelled("windows-1258"), "loaded", ("loaded", None),
          ("page", *DOCUMENTS[1:]), readable=True),
)  # fmt: skip

TRANSPORT: Final = (*CONNECTION, *LENGTHS, *ENCODINGS)

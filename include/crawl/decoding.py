"""Content-Encoding undone within bounds."""

from __future__ import annotations

import zlib
from typing import Final

# Chosen against decompression bombs. Saved pages of real portals have
# 5:1 to 6:1; a page of one repeated row reaches more while it is still small, hence the floor.
MAX_RATIO: Final = 100
_RATIO_FLOOR: Final = 256 * 1024
_GZIP_OR_ZLIB: Final = zlib.MAX_WBITS | 32
_RAW_DEFLATE: Final = -zlib.MAX_WBITS
_GZIP_MAGIC: Final = b"\x1f\x8b"


class TooLargeError(Exception):
    """More bytes than allowed; `so_far` holds those up to the limit."""

    def __init__(self, message: str, so_far: bytes = b"") -> None:
        super().__init__(message)
        self.so_far = so_far


class CompressionRatioError(Exception):
    """The answer unpacks to far more than a text does."""


class BadEncodingError(Exception):
    """The bytes are not what Content-Encoding says, or it is one that nobody asked for."""


class TornEncodingError(BadEncodingError):
    """The bytes begin as what Content-Encoding says, and break off or are damaged: another try may help."""


def unpack(data: bytes, encoding: str, max_bytes: int) -> bytes:
    """`data` without its Content-Encoding (empty for none), at most `max_bytes`.

    Raises TooLargeError, CompressionRatioError and BadEncodingError; never holds more than
    `max_bytes` unpacked.
    """
    name = encoding.strip().lower()
    if name in ("", "identity"):
        return _within(data, max_bytes)
    if name in ("gzip", "x-gzip"):
        return _inflate(data, _GZIP_OR_ZLIB, max_bytes)
    if name == "deflate":
        try:
            return _inflate(data, _GZIP_OR_ZLIB, max_bytes)
        except BadEncodingError as error:
            return _inflate_bare(data, max_bytes, error)
    raise BadEncodingError(f"Content-Encoding {encoding[:60]!r}, which was not asked for")


def _within(data: bytes, max_bytes: int) -> bytes:
    if len(data) > max_bytes:
        raise TooLargeError(f"more than {max_bytes} bytes", data[:max_bytes])
    return data


def _inflate_bare(data: bytes, max_bytes: int, otherwise: BadEncodingError) -> bytes:
    """RFC 9110, 8.4.1.2: some servers send deflate without the zlib wrapper. otherwise: raised if not so."""
    try:
        return _inflate(data, _RAW_DEFLATE, max_bytes)
    except TornEncodingError:
        raise
    except BadEncodingError:
        raise otherwise from None


def _inflate(data: bytes, window_bits: int, max_bytes: int) -> bytes:
    unpacked = bytearray()
    pending = data
    while pending:  # one turn a gzip member
        member = zlib.decompressobj(window_bits)
        try:
            unpacked += member.decompress(pending, max_bytes - len(unpacked) + 1)
        except zlib.error as error:
            kind = TornEncodingError if data.startswith(_GZIP_MAGIC) else BadEncodingError
            raise kind(f"not the compressed data it says it is: {error}") from error
        _within(bytes(unpacked), max_bytes)
        if not member.eof:
            raise TornEncodingError("the compressed answer stops in its middle")
        pending = member.unused_data
    if len(unpacked) > max(_RATIO_FLOOR, MAX_RATIO * len(data)):
        raise CompressionRatioError(f"{len(data)} bytes unpack to {len(unpacked)}")
    return bytes(unpacked)


def gunzip(data: bytes, max_bytes: int) -> bytes:
    """Unpack a gzip file (a sitemap.xml.gz). Raises as `unpack` does."""
    return unpack(data, "gzip", max_bytes)

"""Compressed answers unpack within bounds or not at all."""

from __future__ import annotations

import gzip
import os
import tracemalloc
import zlib

import pytest

from include.crawl.decoding import (
    BadEncodingError,
    CompressionRatioError,
    TooLargeError,
    TornEncodingError,
    unpack,
)

TEXT = "Sản lượng chè búp tươi đạt 4.120 tấn. ".encode() * 40
LIMIT = 1024 * 1024


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush()


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT, ""),
        (TEXT, "identity"),
        (gzip.compress(TEXT, mtime=0), "gzip"),
        (gzip.compress(TEXT, mtime=0), "X-GZIP"),
        (gzip.compress(TEXT[:50], mtime=0) + gzip.compress(TEXT[50:], mtime=0), "gzip"),
        (zlib.compress(TEXT), "deflate"),
        (raw_deflate(TEXT), "deflate"),
    ],
)
def test_what_servers_send_unpacks_to_the_same_text(data: bytes, encoding: str) -> None:
    assert unpack(data, encoding, LIMIT) == TEXT


@pytest.mark.parametrize(
    ("data", "encoding", "error"),
    [
        (TEXT, "gzip", BadEncodingError),
        (TEXT, "deflate", BadEncodingError),
        (gzip.compress(TEXT, mtime=0)[:-12], "gzip", TornEncodingError),
        (gzip.compress(TEXT, mtime=0)[:-8] + bytes(8), "gzip", TornEncodingError),
        (zlib.compress(TEXT)[:-12], "deflate", TornEncodingError),
        (raw_deflate(TEXT)[:-12], "deflate", TornEncodingError),
        (gzip.compress(TEXT, mtime=0) + b"garbage", "gzip", TornEncodingError),
        (TEXT, "br", BadEncodingError),
        (gzip.compress(gzip.compress(TEXT, mtime=0), mtime=0), "gzip, gzip", BadEncodingError),
    ],
)
def test_what_is_not_what_it_says_is_refused_and_torn_where_it_began_well(
    data: bytes, encoding: str, error: type[Exception]
) -> None:
    with pytest.raises(BadEncodingError) as caught:
        unpack(data, encoding, LIMIT)
    assert caught.type is error


def test_the_limit_counts_unpacked_bytes_and_keeps_what_fits() -> None:
    noise = os.urandom(LIMIT + 1)
    assert len(unpack(gzip.compress(noise[:-1], mtime=0), "gzip", LIMIT)) == LIMIT
    with pytest.raises(TooLargeError) as caught:
        unpack(gzip.compress(noise, mtime=0), "gzip", LIMIT)
    assert caught.value.so_far == noise[:LIMIT]


def test_a_bomb_below_the_limit_shows_by_its_ratio() -> None:
    with pytest.raises(CompressionRatioError):
        unpack(gzip.compress(bytes(LIMIT - 1)), "gzip", LIMIT)


def test_a_bomb_is_never_unpacked_beyond_the_limit() -> None:
    bomb = gzip.compress(bytes(100 * LIMIT))
    tracemalloc.start()
    try:
        with pytest.raises(TooLargeError):
            unpack(bomb, "gzip", LIMIT)
        assert tracemalloc.get_traced_memory()[1] < 10 * LIMIT
    finally:
        tracemalloc.stop()

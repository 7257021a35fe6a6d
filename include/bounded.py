"""Reading a stream no further than is wanted of it."""

from __future__ import annotations

from typing import Final, Protocol

_CHUNK: Final = 65_536


class Readable(Protocol):
    """A binary stream; one that decompresses may give fewer bytes than asked for before its end."""

    def read(self, size: int, /) -> bytes:
        """At most `size` bytes, none at the end."""


def read_up_to(stream: Readable, limit: int) -> bytes:
    """The stream's bytes up to its end, at most `limit`."""
    parts: list[bytes] = []
    left = limit
    while left > 0 and (part := stream.read(min(left, _CHUNK))):
        parts.append(part)
        left -= len(part)
    return b"".join(parts)

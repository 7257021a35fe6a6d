"""Choices read off bytes: what a fuzzer mutates are bytes, what the targets get is made of choices."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Draw:
    """The same bytes give the same choices; where they have ended, every choice is the first.

    So each input is reproduced by its bytes alone, and shorter bytes make a simpler input.
    """

    __slots__ = ("_at", "_data")

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    @property
    def has_more(self) -> bool:
        """Whether any byte is left to choose by."""
        return self._at < len(self._data)

    def byte(self) -> int:
        """0 to 255; 0 where the bytes have ended."""
        at = self._at
        self._at = at + 1
        return self._data[at] if at < len(self._data) else 0

    def below(self, limit: int) -> int:
        """0 to limit - 1, from as many bytes as that takes."""
        number = self.byte()
        if limit > 256:
            number = number << 8 | self.byte()
        if limit > 65_536:
            number = number << 8 | self.byte()
        return number % limit

    def pick(self, those: Sequence[T]) -> T:
        """One of them."""
        return those[self.below(len(those))]

    def is_one_in(self, number: int) -> bool:
        """Whether a rare thing happens; never where the bytes have ended."""
        return self.below(number) == number - 1

    def rest(self, limit: int = 1_000_000) -> bytes:
        """The bytes that are left, at most `limit` of them, as they are."""
        taken = self._data[self._at : self._at + limit]
        self._at += len(taken)
        return taken

"""One WARC file to read, wherever it lies."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import BinaryIO


class UnreadableArchiveError(ValueError):
    """Nothing of the file can be read; the message names it and says why."""


@dataclass(frozen=True, slots=True)
class WarcPart:
    """One WARC file, on disk or inside another. label: its name, for people.

    damage: what is known to be wrong with it before a record is read; its records are then held against
    their own digests, where they have any.
    """

    label: str
    open: Callable[[], AbstractContextManager[BinaryIO]]
    damage: str | None = None

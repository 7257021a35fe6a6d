"""Time as the crawler feels it, in one place, so that a test can let hours pass."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Clock:
    """now: aware UTC; monotonic: seconds that never go back; sleep: waits so many seconds."""

    now: Callable[[], datetime] = _utc_now
    monotonic: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep

    def stamp(self) -> str:
        """The present moment as ISO 8601 with zone, to the second."""
        return self.now().isoformat(timespec="seconds")


SYSTEM_CLOCK = Clock()

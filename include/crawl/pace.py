"""One request at a time to a host, and a pause between two."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from include.crawl.clock import Clock


@dataclass(slots=True)
class _Turn:
    lock: threading.Lock = field(default_factory=threading.Lock)
    last_end: float | None = None


class HostPaces:
    """Hands out the turn at each host; shared by all threads of a stage."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._turns: dict[str, _Turn] = {}
        self._lock = threading.Lock()

    @contextmanager
    def turn(self, host: str, delay_s: float) -> Iterator[None]:
        """Wait until nobody asks `host` and `delay_s` seconds have passed since its last answer."""
        with self._lock:
            turn = self._turns.setdefault(host, _Turn())
        with turn.lock:
            if turn.last_end is not None:
                wait = turn.last_end + delay_s - self._clock.monotonic()
                if wait > 0:
                    self._clock.sleep(wait)
            try:
                yield
            finally:
                turn.last_end = self._clock.monotonic()

"""A clock that runs, and in which sleeping costs nothing: a wait of an hour is a leap of an hour."""

from __future__ import annotations

import threading
import time
from datetime import datetime, timedelta

from include.crawl.clock import Clock


class LeapingClock:
    """Real time from `started` (aware) on, plus all that anybody has slept; shared by threads.

    Nobody wakes before its time is over, so a pause that was kept in this clock is one that is kept on the
    network; only that two threads that sleep side by side let both their times pass.
    """

    def __init__(self, started: datetime) -> None:
        self._started = started
        self._real = time.monotonic()
        self._leapt = 0.0
        self._leapt_by: dict[int, float] = {}
        self._lock = threading.Lock()
        self.clock = Clock(now=self.now, monotonic=self.monotonic, sleep=self.sleep)

    def monotonic(self) -> float:
        """Seconds since the clock was made."""
        return time.monotonic() - self._real + self._leapt

    def now(self) -> datetime:
        """The present moment."""
        return self._started + timedelta(seconds=self.monotonic())

    def sleep(self, seconds: float) -> None:
        """Leap so many seconds."""
        me = threading.get_ident()
        with self._lock:
            self._leapt += seconds
            self._leapt_by[me] = self._leapt_by.get(me, 0.0) + seconds

    def of_thread(self, thread: int) -> float:
        """Seconds as that thread alone has felt them: real time and its own leaps."""
        return time.monotonic() - self._real + self._leapt_by.get(thread, 0.0)

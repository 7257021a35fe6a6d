"""One request at a time to a host, and the pauses that it asks for, also across stages, runs and kills."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from include.crawl.clock import Clock

# A server that wants more than this is left alone for the night.
MAX_RETRY_AFTER_S: Final = 120.0
# A Retry-After is obeyed for a day at most: one stray answer must not silence a portal for good.
MAX_OBEYED_S: Final = 86_400.0


class HostAsksToWaitError(Exception):
    """The host asked to be left alone for longer than one waits; the message says for how long still."""


@dataclass(slots=True)
class _Turn:
    """delay_s: the longest pause asked for at the host so far; free_at: when its Retry-After is over."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    last_end: float | None = None
    delay_s: float = 0
    free_at: float = float("-inf")


class HostPaces:
    """Hands out the turn at each host; shared by all threads of a stage.

    folder: where the end of each host's last request is kept, one small file a host, so that the next
    stage, a run right after this one, or one that takes up a killed one waits as well; None: nowhere.
    """

    def __init__(self, clock: Clock, folder: Path | None = None) -> None:
        self._clock = clock
        self._folder = folder
        self._turns: dict[str, _Turn] = {}
        self._lock = threading.Lock()

    def now(self) -> datetime:
        """The present moment of the clock that the pauses are kept by."""
        return self._clock.now()

    @contextmanager
    def turn(self, host: str, delay_s: float) -> Iterator[Callable[[float], None]]:
        """Wait until nobody asks `host`, `delay_s` seconds have passed since its last answer, and the wait
        that it asked for is over; yields what to call with the seconds of a Retry-After.

        The pause is at least the one kept at the host before: its robots.txt, which asked for it, is
        the first thing that a stage asks for again. Raises HostAsksToWaitError.
        """
        turn = self._turn_of(host)

        def leave_alone(seconds: float) -> None:
            turn.free_at = self._clock.monotonic() + min(seconds, MAX_OBEYED_S)

        with turn.lock:
            self._wait(turn, host, delay_s)
            try:
                yield leave_alone
            finally:
                turn.last_end = self._clock.monotonic()
                turn.delay_s = max(turn.delay_s, delay_s)
                self._keep(host, turn)

    def _wait(self, turn: _Turn, host: str, delay_s: float) -> None:
        now = self._clock.monotonic()
        asked = turn.free_at - now
        if asked > MAX_RETRY_AFTER_S:
            raise HostAsksToWaitError(f"{host} asked to be left alone for another {asked:.0f} s")
        pause = 0.0 if turn.last_end is None else turn.last_end + max(delay_s, turn.delay_s) - now
        if max(asked, pause) > 0:
            self._clock.sleep(max(asked, pause))

    def slow_down(self, host: str, delay_s: float) -> None:
        """Keep at least this pause at `host` from its last answer on: what its robots.txt asks for now."""
        turn = self._turn_of(host)
        with turn.lock:
            turn.delay_s = delay_s
            self._keep(host, turn)

    def _turn_of(self, host: str) -> _Turn:
        with self._lock:
            if host not in self._turns:
                self._turns[host] = self._kept(host)
            return self._turns[host]

    def _kept(self, host: str) -> _Turn:
        path = self._path(host)
        try:
            kept = json.loads(path.read_bytes()) if path else {}
            ended_at, delay_s = datetime.fromisoformat(kept["ended_at"]), float(kept["delay_s"])
            passed = (self._clock.now() - ended_at).total_seconds()
            free_at = datetime.fromisoformat(kept.get("free_at") or kept["ended_at"])
            # No longer than it was when it was kept: a clock may have been set back since.
            asked = (free_at - max(self._clock.now(), ended_at)).total_seconds()
        except (OSError, ValueError, KeyError, TypeError):  # nothing kept, or torn by a kill
            return _Turn()
        now = self._clock.monotonic()
        return _Turn(last_end=now - max(0.0, passed), delay_s=delay_s, free_at=now + min(asked, MAX_OBEYED_S))

    def _keep(self, host: str, turn: _Turn) -> None:
        path = self._path(host)
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
            now = self._clock.now()
            free_at = now + timedelta(seconds=max(0.0, turn.free_at - self._clock.monotonic()))
            kept = {
                "host": host,
                "ended_at": now.isoformat(),
                "delay_s": turn.delay_s,
                "free_at": free_at.isoformat(),
            }
            path.write_text(json.dumps(kept), encoding="utf-8")

    def _path(self, host: str) -> Path | None:
        return self._folder / hashlib.sha256(host.encode()).hexdigest() if self._folder else None

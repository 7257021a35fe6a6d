"""One request at a time to a host, and a pause between two, also across stages, runs and kills."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from include.crawl.clock import Clock


@dataclass(slots=True)
class _Turn:
    """delay_s: the longest pause that was asked for at the host so far."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    last_end: float | None = None
    delay_s: float = 0


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

    @contextmanager
    def turn(self, host: str, delay_s: float) -> Iterator[None]:
        """Wait until nobody asks `host` and `delay_s` seconds have passed since its last answer.

        The pause is at least the one kept at the host before: its robots.txt, which asked for it, is
        the first thing that a stage asks for again.
        """
        turn = self._turn_of(host)
        with turn.lock:
            if turn.last_end is not None:
                wait = turn.last_end + max(delay_s, turn.delay_s) - self._clock.monotonic()
                if wait > 0:
                    self._clock.sleep(wait)
            try:
                yield
            finally:
                turn.last_end = self._clock.monotonic()
                turn.delay_s = max(turn.delay_s, delay_s)
                self._keep(host, turn.delay_s)

    def slow_down(self, host: str, delay_s: float) -> None:
        """Keep at least this pause at `host` from its last answer on: what its robots.txt asks for now."""
        turn = self._turn_of(host)
        with turn.lock:
            turn.delay_s = delay_s
            self._keep(host, delay_s)

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
        except (OSError, ValueError, KeyError, TypeError):  # nothing kept, or torn by a kill
            return _Turn()
        return _Turn(last_end=self._clock.monotonic() - max(0.0, passed), delay_s=delay_s)

    def _keep(self, host: str, delay_s: float) -> None:
        path = self._path(host)
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True)
            kept = {"host": host, "ended_at": self._clock.now().isoformat(), "delay_s": delay_s}
            path.write_text(json.dumps(kept), encoding="utf-8")

    def _path(self, host: str) -> Path | None:
        return self._folder / hashlib.sha256(host.encode()).hexdigest() if self._folder else None

"""What the server did, written by the server: a witness that neither the product nor DuckDB has touched."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(slots=True)
class Served:
    """One request. at, ended: seconds of the run's clock; fault: its name, null on a good answer.

    whole: all of the true page or document went out in a form that tells its end, with a status that says
    so; retry_after_s: what the answer asked for; leads_to: the path that it redirects to. own_at, own_ended:
    the same moments in the time of the one who asks, in which nobody else's pauses pass.
    """

    night: int
    host: str
    path: str
    at: float
    fault: str | None = None
    status: int = 0
    whole: bool = False
    retry_after_s: float | None = None
    ended: float = 0.0
    own_at: float = 0.0
    own_ended: float = 0.0
    leads_to: str | None = None


class ServedLedger:
    """Appends a line for every request once its answer is over; shared by the server's threads."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._idle = threading.Condition()
        self._open = 0

    @contextmanager
    def entry(self, served: Served) -> Iterator[Served]:
        """Note the request when the block ends, however it does."""
        with self._idle:
            self._open += 1
        try:
            yield served
        finally:
            with self._idle:
                with self._path.open("a", encoding="utf-8") as stream:
                    stream.write(json.dumps(asdict(served)) + "\n")
                self._open -= 1
                self._idle.notify_all()

    def settle(self, timeout_s: float = 30.0) -> None:
        """Wait until every answer that was begun is over; raises TimeoutError."""
        with self._idle:
            if not self._idle.wait_for(lambda: self._open == 0, timeout_s):
                raise TimeoutError(f"{self._open} answers are still being given")

    def read(self) -> list[Served]:
        """Every request so far, in the order of its arrival."""
        if not self._path.exists():
            return []
        lines = self._path.read_text(encoding="utf-8").splitlines()
        return sorted((Served(**json.loads(line)) for line in lines), key=lambda served: served.at)

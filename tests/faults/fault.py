"""What a fault of the network is, and what an answer that has one is made of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from tests.faults.clock import LeapingClock
from tests.faults.ledger import Served
from tests.faults.sites import Page, Site
from tests.hostile.kinds import head
from tests.hostile.server import Wire

DOCUMENTS: Final = ("robots", "feed", "sitemap", "listing")
EVERYWHERE: Final = ("page", *DOCUMENTS)


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request being answered. number: which request for that path this is in its night, from 1."""

    wire: Wire
    page: Page
    site: Site
    entry: Served
    number: int
    clock: LeapingClock

    @property
    def cut(self) -> int:
        """Where a body that is cut breaks off: elsewhere each time, as on a network."""
        return len(self.page.body) * (35 + 17 * (self.number % 3)) // 100

    def head(self, headers: Mapping[str, str] | None = None, status: str = "200 OK") -> bytes:
        """The head of an answer with the page's own type and validator; `headers` replace or add."""
        self.entry.status = int(status.split()[0])
        fields = {"Content-Type": self.page.content_type}
        if self.page.etag:
            fields["ETag"] = self.page.etag
        return head(fields | dict(headers or {}), status)

    def close_after(self) -> dict[str, str]:
        """The header of a server that hangs up after every answer, where this is one."""
        return {"Connection": "close"} if self.site.hangs_up else {}

    def send_good(self) -> None:
        """The answer of a good day: the page, or that it has not changed."""
        if self.page.etag and self.wire.headers.get("if-none-match") == self.page.etag:
            self.wire.send(self.head({"Content-Type": ""} | self.close_after(), "304 Not Modified"))
        else:
            length = {"Content-Length": str(len(self.page.body))}
            self.wire.send(self.head(length | self.close_after()) + self.page.body)
        self.entry.whole = True
        self.wire.stays_open = not self.site.hangs_up


Play = Callable[[Exchange], None]


@dataclass(frozen=True, slots=True)
class Fault:
    """One way to fail. once: what becomes of a page whose first request alone meets it; always: outcome and
    reason where every request of the night does. rooms: where it is injected. readable: the reader gets all
    of the page in spite of it.
    """

    name: str
    play: Play
    once: str
    always: tuple[str, str | None]
    rooms: tuple[str, ...] = EVERYWHERE
    readable: bool = False

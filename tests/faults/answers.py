"""Faults that are whole answers: another status, another place, another page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from typing import Final

from tests.faults.fault import Exchange, Fault, Play
from tests.faults.sites import IN_FEED, story_path
from tests.hostile.kinds import HTML
from tests.hostile.misdirection import hop, there_and_back

_TROUBLE: Final = "<html><title>Lỗi</title><body><h1>Máy chủ đang gặp sự cố</h1></body></html>".encode()
_MAINTENANCE: Final = (
    "<!DOCTYPE html><html><head><title>Bảo trì</title></head><body><h1>Hệ thống đang bảo trì</h1>"
    "<p>Xin quý vị vui lòng quay lại sau ít phút. Trân trọng cảm ơn.</p></body></html>"
).encode()
_ABSURD_S: Final = 99_999_999_999_999


def _status(status: str, headers: Mapping[str, str] | None = None, wait_s: float | None = None) -> Play:
    def play(exchange: Exchange) -> None:
        fields = {"Content-Type": HTML, "ETag": "", "Content-Length": str(len(_TROUBLE))} | dict(
            headers or {}
        )
        exchange.entry.retry_after_s = wait_s
        exchange.wire.send(exchange.head(fields, status) + _TROUBLE)
        exchange.wire.stays_open = True

    return play


def _seconds(status: str, seconds: int) -> Play:
    return _status(status, {"Retry-After": str(seconds)}, seconds)


def _date(status: str, moment: Callable[[datetime], datetime]) -> Play:
    def play(exchange: Exchange) -> None:
        now = exchange.clock.now()
        written = format_datetime(moment(now), usegmt=True)
        wait_s = (parsedate_to_datetime(written) - now).total_seconds()
        _status(status, {"Retry-After": written}, wait_s)(exchange)

    return play


def _leads(target: str) -> Play:
    def play(exchange: Exchange) -> None:
        place = target.format(path=exchange.wire.path)
        exchange.entry.leads_to = place.partition("?")[0]
        exchange.wire.send(exchange.head({"Location": place, "Content-Length": "0"}, "302 Found"))
        exchange.wire.stays_open = True

    return play


def _on_the_wire(answer: Callable[..., None]) -> Play:
    def play(exchange: Exchange) -> None:
        exchange.entry.status = 302
        exchange.entry.leads_to = exchange.entry.path
        answer(exchange.wire)

    return play


def _instead(body: bytes) -> Play:
    def play(exchange: Exchange) -> None:
        fields = {"Content-Type": HTML, "ETag": "", "Content-Length": str(len(body))}
        exchange.wire.send(exchange.head(fields) + body)
        exchange.wire.stays_open = True

    return play


STATUSES: Final = (
    Fault("429", _status("429 Too Many Requests"), "blocked", ("blocked", "http_429")),
    Fault("429, Retry-After in seconds", _seconds("429 Too Many Requests", 30), "loaded",
          ("blocked", "http_429")),
    Fault("429, Retry-After as a date",
          _date("429 Too Many Requests", lambda now: now + timedelta(seconds=45)), "loaded",
          ("blocked", "http_429")),
    Fault("429, Retry-After absurd", _seconds("429 Too Many Requests", _ABSURD_S), "blocked",
          ("blocked", "http_429")),
    Fault("429, Retry-After in the year 9999",
          _date("429 Too Many Requests", lambda _: datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)), "blocked",
          ("blocked", "http_429"), ("page", "feed")),
    Fault("500", _status("500 Internal Server Error"), "loaded", ("failed", "http_500")),
    Fault("502", _status("502 Bad Gateway"), "loaded", ("failed", "http_502")),
    Fault("503, Retry-After in seconds", _seconds("503 Service Unavailable", 20), "loaded",
          ("failed", "http_503")),
    Fault("503, Retry-After as a date",
          _date("503 Service Unavailable", lambda now: now + timedelta(seconds=90)), "loaded",
          ("failed", "http_503"), ("page", "sitemap")),
    Fault("503, Retry-After absurd", _seconds("503 Service Unavailable", _ABSURD_S), "failed",
          ("failed", "http_503")),
    Fault("404 for a moment", _status("404 Not Found"), "failed", ("failed", "http_404"),
          ("page", "feed", "sitemap", "listing")),
)  # fmt: skip

REDIRECTS: Final = (
    Fault("redirect to itself", _leads("{path}"), "failed", ("failed", "redirect_loop")),
    Fault("redirect there and back", _on_the_wire(there_and_back), "failed", ("failed", "redirect_loop")),
    Fault("redirects without end", _on_the_wire(hop), "failed", ("failed", "too_many_redirects"), ("page",)),
    Fault("redirect to another host", _leads("http://quang-cao-trung-thuong.vn/qua"), "failed",
          ("failed", "redirect_off_site")),
    Fault("redirect to a private address", _leads("http://169.254.169.254/latest/"), "failed",
          ("failed", "private_address")),
    Fault("redirect to the front page", _leads("/"), "failed", ("failed", "redirect_to_front_page"),
          ("page",)),
    Fault("redirect to another story", _leads(story_path(IN_FEED[0])), "unchanged",
          ("unchanged", "duplicate_in_batch"), ("page",)),
)  # fmt: skip

OTHER_PAGES: Final = (
    Fault("a maintenance page as 200", _instead(_MAINTENANCE), "empty", ("empty", "no_story"),
          ("page", "feed", "sitemap")),
)  # fmt: skip

ANSWERS: Final = (*STATUSES, *REDIRECTS, *OTHER_PAGES)

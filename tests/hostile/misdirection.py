"""Kinds that lead elsewhere, or show something else than the page."""

from __future__ import annotations

from typing import Final

from tests.hostile.kinds import Kind, head, leads, says, sends
from tests.hostile.server import Wire

_COOKIE: Final = {"Set-Cookie": "D1N=5f3a; Path=/"}
_CHALLENGE: Final = (
    '<html><body><script>document.cookie="D1N=7ac1"+"; path=/";window.location.reload(true);'
    "</script></body></html>"
)
_REFUSED: Final = "<html><title>Từ chối truy cập</title><body><h1>Truy cập bị từ chối</h1></body></html>"
_LOST: Final = '<html><head><meta http-equiv="refresh" content="0;url=/404.html"></head><body></body></html>'


def hop(wire: Wire) -> None:
    """One hop of a chain that never ends: /hop-7 leads to /hop-8."""
    name, _, number = wire.path.rpartition("-")
    target = f"/hop-{int(number) + 1}" if name == "/hop" else "/hop-0"
    wire.send(head({"Location": target, "Content-Length": "0"}, "302 Found"))
    wire.stays_open = True


def there_and_back(wire: Wire) -> None:
    """Two pages that lead to each other."""
    target = wire.path.removesuffix("?b") if wire.path.endswith("?b") else wire.path + "?b"
    wire.send(head({"Location": target, "Content-Length": "0"}, "302 Found"))
    wire.stays_open = True


# Asked at a name with a public address.
_PRIVATE_PLACES: Final = {
    "loopback": "http://127.0.0.1/admin",
    "loopback on another port": "http://127.0.0.1:8080/admin",
    "cloud metadata": "http://169.254.169.254/latest/meta-data/",
    "IPv4 mapped into IPv6": "http://[::ffff:127.0.0.1]/",
    "IPv6 loopback": "http://[::1]/",
    "decimal address": "http://2130706433/",
    "octal address": "http://0177.0.0.1/",
    "short address": "http://127.1/",
    "NAT64 address": "http://[64:ff9b::7f00:1]/",
    "localhost": "http://localhost/",
    "localhost with a dot": "http://LOCALHOST./",
    "sub-domain that turns private": "http://doitra.baosuoitra.vn{path}?b",
}

PRIVATE: Final = (
    # Its robots.txt, which is asked for first, cannot be had.
    Kind("redirect to a sub-domain with a private address", leads("http://noibo.baosuoitra.vn/"),
         "not_allowed", "robots_unreachable", is_public=True),
    *(
    Kind(f"redirect to {name}", leads(place, headers={"Connection": "close"}),
         "failed", "private_address", is_public=True)
    for name, place in _PRIVATE_PLACES.items()
    ),
)  # fmt: skip

REDIRECTS: Final = (
    Kind("redirect to itself", leads("{path}"), "failed", "redirect_loop"),
    Kind("redirect to itself with a cookie", leads("{path}", headers=_COOKIE), "blocked", "cookie_gate"),
    Kind("redirect there and back", there_and_back, "failed", "redirect_loop"),
    Kind("redirects without end", hop, "failed", "too_many_redirects"),
    Kind("redirect without Location", sends(head({"Content-Length": "0"}, "302 Found")),
         "failed", "redirect_without_location"),
    Kind("redirect to a file", leads("file:///etc/passwd"), "failed", "redirect_off_site"),
    Kind("redirect to a script", leads("javascript:alert(1)"), "failed", "redirect_off_site"),
    Kind("redirect to data", leads("data:text/html,<p>a"), "failed", "redirect_off_site"),
    Kind("redirect to a torn address", leads("http://[::1"), "failed", "redirect_off_site"),
    Kind("redirect to a port beyond 65535", leads("http://127.0.0.1:99999/"), "failed", "redirect_off_site"),
    Kind("redirect with a password", leads("http://a:b@127.0.0.1/"), "failed", "redirect_off_site"),
    Kind("redirect to an address of 500 KB", leads("/" + "a" * 500_000), "failed", "connection_broken"),
    Kind("redirect to another site", leads("http://quangcao.test/"), "failed", "redirect_off_site"),
    Kind("soft 404: the front page", leads("/"), "failed", "redirect_to_front_page"),
    Kind("soft 404: an error page", leads("/404.html"), "failed", "redirect_to_error_page"),
    Kind("soft 404: a refresh", says(lambda _: _LOST), "empty", "no_story"),
    Kind("refresh to itself",
         says(lambda _: '<meta http-equiv="refresh" content="0"><p>Đang tải'), "empty", "no_story"),
)  # fmt: skip

GATES: Final = (
    Kind("cookie challenge", says(lambda _: _CHALLENGE), "blocked", "cookie_challenge"),
    Kind("refusal with status 200", says(lambda _: _REFUSED), "blocked", "refusal_page"),
    Kind("status 403", says(lambda _: _REFUSED, status="403 Forbidden"), "blocked", "http_403"),
    Kind("status 451", says(lambda _: "", status="451 Unavailable"), "blocked", "http_451"),
    Kind("status 500 with a story", says(lambda _: "<p>Lỗi", status="500 Error"), "failed", "http_500"),
)

"""Keeps pages of other hosts, open in a browser of this machine, from speaking to Airflow on 127.0.0.1.

`make up` asks for no login, so whatever request arrives is the administrator's. A page elsewhere can send one
in two ways: by a name of its own that leads to 127.0.0.1 (DNS rebinding; the browser then sends that name as
Host), or straight to 127.0.0.1 (the browser then tells where the page is from in Origin or Sec-Fetch-Site).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any, Final
from urllib.parse import urlsplit

LOOPBACK_NAMES: Final = frozenset({"127.0.0.1", "localhost", "::1"})
# What a browser sends of itself without being led by a page: looking.
READING: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_REFUSED: Final = b"Only pages of this address may ask: open it as http://127.0.0.1 or http://localhost.\n"

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]


class LoopbackOnly:
    """An ASGI middleware before `app`: requests of pages of other hosts are refused with status 403."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand the request on, or answer it with the refusal."""
        is_request = scope["type"] in ("http", "websocket")
        if not is_request or is_own(str(scope.get("method", "GET")), scope["headers"]):
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            head = [(b"content-type", b"text/plain; charset=utf-8")]
            await send({"type": "http.response.start", "status": 403, "headers": head})
            await send({"type": "http.response.body", "body": _REFUSED})


def is_own(method: str, headers: Iterable[tuple[bytes, bytes]]) -> bool:
    """Whether a request with these headers (names in lower case) is of this machine's own pages or programs.

    Programs send neither Origin nor Sec-Fetch-Site. A link elsewhere may be followed: it only reads.
    """
    sent = {name: value.decode("latin-1") for name, value in headers}
    host = sent.get(b"host", "")
    if _name_in(f"//{host}") not in LOOPBACK_NAMES:
        return False
    origin = sent.get(b"origin")
    if origin is not None and origin != f"http://{host}":
        return False
    is_of_a_page = sent.get(b"sec-fetch-site", "none") in ("same-origin", "none")
    is_followed_link = method in READING and sent.get(b"sec-fetch-mode") == "navigate"
    return is_of_a_page or is_followed_link


def _name_in(address: str) -> str | None:
    try:
        return urlsplit(address).hostname
    except ValueError:
        return None

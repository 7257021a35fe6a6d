"""Keeps who has just signed in from being signed out by an answer that comes late."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

# Where a page of Superset tells what was done on it, also while it is left.
_LOG: Final = "/superset/log/"

WsgiApplication = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def without_late_cookies(app: WsgiApplication) -> WsgiApplication:
    """The WSGI application `app`, whose answers to a page's log set no cookie.

    The sign-in page sends its log while it is left. Superset refuses it and sets a cookie with that refusal;
    where that answer comes after the one to the password, its cookie would take the place of the session.
    """

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if environ.get("PATH_INFO") != _LOG:
            return app(environ, start_response)

        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            kept = [(name, value) for name, value in headers if name.lower() != "set-cookie"]
            return start_response(status, kept, *rest)

        return app(environ, start)

    return answer

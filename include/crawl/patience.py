"""Asking again where the server's answer suggests that it helps, and only then."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from include.crawl.answers import Answer, Trouble, is_cut_short, retry_after_s
from include.crawl.clock import Clock
from include.crawl.http import PortalClient
from include.crawl.pace import MAX_RETRY_AFTER_S

# Chosen, not measured: two more tries outlast a server that restarts; more would weigh on one in trouble.
RETRY_PAUSES_S: Final = (1.0, 3.0)


def get_patiently(client: PortalClient, clock: Clock, url: str, **options: Any) -> Answer | Trouble:
    """`client.get(url, **options)`, tried again after a 5xx or a broken connection, or when told to wait.

    An answer that stops before its end is the trouble `cut_short`; torn ones are tried again, too.
    """
    answer = _get_whole(client, url, options)
    for pause in RETRY_PAUSES_S:
        wait = _wait_before_retry(answer, pause, clock.now())
        if wait is None:
            break
        clock.sleep(wait)
        answer = _get_whole(client, url, options)
    return answer


def _get_whole(client: PortalClient, url: str, options: dict[str, Any]) -> Answer | Trouble:
    answer = client.get(url, **options)
    if isinstance(answer, Answer) and is_cut_short(answer):
        told = f"{len(answer.body)} bytes without their last tag, and no sure sign that they are all"
        return Trouble("cut_short", told, answer.status, is_torn=True)
    return answer


def _wait_before_retry(answer: Answer | Trouble, pause: float, now: datetime) -> float | None:
    if isinstance(answer, Trouble):
        return pause if answer.is_torn or answer.reason == "connection_broken" else None
    asked = retry_after_s(answer, now)
    if asked is not None:
        return max(asked, pause) if asked <= MAX_RETRY_AFTER_S else None
    return pause if answer.status >= 500 else None

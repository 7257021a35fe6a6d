"""How gunicorn serves Superset: processes that answer one request each at a time.

One at a time, since a process that keeps a DuckDB file open for one query opens the same bytes again for the
next, and two queries side by side, one after another, could keep the night before in place for ever.
"""

from __future__ import annotations

import os
import sys
import threading
from typing import Any, Final

from bi.settings import BiSettings

_settings: Final = BiSettings.from_environment()

bind = f"{_settings.host}:{_settings.port}"
workers = _settings.workers
# The threaded worker goes on while a browser has opened a connection and not used it yet; a plain one would
# stand still for it.
worker_class = "gthread"
threads = 1
timeout = _settings.seconds + 10
wsgi_app = "superset.app:create_app()"
proc_name = "sotinh-bi"
# Nobody speaks to the server itself; its socket would stand in the home folder.
control_socket_disable = True
_running: dict[int, threading.Timer] = {}


def pre_request(worker: Any, request: Any) -> None:
    """Give the request its time: DuckDB knows no limit, and a query that runs on would keep the process."""
    timer = threading.Timer(_settings.seconds, _end, [str(request.path)])
    timer.daemon = True
    _running[threading.get_ident()] = timer
    timer.start()


def post_request(worker: Any, request: Any, environ: Any, response: Any) -> None:
    """The answer is there: the time no longer counts."""
    timer = _running.pop(threading.get_ident(), None)
    if timer is not None:
        timer.cancel()


def _end(path: str) -> None:
    print(f"{path} took longer than {_settings.seconds} s: its process ends", file=sys.stderr, flush=True)
    os._exit(1)

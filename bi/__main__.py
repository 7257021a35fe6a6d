"""`make bi`: Superset on 127.0.0.1 with the dashboard of the published file, until interrupted."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

from bi.settings import LOOPBACK, BiSettings
from include.operations.processes import end_groups, interrupt_on_termination
from include.settings import PROJECT_ROOT

CONFIG: Final = Path(__file__).with_name("superset_config.py")
DASHBOARD: Final = "superset/dashboard/so-tinh/"
_START_S: Final = 180


class CannotStartError(RuntimeError):
    """Superset cannot be started; the message says why and what to do."""


def main() -> int:
    """Prepare, start, say where the dashboard is; ends with Ctrl-C, or when the server ends."""
    try:
        settings = BiSettings.from_environment()
        _require(settings)
        _prepare(settings)
    except (CannotStartError, ValueError) as problem:
        print(problem, file=sys.stderr)
        return 2
    return _serve(settings)


def _require(settings: BiSettings) -> None:
    if not settings.published.exists():
        raise CannotStartError(
            f"{settings.published} does not exist: name another DATA_DIR, or load one with `make run`"
        )
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((settings.host, settings.port))
        except OSError as error:
            raise CannotStartError(
                f"port {settings.port} on {settings.host} is taken ({error.strerror}): stop the program that"
                " holds it, or choose another with SOTINH_BI_PORT=<port> make bi"
            ) from error


def environment(settings: BiSettings) -> dict[str, str]:
    """The environment in which Superset finds its configuration, and keeps its files in `settings.folder`."""
    return os.environ | {
        "SUPERSET_CONFIG_PATH": str(CONFIG),
        "SUPERSET_HOME": str(settings.folder),
        "FLASK_APP": "superset.app:create_app()",
        "PYTHONPATH": str(PROJECT_ROOT),
        "PYTHONUNBUFFERED": "1",
    }


def _prepare(settings: BiSettings) -> None:
    settings.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    is_new = not settings.password.exists()
    print(
        f"Preparing Superset in {settings.folder} …" + (" (the first time takes minutes)" if is_new else ""),
        flush=True,
    )
    log = settings.folder / "prepare.log"
    with log.open("wb") as output:
        done = subprocess.run(
            [sys.executable, "-m", "bi.prepare"],
            check=False,
            cwd=PROJECT_ROOT,
            env=environment(settings),
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    if done.returncode != 0:
        lines = log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
        raise CannotStartError(f"Superset could not be prepared ({log}): {lines[-1] if lines else 'no word'}")
    if is_new:
        print(told_of_password(settings), flush=True)


def told_of_password(settings: BiSettings) -> str:
    """What is said of the new password: itself on this machine's terminal, and never in a container's log."""
    if settings.host != LOOPBACK:
        return f"User admin; its password is kept in {settings.password}."
    password = settings.password.read_text(encoding="ascii").strip()
    return f"User admin, password {password}\nIt is kept in {settings.password}; it is not shown again."


def _serve(settings: BiSettings) -> int:
    interrupt_on_termination()
    with (settings.folder / "server.log").open("ab") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "--config", "python:bi.gunicorn_config"],
            cwd=PROJECT_ROOT,
            env=environment(settings),
            stdout=log,
            stderr=subprocess.STDOUT,
            # A group of its own: its workers end with it, and the terminal's Ctrl-C comes once.
            start_new_session=True,
        )
    try:
        _say_when_ready(settings, server)
        code = server.wait()
        print(f"Superset ended with code {code}; see {settings.folder / 'server.log'}.", file=sys.stderr)
    except KeyboardInterrupt:
        print("\nStopping …")
        return 0
    finally:
        end_groups([server])
    return 1


def _say_when_ready(settings: BiSettings, server: subprocess.Popen[bytes]) -> None:
    address = f"http://127.0.0.1:{settings.port}"
    deadline = time.monotonic() + _START_S
    while server.poll() is None and time.monotonic() < deadline:
        if _answers(settings.port):
            print(f"{address}/{DASHBOARD} (user admin, Ctrl-C ends it)", flush=True)
            return
        time.sleep(1)
    if server.poll() is None:
        print(f"{address} does not answer yet; it goes on, see its log.", file=sys.stderr)


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/health")
        return connection.getresponse().status == http.client.OK
    except OSError:
        return False
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(main())

"""A Superset of its own for the tests: started as `make bi` starts it, asked as a program asks it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from include.settings import PROJECT_ROOT

# The most rows that this Superset gives, and the seconds that a request may take.
ROWS = 1_000
SECONDS = 40
_START_S = 420


@dataclass(frozen=True, slots=True)
class Superset:
    """One that runs: where it answers, where it keeps its own, and what it printed when it started."""

    address: str
    port: int
    folder: Path
    printed: tuple[str, ...]

    @property
    def password(self) -> str:
        return (self.folder / "admin_password").read_text(encoding="ascii").strip()

    @contextmanager
    def client(self) -> Iterator[httpx.Client]:
        """Signed in as admin, for the REST API."""
        with httpx.Client(base_url=self.address, timeout=SECONDS + 60, trust_env=False) as client:
            answer = client.post(
                "/api/v1/security/login",
                json={"username": "admin", "password": self.password, "provider": "db", "refresh": False},
            )
            answer.raise_for_status()
            client.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"
            client.headers["Referer"] = self.address
            token = client.get("/api/v1/security/csrf_token/")
            client.headers["X-CSRFToken"] = token.json()["result"]
            yield client


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


@contextmanager
def started(data_dir: Path, python: str) -> Iterator[Superset]:
    """`python -m bi` on `data_dir`, until the block ends; fails with its words where it does not start."""
    port = free_port()
    process = subprocess.Popen(
        [python, "-m", "bi"],
        cwd=PROJECT_ROOT,
        env=os.environ
        | {
            "PYTHONPATH": str(PROJECT_ROOT),
            "PYTHONUNBUFFERED": "1",
            "SOTINH_DATA_DIR": str(data_dir),
            "SOTINH_BI_PORT": str(port),
            "SOTINH_BI_ROWS": str(ROWS),
            "SOTINH_BI_SECONDS": str(SECONDS),
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    overdue = threading.Timer(_START_S, process.kill)
    overdue.start()
    assert process.stdout is not None
    printed = []
    try:
        for line in process.stdout:
            printed.append(line.rstrip("\n"))
            if "Ctrl-C ends it" in line:
                break
        else:
            raise AssertionError("\n".join(printed))
        overdue.cancel()
        yield Superset(f"http://127.0.0.1:{port}", port, data_dir / "bi", tuple(printed))
    finally:
        overdue.cancel()
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=60)


def sql(client: httpx.Client, statement: str, *, limit: int | None = None) -> dict[str, Any]:
    """What SQL Lab answers; `errors` in it where it refuses."""
    answer = client.post(
        "/api/v1/sqllab/execute/",
        json={
            "database_id": database_id(client),
            "sql": statement,
            "runAsync": False,
            "schema": "marts",
            "queryLimit": limit,
        },
    )
    found: dict[str, Any] = answer.json()
    assert ("errors" in found) == (answer.status_code != 200), answer.text
    return found


def database_id(client: httpx.Client) -> int:
    listed = client.get("/api/v1/database/", params={"q": "(page_size:100)"}).json()["result"]
    (found,) = [one["id"] for one in listed if one["database_name"] == "Sotinh"]
    return int(found)


def ids_by_name(client: httpx.Client, kind: str, name: str) -> dict[str, int]:
    """Numbers of all `kind` (chart, dataset) by the value of their field `name`."""
    listed = client.get(f"/api/v1/{kind}/", params={"q": "(page_size:100)"}).json()["result"]
    return {one[name]: one["id"] for one in listed}


def answer_of(client: httpx.Client, chart: int) -> list[dict[str, Any]]:
    """The rows of a chart's stored question; fails with Superset's words where there is an error."""
    answer = client.get(f"/api/v1/chart/{chart}/data/")
    assert answer.status_code == 200, answer.text
    (result,) = answer.json()["result"]
    assert result["error"] is None, result["error"]
    rows: list[dict[str, Any]] = result["data"]
    return rows

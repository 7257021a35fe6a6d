"""`make up`: Airflow with its UI and schedules on 127.0.0.1, until interrupted.

Three processes rather than `airflow standalone`: that one's log server listens on every
interface, and here the UI reads the log files itself.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from include.operations.airflow_environment import airflow_environment
from include.operations.processes import end_groups, interrupt_on_termination
from include.operations.runbook import page_of_error, shown
from include.operations.samples import (
    SamplesMixedError,
    SamplesNotServedError,
    keep_apart,
    sample_ids,
    served_samples,
)
from include.portals.registry import RegistryError, load_registry
from include.settings import PROJECT_ROOT, Settings
from include.vocabulary import load_vocabulary
from include.warehouse.database import WarehouseLockedError
from include.warehouse.ledger import landed_sources


class PortTakenError(RuntimeError):
    """Another program listens on the port of the UI; the message says which."""


CANNOT_START = (
    RegistryError,
    SamplesNotServedError,
    SamplesMixedError,
    WarehouseLockedError,
    PortTakenError,
    OSError,
)
PROCESSES = (("api-server",), ("scheduler", "--skip-serve-logs"), ("dag-processor",))


def main() -> int:
    """Start the processes, say when the UI answers, stop them all on Ctrl-C or when one ends."""
    port = int(os.environ.get("SOTINH_PORT") or 8080)
    try:
        require_free(port)
        settings = Settings.from_environment()
        held = landed_sources(settings.warehouse)
        with _samples_of(settings.data_dir, held) as registry_file:
            if registry_file is not None:
                os.environ["SOTINH_PORTALS"] = str(registry_file)
                settings = Settings.from_environment()
            registry = load_registry(settings.registry, load_vocabulary().provinces)
            keep_apart(settings.data_dir, held, {portal.id for portal in registry.portals})
            return _serve(settings, port, len(registry.portals))
    except CANNOT_START as problem:
        page = shown(page_of_error(type(problem).__name__, str(problem)))
        print(f"{problem}\nWhat to do: {page}", file=sys.stderr)
        return 2


@contextmanager
def _samples_of(data_dir: Path, held: Collection[str]) -> Iterator[Path | None]:
    """Serve the samples where the folder holds them and no registry is named; yields their registry file."""
    if os.environ.get("SOTINH_PORTALS") or sample_ids().isdisjoint(held):
        yield None
        return
    with served_samples(data_dir / "runs") as (registry, count):
        print(f"{data_dir} holds the samples: serving {count} sample portals on 127.0.0.1.", flush=True)
        yield registry


def require_free(port: int) -> None:
    """Raise PortTakenError where a program listens on the port of the UI already."""
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(("127.0.0.1", port))
        except OSError as error:
            raise PortTakenError(
                f"port {port} on 127.0.0.1 is taken ({error.strerror}): stop the program that holds it,"
                " or choose another with SOTINH_PORT=<port> make up"
            ) from error


def _serve(settings: Settings, port: int, portals: int) -> int:
    environment = os.environ | airflow_environment(settings, port=port)
    print(f"Preparing Airflow in {settings.data_dir / 'airflow'} …", flush=True)
    subprocess.run(
        [sys.executable, "-m", "include.operations.airflow_metadata"],
        check=True,
        cwd=PROJECT_ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
    )
    interrupt_on_termination()
    children = _start(environment, settings.data_dir / "airflow" / "processes")
    try:
        _say_when_ready(port, portals, children)
        return _watch(children)
    except KeyboardInterrupt:
        print("\nStopping …")
        return 0
    finally:
        end_groups(list(children.values()))


def _start(environment: dict[str, str], log_folder: Path) -> dict[str, subprocess.Popen[bytes]]:
    log_folder.mkdir(parents=True, exist_ok=True)
    children: dict[str, subprocess.Popen[bytes]] = {}
    for words in PROCESSES:
        with (log_folder / f"{words[0]}.log").open("wb") as log:
            children[words[0]] = subprocess.Popen(  # noqa: S603 - fixed words
                [sys.executable, "-m", "airflow", *words],
                cwd=PROJECT_ROOT,
                env=environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                # A group of its own: its workers end with it, and the terminal's Ctrl-C comes once.
                start_new_session=True,
            )
    return children


def _say_when_ready(port: int, portals: int, children: dict[str, subprocess.Popen[bytes]]) -> None:
    url = f"http://127.0.0.1:{port}"
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and all(child.poll() is None for child in children.values()):
        try:
            httpx.get(f"{url}/api/v2/version", timeout=2, trust_env=False).raise_for_status()
        except httpx.HTTPError:
            time.sleep(1)
        else:
            print(f"Airflow answers on {url} ({portals} portals registered). Ctrl-C stops it.", flush=True)
            return
    if time.monotonic() >= deadline:
        print(f"{url} does not answer yet; the processes go on, see their logs.", file=sys.stderr)


def _watch(children: dict[str, subprocess.Popen[bytes]]) -> int:
    """Wait until one of the processes ends; that is a failure of the whole."""
    while True:
        for name, child in children.items():
            code = child.poll()
            if code is not None:
                print(f"airflow {name} ended with code {code}; see its log.", file=sys.stderr)
                return 1
        time.sleep(1)


if __name__ == "__main__":
    sys.exit(main())

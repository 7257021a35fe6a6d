"""`make up`: Airflow with its UI and schedules on 127.0.0.1, until interrupted.

Three processes rather than `airflow standalone`: that one's log server listens on every
interface, and here the UI reads the log files itself.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType

import httpx

from include.operations.airflow_environment import airflow_environment
from include.portals.registry import RegistryError, load_registry
from include.settings import PROJECT_ROOT, Settings
from include.vocabulary import load_vocabulary

PROCESSES = (("api-server",), ("scheduler", "--skip-serve-logs"), ("dag-processor",))


def main() -> int:
    """Start the processes, say when the UI answers, stop them all on Ctrl-C or when one ends."""
    settings = Settings.from_environment()
    port = int(os.environ.get("SOTINH_PORT") or 8080)
    try:
        registry = load_registry(settings.registry, load_vocabulary().provinces)
    except (RegistryError, OSError) as problem:
        print(problem, file=sys.stderr)
        return 2
    environment = os.environ | airflow_environment(settings, port=port)
    print(f"Preparing Airflow in {settings.data_dir / 'airflow'} …", flush=True)
    subprocess.run(
        [sys.executable, "-m", "include.operations.airflow_metadata"],
        check=True,
        cwd=PROJECT_ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
    )
    signal.signal(signal.SIGTERM, _interrupt)
    children = _start(environment, settings.data_dir / "airflow" / "processes")
    try:
        _say_when_ready(port, len(registry.portals))
        return _watch(children)
    except KeyboardInterrupt:
        print("\nStopping …")
        return 0
    finally:
        _stop(children)


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


def _interrupt(signum: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _say_when_ready(port: int, portals: int) -> None:
    url = f"http://127.0.0.1:{port}"
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        try:
            httpx.get(f"{url}/api/v2/version", timeout=2, trust_env=False).raise_for_status()
        except httpx.HTTPError:
            time.sleep(1)
        else:
            print(f"Airflow answers on {url} ({portals} portals registered). Ctrl-C stops it.", flush=True)
            return
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


def _stop(children: dict[str, subprocess.Popen[bytes]]) -> None:
    """End every process. A second Ctrl-C would leave some of them running, so it is not heard."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    for child in children.values():
        child.terminate()
    for child in children.values():
        try:
            child.wait(timeout=20)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)


if __name__ == "__main__":
    sys.exit(main())

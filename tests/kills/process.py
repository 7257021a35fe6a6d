"""A stage in a process that leads a group of its own, killed with all that it has started.

The processes are forked from a server that has imported the product and done nothing else, so that a kill
costs no second import. SIGKILL goes to the whole group: dbt and the workers that clean pages end with it.
"""

from __future__ import annotations

import os
import signal
import sys
import time
import traceback
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Final, Literal

from include.crash_points import CRASH_EXIT_CODE
from tests.kills.night import Order, run_stage

CONTEXT: Final = get_context("forkserver")
CONTEXT.set_forkserver_preload(["tests.kills.night"])
# Of the slowest stage, dbt's build, on a machine with much else to do: ten minutes were not enough.
LONGEST_STAGE_S: Final = 3600


@dataclass(frozen=True, slots=True)
class Ended:
    """How a stage ended. result: what it returned, or what was wrong; seconds: from its start."""

    how: Literal["done", "killed", "failed"]
    result: Any
    seconds: float


def run(order: Order, *, kill_after: float | None = None) -> Ended:
    """Run a stage; kill_after: seconds from its start to SIGKILL, unless it has ended before."""
    ours, theirs = CONTEXT.Pipe()
    process = CONTEXT.Process(target=_main, args=(order, theirs))
    process.start()
    theirs.close()
    if not ours.poll(60) or ours.recv() != "ready":
        raise RuntimeError(f"{order.stage} did not start")
    started = time.monotonic()
    answered = ours.poll(LONGEST_STAGE_S if kill_after is None else kill_after)
    seconds = time.monotonic() - started
    if not answered:
        os.killpg(process.pid, signal.SIGKILL)
    answer = _answer_of(ours)
    process.join()
    _wait_for_group(process.pid)
    if answer is not None:
        return Ended(answer[0], answer[1], seconds)
    if process.exitcode in (-signal.SIGKILL, CRASH_EXIT_CODE):
        return Ended("killed", None, seconds)
    return Ended("failed", f"ended with code {process.exitcode}", seconds)


def _answer_of(pipe: Connection) -> tuple[Literal["done", "failed"], Any] | None:
    """What the stage has said; None where it ended without a word. It may have said it just before a kill."""
    try:
        return pipe.recv() if pipe.poll(LONGEST_STAGE_S) else None
    except (EOFError, ConnectionResetError):
        return None


def _main(order: Order, pipe: Connection) -> None:
    os.setsid()
    log = os.open(order.data_dir.parent / "stages.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for stream in (sys.stdout.fileno(), sys.stderr.fileno()):
        os.dup2(log, stream)
    if order.crash_at:
        os.environ["SOTINH_CRASH_AT"] = order.crash_at
    pipe.send("ready")
    try:
        answer = ("done", run_stage(order))
    except BaseException:  # noqa: BLE001 - whatever it was is told to who started the stage
        answer = ("failed", traceback.format_exc())
    pipe.send(answer)


def _wait_for_group(group: int) -> None:
    """Until no process of the group is alive, also none that its leader has left behind."""
    deadline = time.monotonic() + 60
    while _living(group):
        if time.monotonic() > deadline:
            raise RuntimeError(f"processes of group {group} outlive SIGKILL")
        time.sleep(0.005)


def _living(group: int) -> bool:
    """Whether a process of the group is there and no zombie."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            _, _, rest = stat.read_text(encoding="ascii", errors="replace").rpartition(") ")
        except (FileNotFoundError, ProcessLookupError):
            continue
        state, _, found, *_ = rest.split(" ")
        if int(found) == group and state != "Z":
            return True
    return False

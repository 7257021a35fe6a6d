"""The run ledger as a file: every stage writes here, whether or not it may open the warehouse.

`DATA_DIR/ops/stage_runs.jsonl` only grows, two lines a stage: `started` before its work, `ended` after
it, each down on the disk before the stage goes on. While a stage runs it holds the lock of
`running/<stage_run_id>`, which the system lets go of however its process ends; a started line without
an ended one whose lock nobody holds was killed. A line that a kill tore is skipped: a stage whose
`started` is torn had not begun, one whose `ended` is torn counts as killed.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from include.stage_runs import StageRun

JOURNAL_FOLDER: Final = "ops"
JOURNAL_FILE: Final = "stage_runs.jsonl"
RUNNING_FOLDER: Final = "running"
FOUND_UNFINISHED: Final = "found_unfinished"


def append_line(folder: Path, line: Mapping[str, Any]) -> None:
    """Append one line to the journal in `folder`, whole and on the disk when this returns.

    A torn line that a kill or a full disk left is closed first. Raises OSError.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / JOURNAL_FILE).open("ab+") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        text = json.dumps(line, ensure_ascii=False) + "\n"
        if stream.seek(0, os.SEEK_END):
            stream.seek(-1, os.SEEK_END)
            text = text if stream.read(1) == b"\n" else f"\n{text}"
        stream.write(text.encode())
        stream.flush()
        os.fsync(stream.fileno())


def append_missing(folder: Path, lines: Iterable[Mapping[str, Any]]) -> None:
    """Append those of `lines`, which another machine's journal had, that the journal in `folder` lacks."""
    held = {(line["event"], line["stage_run_id"]) for line in read_lines(folder)}
    for line in lines:
        told = (line["event"], line["stage_run_id"])
        # A worker that fetched and cleaned hands its first lines in twice.
        if told not in held:
            append_line(folder, line)
            held.add(told)


def read_lines(folder: Path) -> list[dict[str, Any]]:
    """The journal's whole lines, oldest first; empty where there is no journal yet."""
    path = folder / JOURNAL_FILE
    if not path.exists():
        return []
    lines: list[dict[str, Any]] = []
    for text in path.read_bytes().split(b"\n"):
        try:
            line = json.loads(text)
        except ValueError:
            continue
        if isinstance(line, dict) and {"event", "stage_run_id"} <= line.keys():
            lines.append(line)
    return lines


@contextmanager
def running(folder: Path, stage_run_id: str) -> Iterator[None]:
    """Hold the lock that says that this stage runs."""
    path = folder / RUNNING_FOLDER / stage_run_id
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            yield
        finally:
            path.unlink(missing_ok=True)


def is_running(folder: Path, stage_run_id: str) -> bool:
    """Whether the process that runs this stage is alive."""
    try:
        with (folder / RUNNING_FOLDER / stage_run_id).open("r") as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False


def unfinished(folder: Path) -> list[dict[str, Any]]:
    """The `started` lines of stages that did not end and whose process is gone."""
    lines = read_lines(folder)
    ended = {line["stage_run_id"] for line in lines if line["event"] == "ended"}
    return [
        line
        for line in lines
        if line["event"] == "started"
        and line["stage_run_id"] not in ended
        and not is_running(folder, line["stage_run_id"])
    ]


def close_unfinished(folder: Path) -> int:
    """Write down as killed what `unfinished` finds; returns how many there were."""
    dead = unfinished(folder)
    for line in dead:
        append_line(
            folder,
            {
                "event": "ended",
                "stage_run_id": line["stage_run_id"],
                "outcome": "killed",
                "reason": FOUND_UNFINISHED,
                "message": "the process ended without a word: killed, out of memory, or the machine stopped",
            },
        )
        (folder / RUNNING_FOLDER / line["stage_run_id"]).unlink(missing_ok=True)
    return len(dead)


def ended_runs(folder: Path) -> list[StageRun]:
    """Every stage that has ended, in the order of their starts; of two verdicts on one the first holds."""
    started: dict[str, dict[str, Any]] = {}
    runs: dict[str, StageRun] = {}
    for line in read_lines(folder):
        key = line["stage_run_id"]
        if line["event"] == "started":
            started.setdefault(key, line)
        elif key in started and key not in runs:
            runs[key] = _stage_run(started[key], line)
    return sorted(runs.values(), key=lambda run: (run.started_at, run.stage_run_id))


def _stage_run(start: Mapping[str, Any], end: Mapping[str, Any]) -> StageRun:
    finished = end.get("finished_at")
    return StageRun(
        stage_run_id=start["stage_run_id"],
        stage=start["stage"],
        outcome=end["outcome"],
        reason=end.get("reason"),
        message=end.get("message"),
        dag_id=start.get("dag_id"),
        dag_run_id=start.get("dag_run_id"),
        try_number=start.get("try_number"),
        run_id=start.get("run_id"),
        batch_ids=tuple(end.get("batch_ids") or start.get("batch_ids") or ()),
        started_at=datetime.fromisoformat(start["started_at"]),
        finished_at=datetime.fromisoformat(finished) if finished else None,
        seconds=end.get("seconds"),
        items_in=end.get("items_in"),
        items_out=end.get("items_out"),
        detail=json.dumps(end["detail"], ensure_ascii=False) if end.get("detail") else None,
    )

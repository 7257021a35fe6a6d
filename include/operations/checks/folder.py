"""The data folder: room, rights, locks, batches and what killed runs left in it."""

from __future__ import annotations

import fcntl
import json
import shutil
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from include.contract import PUBLISHED_FILE
from include.operations.checks.finding import Finding
from include.operations.runbook import page_of_state
from include.settings import Settings
from include.warehouse.land import DAMAGED_FOLDER, MARKER, REASON_FILE

# A night of forty portals writes some 200 MB; a build copies the warehouse once and the release twice.
LEAST_FREE: Final = 2_000_000_000
COPIES_OF_A_BUILD: Final = 3
NETWORK_FILE_SYSTEMS: Final = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "fuse.sshfs", "fuse.s3fs", "fuse.rclone", "afs", "ceph"}
)
CLOCKS_APART: Final = timedelta(minutes=5)
WAITED_TOO_LONG: Final = timedelta(hours=48)


def free_space(settings: Settings) -> Finding:
    """Whether the disk has room for the next nights."""
    return judge_space(settings, shutil.disk_usage(_existing(settings.data_dir)).free)


def judge_space(settings: Settings, free: int) -> Finding:
    """The finding on `free` bytes beside what the folder holds now."""
    files = [path for path in (settings.warehouse, settings.published) if isinstance(path, Path)]
    sizes = [path.stat().st_size for path in files if path.exists()]
    needed = LEAST_FREE + COPIES_OF_A_BUILD * sum(sizes)
    told = f"{free / 1e9:.1f} GB free, {needed / 1e9:.1f} GB wanted"
    if free >= needed:
        return Finding("disk", "ok", told)
    todo = "Free some room: the oldest folders of landing/ can be moved to another disk."
    return Finding("disk", "fail" if free < LEAST_FREE / 4 else "warn", told, todo, page_of_state("disk"))


def writable(settings: Settings) -> Finding:
    """Whether the folder can be written, and locks hold in it."""
    folder = _existing(settings.data_dir)
    try:
        with tempfile.NamedTemporaryFile(dir=folder, prefix=".doctor-") as trial:
            fcntl.flock(trial, fcntl.LOCK_EX | fcntl.LOCK_NB)
            with Path(trial.name).open("rb") as other:
                holds = not _can_lock(other.fileno())
    except OSError as problem:
        todo = f"Give this user the right to write {folder}, or name another folder with DATA_DIR."
        return Finding("data folder", "fail", f"cannot be written: {problem}", todo, page_of_state("disk"))
    return judge_locks(folder, holds=holds, system=file_system_of(folder))


def judge_locks(folder: Path, *, holds: bool, system: str) -> Finding:
    """The finding on a folder whose locks hold or not, on a file system of that name."""
    if not holds:
        todo = "Name a folder on a disk of this machine with DATA_DIR: without locks two runs write at once."
        return Finding(
            "data folder", "fail", f"{folder}: file locks do not hold", todo, page_of_state("warehouse")
        )
    if system in NETWORK_FILE_SYSTEMS:
        todo = "Name a folder on a disk of this machine with DATA_DIR: a network may break DuckDB's locks."
        return Finding("data folder", "warn", f"{folder} is on {system}", todo, page_of_state("warehouse"))
    return Finding("data folder", "ok", f"{folder} can be written, locks hold ({system or 'unknown'})")


def file_system_of(folder: Path, mounts: Path = Path("/proc/mounts")) -> str:
    """Name of the file system that holds `folder`; empty where the system does not tell."""
    if not mounts.exists():
        return ""
    found = ("", "")
    for line in mounts.read_text(encoding="utf-8", errors="replace").splitlines():
        _, point, kind, *_ = line.split(" ")
        point = point.replace("\\040", " ")
        if folder.resolve().is_relative_to(point) and len(point) >= len(found[0]):
            found = (point, kind)
    return found[1]


def batches(settings: Settings) -> Finding:
    """Whether every batch folder is whole, and none waits too long or was set aside."""
    damaged = sorted(path.name for path in (settings.landing / DAMAGED_FOLDER).glob("*") if path.is_dir())
    if damaged:
        told = f"set aside: {', '.join(damaged[:3])}; {REASON_FILE} in each says why"
        todo = f"Look at {settings.landing / DAMAGED_FOLDER}, mend or remove what is there."
        return Finding("batches", "warn", told, todo, page_of_state("damaged_batches"))
    odd = [text for folder in _batch_folders(settings) if (text := _trouble_of(folder, datetime.now(UTC)))]
    if odd:
        todo = "`make run` takes up what waits; one without discovered.jsonl is left over and can be removed."
        return Finding("batches", "warn", "; ".join(odd[:3]), todo, page_of_state("damaged_batches"))
    return Finding("batches", "ok", f"{len(_batch_folders(settings))} batches, all whole")


def _trouble_of(folder: Path, now: datetime) -> str | None:
    try:
        header = json.loads((folder / "batch.json").read_text(encoding="utf-8"))
        started = datetime.fromisoformat(header["started_at"])
    except (OSError, ValueError, KeyError, TypeError) as problem:
        return f"{folder.name}: batch.json cannot be read ({type(problem).__name__})"
    if (folder / MARKER).exists():
        return None
    age = now - started
    if age < WAITED_TOO_LONG:
        return None
    missing = next(
        (
            name
            for name in ("discovered.jsonl", "fetched.done", "cleaned.parquet")
            if not (folder / name).exists()
        ),
        MARKER,
    )
    return f"{folder.name} waits for {age.days} days, without {missing}"


def clock(settings: Settings) -> Finding:
    """Whether the machine's clock is not before what it has written itself."""
    return judge_clock(settings, datetime.now(UTC))


def judge_clock(settings: Settings, now: datetime) -> Finding:
    """The finding on a clock that shows `now`."""
    for folder in reversed(_batch_folders(settings)):
        try:
            header = json.loads((folder / "batch.json").read_text(encoding="utf-8"))
            started = datetime.fromisoformat(header["started_at"])
        except (OSError, ValueError, KeyError, TypeError):
            continue  # told by `batches`
        if started > now + CLOCKS_APART:
            todo = "Set the clock (timedatectl): batches of the past would look newer than tonight's."
            told = f"it is {now:%Y-%m-%d %H:%M} UTC here, before the batch {folder.name}"
            return Finding("clock", "fail", told, todo, page_of_state("environment"))
    return Finding("clock", "ok", f"{now:%Y-%m-%d %H:%M} UTC")


def leftovers(settings: Settings) -> Finding:
    """Files that a killed run left aside; the next run removes or replaces them."""
    folder = settings.data_dir
    found = [
        *folder.glob(f".{PUBLISHED_FILE.split('.')[0]}.*.duckdb*"),
        *settings.releases.glob(".*"),
        *folder.glob(".*.part"),
        *settings.landing.glob("*/*.part"),
        *settings.landing.glob("*/.*.part"),
    ]
    if not found:
        return Finding("leftovers", "ok", "none")
    told = f"{len(found)} left by a killed run: {', '.join(sorted(path.name for path in found)[:3])}"
    todo = "Nothing, if a run works now; else the next publish removes them, or remove them by hand."
    return Finding("leftovers", "warn", told, todo, page_of_state("killed"))


def _batch_folders(settings: Settings) -> list[Path]:
    if not settings.landing.is_dir():
        return []
    return sorted(
        path for path in settings.landing.iterdir() if path.is_dir() and path.name != DAMAGED_FOLDER
    )


def _existing(folder: Path) -> Path:
    """The folder, or the nearest one above it that is there: a first run makes the rest."""
    return next(path for path in (folder, *folder.parents) if path.exists())


def _can_lock(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True

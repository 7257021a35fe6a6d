"""Python, its packages and its time zones."""

from __future__ import annotations

import sys
from datetime import datetime, timedelta
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from packaging.requirements import InvalidRequirement, Requirement

from include.operations.checks.finding import Finding
from include.operations.runbook import page_of_state
from include.settings import PROJECT_ROOT, Settings

SUPPORTED: Final = ((3, 11), (3, 13))
LOCK: Final = PROJECT_ROOT / "requirements.lock"
SHOWN: Final = 5


def python_version(settings: Settings) -> Finding:
    """Whether this interpreter is one that the project is tested on."""
    return judge_python(sys.version_info[:2])


def judge_python(found: tuple[int, int]) -> Finding:
    """The finding on an interpreter's version."""
    told = f"Python {found[0]}.{found[1]}"
    if SUPPORTED[0] <= found <= SUPPORTED[1]:
        return Finding("python", "ok", told)
    todo = "Install Python 3.11, 3.12 or 3.13, then `make clean` and `make setup`."
    return Finding("python", "fail", f"{told} is not supported", todo, page_of_state("environment"))


def packages(settings: Settings) -> Finding:
    """Whether the environment holds exactly the locked versions."""
    return judge_packages(LOCK)


def judge_packages(lock: Path) -> Finding:
    """The finding on the packages that a lock file names for this interpreter and system."""
    wanted = locked(lock)
    wrong = []
    for name, pinned in wanted.items():
        try:
            found = version(name)
        except PackageNotFoundError:
            wrong.append(f"{name} is missing")
            continue
        if found != pinned:
            wrong.append(f"{name} is {found}, not {pinned}")
    if not wrong:
        return Finding("packages", "ok", f"all {len(wanted)} packages are as {lock.name} says")
    told = "; ".join(wrong[:SHOWN]) + (f"; {len(wrong) - SHOWN} more" if len(wrong) > SHOWN else "")
    # Make sees only that the lock did not change, so the stamp has to go first.
    todo = "Remove .venv/.runtime, then `make setup`."
    return Finding("packages", "fail", told, todo, page_of_state("environment"))


def locked(lock: Path) -> dict[str, str]:
    """Versions by package of a hash-locked file, those of other systems left out."""
    found: dict[str, str] = {}
    for line in lock.read_text(encoding="utf-8").splitlines():
        text = line.split(" \\")[0].strip()
        if not text or text.startswith(("#", "-")):
            continue
        try:
            requirement = Requirement(text)
        except InvalidRequirement:
            continue
        if requirement.marker is None or requirement.marker.evaluate():
            found[requirement.name] = str(requirement.specifier).removeprefix("==")
    return found


def time_zones(settings: Settings) -> Finding:
    """Whether Vietnam's time is known here: nights start by it, and dates of captures are in it."""
    return judge_zone("Asia/Ho_Chi_Minh")


def judge_zone(name: str) -> Finding:
    """The finding on the time zone `name`, which must be seven hours ahead of UTC."""
    try:
        offset = datetime(2026, 1, 1, tzinfo=ZoneInfo(name)).utcoffset()
    except (ZoneInfoNotFoundError, ValueError):
        offset = None
    if offset == timedelta(hours=7):
        return Finding("time zones", "ok", f"{name} is known")
    todo = "Install the system's time zones (tzdata), or `make setup` again."
    return Finding("time zones", "fail", f"{name} is not known here", todo, page_of_state("environment"))

"""The hash-locked files: what they pin, and where they would let anything else in.

Form: what `uv pip compile --generate-hashes` writes, the requirements format of pip
(https://pip.pypa.io/en/stable/reference/requirements-file-format/).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from audit.finding import Finding

_PIN: Final = re.compile(r"(?P<name>[A-Za-z0-9][A-Za-z0-9._-]*)(?:\[[^\]]*\])?==(?P<version>[^\s;\\]+)")
_HASH: Final = re.compile(r"--hash=(\S+)")
_SHA256: Final = re.compile(r"sha256:[0-9a-f]{64}")
_DIRECT: Final = re.compile(r"^(?P<name>[A-Za-z0-9][A-Za-z0-9._-]*)", re.M)


@dataclass(frozen=True, slots=True, order=True)
class Locked:
    """One pinned package. hashes: "sha256:…" of each file of that release; where: lock and line."""

    name: str
    version: str
    hashes: tuple[str, ...]
    where: str


def normal_name(name: str) -> str:
    """A package's name in its one spelling (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def read_locks(root: Path) -> tuple[list[Locked], list[Finding]]:
    """All pins of the locks in `root`, and what is wrong with them; a folder without locks is a finding."""
    locks = sorted(root.glob("requirements*.lock"))
    if not locks:
        return [], [Finding("lock", "none", str(root), "there is no requirements*.lock: nothing is locked")]
    pins: list[Locked] = []
    findings: list[Finding] = []
    for lock in locks:
        found, wrong = _read(lock)
        pins += found
        findings += [*wrong, *_left_out(lock, {pin.name for pin in found})]
    return pins, findings


def _read(lock: Path) -> tuple[list[Locked], list[Finding]]:
    pins: list[Locked] = []
    findings: list[Finding] = []
    for number, line in _requirements(lock.read_text(encoding="utf-8")):
        where = f"{lock.name}:{number}"
        pin = _PIN.match(line)
        hashes = tuple(_HASH.findall(line))
        if pin is None:
            told = f"{line[:80]!r} is no pin (name==version): it would install whatever is there"
            findings.append(Finding("lock", line.split()[0], where, told))
            continue
        name = normal_name(pin["name"])
        pins.append(Locked(name, pin["version"], hashes, where))
        if not hashes or not all(_SHA256.fullmatch(one) for one in hashes):
            told = f"{name} {pin['version']} has no sha256 for each of its files; run `make lock`"
            findings.append(Finding("lock", name, where, told))
        if "://" in line:
            findings.append(Finding("lock", name, where, f"{name} names a host of its own"))
    return pins, findings


def _requirements(text: str) -> Iterator[tuple[int, str]]:
    """Logical lines with the number of their first: joined at backslashes, without comments."""
    parts: list[str] = []
    first = 0
    for number, line in enumerate(text.splitlines(), start=1):
        plain = re.sub(r"(^|\s)#.*", "", line).strip()
        if not parts:
            first = number
        parts.append(plain.removesuffix("\\").strip())
        if not plain.endswith("\\"):
            whole = " ".join(part for part in parts if part)
            parts = []
            if whole:
                yield first, whole


def _left_out(lock: Path, locked: set[str]) -> Iterator[Finding]:
    """Requirements of the .txt beside a lock that the lock does not hold: it is older than they are."""
    source = lock.with_suffix(".txt")
    if not source.exists():
        return
    for match in _DIRECT.finditer(source.read_text(encoding="utf-8")):
        name = normal_name(match["name"])
        if name not in locked:
            told = f"{name} stands in {source.name} and not in the lock; run `make lock`"
            yield Finding("lock", name, lock.name, told)

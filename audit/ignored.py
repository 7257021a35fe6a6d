"""What is known and passed over for a time: ignored.yml, each entry with its reason and its last day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

import yaml

from audit.finding import KINDS, Finding

FILE: Final = Path(__file__).with_name("ignored.yml")
_KEYS: Final = {"kind", "key", "reason", "until"}


@dataclass(frozen=True, slots=True)
class Ignored:
    """kind, key: of the findings passed over; until: the last day on which they are."""

    kind: str
    key: str
    reason: str
    until: date


class IgnoredFileError(ValueError):
    """The file cannot be used; the message names the entry and what is wrong with it."""


def read_ignored(path: Path) -> list[Ignored]:
    """The entries of the file. Raises IgnoredFileError, yaml.YAMLError and OSError."""
    entries: Any = yaml.safe_load(path.read_text(encoding="utf-8")) or []
    return [_entry(number, entry, path) for number, entry in enumerate(entries, start=1)]


def _entry(number: int, entry: Any, path: Path) -> Ignored:
    if not isinstance(entry, dict) or set(entry) != _KEYS:
        raise IgnoredFileError(f"{path.name}: entry {number}: wanted {', '.join(sorted(_KEYS))} and no more")
    if entry["kind"] not in KINDS:
        raise IgnoredFileError(f"{path.name}: entry {number}: kind is none of {', '.join(KINDS)}")
    if not isinstance(entry["until"], date):
        raise IgnoredFileError(f"{path.name}: entry {number}: until is no day, such as 2027-05-31")
    if not str(entry["reason"] or "").strip():
        raise IgnoredFileError(f"{path.name}: entry {number}: the reason is missing")
    return Ignored(entry["kind"], str(entry["key"]), str(entry["reason"]), entry["until"])


def without_ignored(
    findings: Iterable[Finding], ignored: Iterable[Ignored], today: date
) -> Iterator[Finding]:
    """The findings that no entry passes over, and one for each entry that is past its day."""
    known = list(ignored)
    valid = {(one.kind, one.key) for one in known if today <= one.until}
    yield from (one for one in findings if (one.kind, one.key) not in valid)
    for one in known:
        if today > one.until:
            told = f"{one.kind} {one.key} was passed over until {one.until}: look again ({one.reason})"
            yield Finding("ignored", one.key, FILE.name, told)

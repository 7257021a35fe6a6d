"""The invented reports of meeting_pairs.yml, as records."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).with_name("meeting_pairs.yml")


@dataclass(frozen=True, slots=True)
class Told:
    """One report; after: days from the meeting's day to publication, null where the page tells none."""

    body: str
    title: str | None = None
    after: int | None = 0


@dataclass(frozen=True, slots=True)
class Case:
    """Reports to be told together or apart, in the order in which they arrive; fields as in the file."""

    name: str
    groups: str
    told: tuple[Told, ...]
    joined_by: tuple[str, ...] = ()
    turned: str | None = None


def _case(row: dict[str, Any]) -> Case:
    told = tuple(Told(**one) for one in row["told"])
    return Case(row["name"], row["groups"], told, tuple(row.get("joined_by", ())), row.get("turned"))


def _cases(kind: str) -> tuple[Case, ...]:
    return tuple(map(_case, yaml.safe_load(FILE.read_text(encoding="utf-8"))[kind]))


SAME = _cases("same")
NEAR = _cases("near")
DIFFERENT = _cases("different")
CASES = (*SAME, *NEAR, *DIFFERENT)

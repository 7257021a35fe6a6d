"""What a check of the doctor says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from include.settings import Settings

State = Literal["ok", "warn", "fail"]


@dataclass(frozen=True, slots=True)
class Finding:
    """check: its name; state: `fail` stops nights, `warn` wants a look; told: what is so; todo: what to do,
    and page: of the runbook, both null where all is well.
    """

    check: str
    state: State
    told: str
    todo: str | None = None
    page: str | None = None


# A check looks and changes nothing.
CheckFunction = Callable[[Settings], Finding]

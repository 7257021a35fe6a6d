"""How much is tried: everything by `make kills`, one case of a kind by `make test`."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TypeVar

import pytest

Case = TypeVar("Case")
EVERY = bool(os.environ.get("SOTINH_EVERY_FAULT"))
only_by_make_kills = pytest.mark.skipif(not EVERY, reason="by make kills, or with SOTINH_EVERY_FAULT=1")


def cases(first: Case, *others: Case) -> Sequence[Case]:
    """All of them, or the first."""
    return (first, *others) if EVERY else (first,)

"""Every target of fuzzing, by name."""

from __future__ import annotations

from typing import Final

from tests.fuzz import addresses, asking, cleaning, crawling, extraction
from tests.fuzz.target import Target

TARGETS: Final = (
    *extraction.TARGETS,
    *crawling.TARGETS,
    *cleaning.TARGETS,
    *addresses.TARGETS,
    *asking.TARGETS,
)


def target_named(name: str) -> Target:
    """The target of that name; raises KeyError."""
    return {target.name: target for target in TARGETS}[name]
